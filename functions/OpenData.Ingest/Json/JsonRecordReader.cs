using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Json;

/// <summary>One JSON value after another as the cells of a record.</summary>
/// <param name="values">The values; disposed with this.</param>
/// <param name="table">How the file holds them.</param>
/// <param name="layout">Their fields.</param>
/// <param name="problems">Takes the deviations.</param>
internal sealed class JsonRecordReader(JsonValues values, JsonTable table, JsonLayout layout, ProblemLog problems) : RecordReader
{
    private readonly IReadOnlyList<string>? _labels = layout.IsUnnamed ? null : layout.Labels;
    private readonly JsonCells _cells = new(layout.IsUnnamed ? 16 : layout.Labels.Count);
    private readonly byte[][] _names = [.. layout.Labels.Select(Encoding.UTF8.GetBytes)];
    private int _count;

    /// <inheritdoc/>
    public override int Count => _count;

    /// <inheritdoc/>
    public override long Line => values.Line;

    /// <inheritdoc/>
    public override long ByteOffset => values.ByteOffset;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Cell(int index) => _cells.Text(index);

    /// <inheritdoc/>
    public override bool IsAbsent(int index) => _cells.IsAbsent(index);

    /// <inheritdoc/>
    public override bool IsJson(int index) => _cells.IsJson(index);

    /// <inheritdoc/>
    public override bool Read()
    {
        while (values.Next())
        {
            try
            {
                Take();
                return true;
            }
            catch (JsonException e) when (table.Kind == JsonTableKind.Lines)
            {
                problems.Add(JsonProblems.BadLine(e, Line, ByteOffset, values.Value));
            }
        }

        if (values is JsonElements { WithoutRecords: var lines })
        {
            foreach (var line in lines) problems.Add(JsonProblems.WithoutRecords(JsonStep.Text(table.Path), line));
            lines.Clear();
        }

        return false;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) values.Dispose();
        base.Dispose(disposing);
    }

    private void Take()
    {
        _count = _labels?.Count ?? 0;
        _cells.Begin(_count);
        var reader = new Utf8JsonReader(values.Value, JsonText.Options);
        reader.Read();
        if (layout.IsOfArrays) TakeArray(ref reader);
        else if (reader.TokenType == JsonTokenType.StartObject) TakeObject(ref reader);
        else if (reader.TokenType != JsonTokenType.Null) TakeBareValue(ref reader);
        if (reader.Read()) throw new JsonException("Something follows the value.");
    }

    private void TakeObject(ref Utf8JsonReader reader)
    {
        var expected = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var column = expected < _names.Length && reader.ValueTextEquals(_names[expected])
                ? expected
                : layout.Find(JsonText.Name(ref reader));
            expected = column + 1;
            reader.Read();
            TakeValue(ref reader, column);
        }
    }

    private void TakeArray(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) return; // null: a record without cells
        for (var column = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; column++)
        {
            if (_labels is null) _cells.Extend(_count = column + 1);
            TakeValue(ref reader, column);
        }
    }

    private void TakeBareValue(ref Utf8JsonReader reader)
    {
        TakeValue(ref reader, layout.BareColumn);
        if (_count > 1) problems.Add(JsonProblems.NotAnObject(Line, ByteOffset, Cell(layout.BareColumn), layout.Labels[layout.BareColumn]));
    }

    private void TakeValue(ref Utf8JsonReader reader, int column)
    {
        if (!_cells.TryTake(ref reader, values.Value, column, out var rest))
        {
            problems.Add(
                JsonProblems.DuplicateProperty(Line, ByteOffset, Label(column), rest));
        }
        else if (rest.Length > 0)
        {
            problems.Add(JsonProblems.UndecodableText(Line, ByteOffset, Label(column), rest));
        }
    }

    private string Label(int column) => _labels is null ? string.Create(CultureInfo.InvariantCulture, $"{column + 1}") : _labels[column];
}
