namespace OpenData.Ingest.Records;

/// <summary>The position of a cell in a buffer.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">Its bytes; below zero if it has no value, not even the empty text.</param>
internal readonly record struct CellPlace(int Start, int Length)
{
    /// <summary>The cell.</summary>
    public ReadOnlySpan<byte> In(byte[] buffer) => buffer.AsSpan(Start, Length);
}
