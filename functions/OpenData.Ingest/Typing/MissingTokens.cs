using System.Text;

namespace OpenData.Ingest.Typing;

/// <summary>
/// The signs and words for no value that were met in a column without being declared, such as <c>-</c>, <c>N/A</c> or
/// <c>비공개</c>. They are read as no
/// value where they are few kinds and all else in the column has one type, and are recorded: a suppressed value is not a missing one.
/// </summary>
internal sealed class MissingTokens
{
    /// <summary>More different ones are the values of a column, not signs for missing ones.</summary>
    private const int MostKinds = 4;

    private readonly Dictionary<string, (long Count, long FirstLine)> _counts = new(StringComparer.Ordinal);

    /// <summary>Each token with how often it was met among the rows looked at, and the line of the first.</summary>
    public IReadOnlyDictionary<string, (long Count, long FirstLine)> Counts => _counts;

    /// <summary>Counts a token; false if there are too many kinds already.</summary>
    public bool TryAdd(ReadOnlySpan<byte> cell, long line)
    {
        var text = Encoding.UTF8.GetString(cell);
        if (_counts.TryGetValue(text, out var known)) _counts[text] = known with { Count = known.Count + 1 };
        else if (_counts.Count < MostKinds) _counts.Add(text, (1, line));
        else return false;
        return true;
    }

    /// <summary>These tokens and those that are declared.</summary>
    public NullTokens With(NullTokens declared) =>
        _counts.Count == 0 ? declared : new NullTokens([.. declared.All.Select(Encoding.UTF8.GetString), .. _counts.Keys]);
}
