namespace OpenData.Ingest.Records;

/// <summary>A small table that is whole in memory, as the ones of web pages are.</summary>
/// <param name="format">The format's name.</param>
/// <param name="encoding">The character encoding's name, or null where the format fixes it.</param>
/// <param name="rows">The rows; a cell is null where it holds nothing.</param>
/// <param name="report">Adds what is to be said of the file to the problems of each reading.</param>
internal sealed class GridRecordSource(
    string format, string? encoding, IReadOnlyList<byte[]?[]> rows, Action<ProblemLog> report) : RecordSource
{
    /// <inheritdoc/>
    public override string Format => format;

    /// <inheritdoc/>
    public override string? Encoding => encoding;

    /// <inheritdoc/>
    public override bool EndsWithLastCell => true;

    /// <inheritdoc/>
    public override RecordReader Open(ProblemLog problems)
    {
        report(problems);
        return new Reader(rows);
    }

    private sealed class Reader(IReadOnlyList<byte[]?[]> rows) : RecordReader
    {
        private int _row = -1;

        public override int Count => rows[_row].Length;

        public override long Line => _row + 1;

        public override long ByteOffset => -1;

        public override ReadOnlySpan<byte> Cell(int index) => index < rows[_row].Length ? rows[_row][index] : default;

        public override bool Read() => ++_row < rows.Count;
    }
}
