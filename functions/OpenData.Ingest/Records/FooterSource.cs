namespace OpenData.Ingest.Records;

/// <summary>A file without the last records, which the agency declares to be no data.</summary>
/// <param name="records">The file; not disposed with this.</param>
/// <param name="footer">How many records at its end are left out; blank ones do not count.</param>
internal sealed class FooterSource(RecordSource records, int footer) : RecordSource
{
    /// <inheritdoc/>
    public override string Format => records.Format;

    /// <inheritdoc/>
    public override string? Encoding => records.Encoding;

    /// <inheritdoc/>
    public override IReadOnlyList<string>? Labels => records.Labels;

    /// <inheritdoc/>
    public override bool EndsWithLastCell => records.EndsWithLastCell;

    /// <inheritdoc/>
    public override bool TakeNews() => records.TakeNews();

    /// <inheritdoc/>
    public override RecordReader Open(ProblemLog problems) => new Reader(records.Open(problems), footer);

    private sealed class Reader(RecordReader records, int footer) : RecordReader
    {
        private readonly Queue<Kept> _ahead = new();
        private Kept _current = new([], [], [], 0, 0);
        private int _filled;

        public override int Count => _current.Cells.Length;

        public override long Line => _current.Line;

        public override long ByteOffset => _current.ByteOffset;

        public override ReadOnlySpan<byte> Cell(int index) => _current.Cells[index];

        public override bool IsAbsent(int index) => index >= Count || _current.Absent[index];

        public override bool IsJson(int index) => _current.Json[index];

        public override bool Read()
        {
            while (_filled <= footer && records.Read())
            {
                var kept = Kept.Of(records);
                _ahead.Enqueue(kept);
                _filled += kept.IsBlank ? 0 : 1;
            }

            if (_filled <= footer) return false;
            _current = _ahead.Dequeue();
            _filled -= _current.IsBlank ? 0 : 1;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) records.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed record Kept(byte[][] Cells, bool[] Absent, bool[] Json, long Line, long ByteOffset)
    {
        public bool IsBlank => Array.TrueForAll(Cells, cell => cell.AsSpan().Trim(" \t"u8).IsEmpty);

        public static Kept Of(RecordReader record)
        {
            var kept = new Kept(new byte[record.Count][], new bool[record.Count], new bool[record.Count], record.Line, record.ByteOffset);
            for (var i = 0; i < record.Count; i++)
            {
                (kept.Cells[i], kept.Absent[i], kept.Json[i]) = (record.Cell(i).ToArray(), record.IsAbsent(i), record.IsJson(i));
            }

            return kept;
        }
    }
}
