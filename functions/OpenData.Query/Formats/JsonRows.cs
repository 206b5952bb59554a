using System.Buffers;
using System.Text;
using System.Text.Json;
using OpenData.DuckDb;
using OpenData.Query.Schema;

namespace OpenData.Query.Formats;

/// <summary>Writes rows as JSON objects, by hand: this is where an export spends its time.</summary>
internal sealed class JsonRows
{
    // What must be escaped in a JSON text; everything else goes through as it is.
    private static readonly SearchValues<byte> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(i => (byte)i), (byte)'"', (byte)'\\']);

    private readonly OutputColumn[] _columns;
    private readonly byte[][] _keys;
    private readonly int _without;

    /// <param name="columns">The columns.</param>
    /// <param name="without">One that is left out, or -1.</param>
    public JsonRows(IReadOnlyList<OutputColumn> columns, int without = -1)
    {
        _columns = [.. columns];
        _without = without;
        _keys = [.. columns.Select((column, i) => Key(column.Name, first: i == (without == 0 ? 1 : 0)))];
    }

    private static byte[] Key(string name, bool first)
    {
        var key = new Utf8Output();
        if (!first) key.Write(","u8);
        Text(key, Encoding.UTF8.GetBytes(name));
        key.Write(":"u8);
        return key.Written.ToArray();
    }

    /// <summary>One row as an object.</summary>
    public void Write(Utf8Output output, DataChunk chunk, int row)
    {
        output.Write("{"u8);
        for (var i = 0; i < _keys.Length; i++)
        {
            if (i == _without) continue;
            output.Write(_keys[i]);
            Value(output, chunk[i], row, _columns[i].Kind);
        }

        output.Write("}"u8);
    }

    /// <summary>One value.</summary>
    public static void Value(Utf8Output output, ColumnVector vector, int row, ValueKind type)
    {
        if (vector.IsNull(row) || !TryValue(output, vector, row, type)) output.Write("null"u8);
    }

    private static bool TryValue(Utf8Output output, ColumnVector vector, int row, ValueKind type)
    {
        switch (type)
        {
            case ValueKind.Text:
                Text(output, vector.Text(row));
                return true;
            case ValueKind.Int:
            case ValueKind.Decimal:
                Utf8Values.Integer(output, vector, row);
                return true;
            case ValueKind.Double:
                return Utf8Values.TryDouble(output, vector.Double(row));
            case ValueKind.Boolean:
                output.Write(vector.Boolean(row) ? "true"u8 : "false"u8);
                return true;
            case ValueKind.Date:
                if (!Utf8Values.IsWritableDate(vector.Days(row))) return false;
                output.Write("\""u8);
                Utf8Values.TryDate(output, vector.Days(row));
                output.Write("\""u8);
                return true;
            case ValueKind.DateTime:
            case ValueKind.Instant:
                if (!Utf8Values.IsWritableTime(vector, row)) return false;
                output.Write("\""u8);
                Utf8Values.TryTime(output, vector, row);
                output.Write("\""u8);
                return true;
            case ValueKind.Point:
                var (lon, lat) = (vector.Member(0), vector.Member(1));
                output.Write("{\"lon\":"u8);
                Value(output, lon, row, ValueKind.Double);
                output.Write(",\"lat\":"u8);
                Value(output, lat, row, ValueKind.Double);
                output.Write("}"u8);
                return true;
            case ValueKind.Json:
                // It is JSON by its type; a text that is not would spoil everything around it.
                if (IsJson(vector.Text(row))) output.Write(vector.Text(row));
                else Text(output, vector.Text(row));
                return true;
            case ValueKind.Shape:
                output.Write(vector.Text(row));
                return true;
            case ValueKind.Points:
                return Hull.TryWrite(output, vector, row);
            case ValueKind.TextList:
                List(output, vector, row);
                return true;
            default:
                return false;
        }
    }

    private static void List(Utf8Output output, ColumnVector vector, int row)
    {
        var (start, count) = vector.ItemsOf(row);
        var items = vector.Items();
        output.Write("["u8);
        for (var i = start; i < start + count; i++)
        {
            if (i > start) output.Write(","u8);
            Value(output, items, i, ValueKind.Text);
        }

        output.Write("]"u8);
    }

    /// <summary>A text in quotes.</summary>
    public static void Text(Utf8Output output, ReadOnlySpan<byte> text)
    {
        output.Write("\""u8);
        for (int at; (at = text.IndexOfAny(Escaped)) >= 0; text = text[(at + 1)..])
        {
            output.Write(text[..at]);
            Escape(output, text[at]);
        }

        output.Write(text);
        output.Write("\""u8);
    }

    private static void Escape(Utf8Output output, byte c)
    {
        switch (c)
        {
            case (byte)'"': output.Write("\\\""u8); break;
            case (byte)'\\': output.Write("\\\\"u8); break;
            case (byte)'\n': output.Write("\\n"u8); break;
            case (byte)'\r': output.Write("\\r"u8); break;
            case (byte)'\t': output.Write("\\t"u8); break;
            default:
                output.Write("\\u00"u8);
                output.Write(Encoding.ASCII.GetBytes(c.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
                break;
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
