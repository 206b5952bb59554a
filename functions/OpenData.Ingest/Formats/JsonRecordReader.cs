using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Formats;

/// <summary>One JSON value after another as the cells of a record.</summary>
/// <param name="values">The values; disposed with this.</param>
/// <param name="labels">The fields, or null if every value is an array whose elements are the cells.</param>
/// <param name="bareColumn">The column that takes values that are no objects; -1 if there are none.</param>
/// <param name="tolerant">Whether a value that is not JSON is passed over with a problem.</param>
/// <param name="problems">Takes the deviations.</param>
internal sealed class JsonRecordReader(JsonValues values, IReadOnlyList<string>? labels, int bareColumn, bool tolerant, ProblemLog problems) : RecordReader
{
    private readonly record struct CellBytes(int Start, int Length, bool Present, bool Json);

    private readonly byte[][] _names = [.. (labels ?? []).Select(Encoding.UTF8.GetBytes)];
    private readonly Dictionary<string, int> _columns = (labels ?? []).Select((label, index) => (label, index)).ToDictionary(pair => pair.label, pair => pair.index, StringComparer.Ordinal);
    private readonly ByteArena _arena = new();
    private CellBytes[] _cells = new CellBytes[labels?.Count ?? 16];
    private int _count;

    /// <inheritdoc/>
    public override int Count => _count;

    /// <inheritdoc/>
    public override long Line => values.Line;

    /// <inheritdoc/>
    public override long ByteOffset => values.ByteOffset;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Cell(int index) => _arena.Slice(_cells[index].Start, _cells[index].Length);

    /// <inheritdoc/>
    public override bool IsAbsent(int index) => !_cells[index].Present;

    /// <inheritdoc/>
    public override bool IsJson(int index) => _cells[index].Json;

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
            catch (JsonException e) when (tolerant)
            {
                problems.Add(JsonProblems.BadLine(e, Line, ByteOffset, values.Value));
            }
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
        _arena.Clear();
        _count = labels?.Count ?? 0;
        Array.Clear(_cells, 0, _count);
        var reader = new Utf8JsonReader(values.Value, JsonText.Options);
        reader.Read();
        if (labels is null) TakeArray(ref reader);
        else if (reader.TokenType == JsonTokenType.StartObject) TakeObject(ref reader);
        else if (reader.TokenType != JsonTokenType.Null) TakeBareValue(ref reader);
        if (reader.Read()) throw new JsonException("Something follows the value.");
    }

    private void TakeObject(ref Utf8JsonReader reader)
    {
        var expected = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var column = expected < _names.Length && reader.ValueTextEquals(_names[expected]) ? expected : _columns[JsonText.Name(ref reader)];
            expected = column + 1;
            reader.Read();
            var cell = TakeValue(ref reader, column);
            if (!_cells[column].Present) _cells[column] = cell;
            else problems.Add(JsonProblems.DuplicateProperty(Line, ByteOffset, labels![column], _arena.Slice(cell.Start, cell.Length)));
        }
    }

    private void TakeArray(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) return; // null: a record without cells
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (_count == _cells.Length) Array.Resize(ref _cells, 2 * _count);
            _cells[_count] = TakeValue(ref reader, _count);
            _count++;
        }
    }

    private void TakeBareValue(ref Utf8JsonReader reader)
    {
        _cells[bareColumn] = TakeValue(ref reader, bareColumn);
        if (_count > 1) problems.Add(JsonProblems.NotAnObject(Line, ByteOffset, Cell(bareColumn), labels![bareColumn]));
    }

    private CellBytes TakeValue(ref Utf8JsonReader reader, int column)
    {
        var start = _arena.Length;
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return default;
            case JsonTokenType.String:
                TakeText(ref reader, column);
                return new CellBytes(start, _arena.Length - start, Present: true, Json: false);
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                var from = (int)reader.TokenStartIndex;
                reader.Skip();
                JsonText.AppendCompact(_arena, values.Value[from..(int)reader.BytesConsumed]);
                return new CellBytes(start, _arena.Length - start, Present: true, Json: true);
            default: // a number or a truth value, as it is written
                _arena.Append(reader.ValueSpan);
                return new CellBytes(start, _arena.Length - start, Present: true, Json: false);
        }
    }

    private void TakeText(ref Utf8JsonReader reader, int column)
    {
        var written = reader.ValueSpan;
        if (!reader.ValueIsEscaped && Utf8.IsValid(written))
        {
            _arena.Append(written);
            return;
        }

        var start = _arena.Length;
        try
        {
            var room = _arena.Extend(written.Length);
            _arena.Shrink(start + reader.CopyString(room));
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, or bytes that are not UTF-8.
            _arena.Shrink(start);
            _arena.Append(JsonText.Repaired(written));
            problems.Add(JsonProblems.UndecodableText(Line, ByteOffset, labels is null ? $"{column + 1}" : labels[column], written));
        }
    }
}
