namespace OpenData.Ingest.Typing;

/// <summary>What an agency writes where there is no value.</summary>
internal sealed class NullTokens(IEnumerable<string> tokens)
{
    private readonly byte[][] _tokens = [.. tokens.Select(System.Text.Encoding.UTF8.GetBytes)];

    /// <summary>Whether there is any.</summary>
    public bool Any => _tokens.Length > 0;

    /// <summary>The tokens, as they are compared.</summary>
    public IReadOnlyList<byte[]> All => _tokens;

    /// <summary>Whether a cell is one of these.</summary>
    public bool Contain(ReadOnlySpan<byte> cell)
    {
        foreach (var token in _tokens)
        {
            if (cell.SequenceEqual(token)) return true;
        }

        return false;
    }
}
