using System.Text.Json;
using OpenData.Ingest.Records;
using OpenData.Ingest.Text;

namespace OpenData.Ingest.Json;

/// <summary>
/// A JSON object with one array a column as records: the first elements of all arrays are the first one, and so on. It is whole in memory.
/// </summary>
internal sealed class JsonColumns : RecordSource
{
    private readonly string? _encoding;
    private readonly Action<ProblemLog> _report;
    private readonly IReadOnlyList<string> _labels;
    private readonly byte[] _object;
    private readonly List<(int Start, int Length)>[] _columns;

    private JsonColumns(ReadOnlySpan<byte> value, string? encoding, Action<ProblemLog> report)
    {
        (_object, _encoding, _report) = (value.ToArray(), encoding, report);
        var labels = new JsonFields();
        var columns = new List<List<(int, int)>>();
        var reader = new Utf8JsonReader(_object, JsonText.Options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            labels.AddUnused(JsonText.Name(ref reader));
            var places = new List<(int, int)>();
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                places.Add((start, (int)reader.BytesConsumed - start));
            }

            columns.Add(places);
        }

        _labels = labels.Names;
        _columns = [.. columns];
    }

    /// <inheritdoc/>
    public override string Format => "json";

    /// <inheritdoc/>
    public override string? Encoding => _encoding;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Labels => _labels;

    /// <summary>Reads the object.</summary>
    public static JsonColumns Of(SourceContent source, TextEncoding encoding, JsonTable table)
    {
        var problems = new ProblemLog();
        using var values = JsonReading.Values(source, encoding, table, problems);
        values.Next();
        return new JsonColumns(values.Value, encoding.Name, into =>
        {
            foreach (var problem in problems.Kept) into.Add(problem);
        });
    }

    /// <inheritdoc/>
    public override RecordReader Open(ProblemLog problems)
    {
        _report(problems);
        return new Reader(this, problems);
    }

    private sealed class Reader(JsonColumns table, ProblemLog problems) : RecordReader
    {
        private readonly JsonCells _cells = new(table._columns.Length);
        private int _row = -1;

        public override int Count => table._columns.Length;

        public override long Line => 0;

        public override long ByteOffset => -1;

        public override ReadOnlySpan<byte> Cell(int index) => _cells.Text(index);

        public override bool IsAbsent(int index) => _cells.IsAbsent(index);

        public override bool IsJson(int index) => _cells.IsJson(index);

        public override bool Read()
        {
            if (++_row >= table._columns.Max(column => column.Count)) return false;
            _cells.Begin(Count);
            for (var i = 0; i < Count; i++)
            {
                if (_row >= table._columns[i].Count) continue;
                var (start, length) = table._columns[i][_row];
                var value = table._object.AsSpan(start, length);
                var reader = new Utf8JsonReader(value, JsonText.Options);
                reader.Read();
                if (!_cells.TryTake(ref reader, value, i, out var rest) || rest.Length > 0)
                {
                    problems.Add(JsonProblems.UndecodableText(0, start, table._labels[i], rest));
                }
            }

            return true;
        }
    }
}
