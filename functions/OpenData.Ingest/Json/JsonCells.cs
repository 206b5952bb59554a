using System.Text.Json;
using System.Text.Unicode;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Json;

/// <summary>The cells of one record, taken from its JSON text.</summary>
/// <param name="columns">The number of columns to begin with.</param>
internal sealed class JsonCells(int columns)
{
    private readonly record struct Place(int Start, int Length, bool IsPresent, bool IsJson);

    private readonly ByteArena _arena = new();
    private Place[] _places = new Place[columns];

    /// <summary>A cell's text.</summary>
    public ReadOnlySpan<byte> Text(int column) => _arena.Slice(_places[column].Start, _places[column].Length);

    /// <summary>Whether a cell has no value.</summary>
    public bool IsAbsent(int column) => !_places[column].IsPresent;

    /// <summary>Whether a cell is a nested value.</summary>
    public bool IsJson(int column) => _places[column].IsJson;

    /// <summary>Begins with a record of so many cells.</summary>
    public void Begin(int count)
    {
        _arena.Clear();
        Array.Clear(_places, 0, Math.Min(count, _places.Length));
        Extend(count);
    }

    /// <summary>Makes room for more cells.</summary>
    public void Extend(int count)
    {
        var before = _places.Length;
        if (count > before) Array.Resize(ref _places, Math.Max(2 * before, count));
        if (count > 0 && count > before) Array.Clear(_places, before, _places.Length - before);
        else if (count > 0) _places[count - 1] = default;
    }

    /// <summary>Takes the value on whose first token a reader over the record stands; it is left on the last one.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="record">What it reads.</param>
    /// <param name="column">The column.</param>
    /// <param name="rest">What was written, where it holds characters that do not exist, or where it is not taken; otherwise
    /// nothing.</param>
    /// <returns>False if the column has a value already, which it keeps.</returns>
    public bool TryTake(ref Utf8JsonReader reader, ReadOnlySpan<byte> record, int column, out byte[] rest)
    {
        rest = [];
        var start = _arena.Length;
        if (reader.TokenType == JsonTokenType.Null) return true;
        var isNested = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
        if (isNested) TakeNested(ref reader, record);
        else if (reader.TokenType == JsonTokenType.String) TakeText(ref reader, ref rest);
        else _arena.Append(reader.ValueSpan); // a number or a truth value, as it is written
        if (!_places[column].IsPresent)
        {
            _places[column] = new Place(start, _arena.Length - start, IsPresent: true, isNested);
            return true;
        }

        rest = [.. _arena.Slice(start, _arena.Length - start)];
        return false;
    }

    /// <summary>Takes a text that is made, and not read.</summary>
    public void Take(ReadOnlySpan<byte> text, int column)
    {
        _places[column] = new Place(_arena.Length, text.Length, IsPresent: true, IsJson: false);
        _arena.Append(text);
    }

    private void TakeNested(ref Utf8JsonReader reader, ReadOnlySpan<byte> record)
    {
        var from = (int)reader.TokenStartIndex;
        reader.Skip();
        JsonText.AppendCompact(_arena, record[from..(int)reader.BytesConsumed]);
    }

    private void TakeText(ref Utf8JsonReader reader, ref byte[] undecodable)
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
            undecodable = [.. written];
        }
    }
}
