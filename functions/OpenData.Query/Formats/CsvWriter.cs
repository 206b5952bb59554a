using System.Buffers;
using System.Text;
using OpenData.DuckDb;
using OpenData.Query.Schema;

namespace OpenData.Query.Formats;

/// <summary>Writes rows as CSV after RFC 4180.</summary>
internal sealed class CsvWriter : RowWriter
{
    private readonly OutputColumn[] _columns;
    private readonly CsvOptions _options;
    private readonly bool _useLabels;
    private readonly byte[] _delimiter;
    private readonly byte[] _listSeparator;
    private readonly SearchValues<byte> _special;
    private readonly Utf8Output _cell = new();

    public CsvWriter(IReadOnlyList<OutputColumn> columns, FormatOptions options)
    {
        _columns = [.. columns];
        _options = options.Csv;
        _useLabels = options.UseLabels;
        _delimiter = Encoding.UTF8.GetBytes([_options.Delimiter]);
        _listSeparator = Encoding.UTF8.GetBytes(_options.ListSeparator);
        _special = SearchValues.Create([.. _delimiter, (byte)'"', (byte)'\r', (byte)'\n']);
    }

    public override void Begin(Utf8Output output)
    {
        if (_options.WithBom) output.Write("\uFEFF"u8);
        for (var i = 0; i < _columns.Length; i++)
        {
            if (i > 0) output.Write(_delimiter);
            Text(output, Encoding.UTF8.GetBytes(_useLabels ? _columns[i].Label : _columns[i].Name));
        }

        output.Write("\r\n"u8);
    }

    protected override void Row(Utf8Output output, DataChunk chunk, int row)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            if (i > 0) output.Write(_delimiter);
            if (!chunk[i].IsNull(row)) Value(output, chunk[i], row, _columns[i].Kind);
            else if (_columns.Length == 1) output.Write("\"\""u8); // an empty line would be skipped by readers
        }

        output.Write("\r\n"u8);
    }

    private void Value(Utf8Output output, ColumnVector vector, int row, ValueKind kind)
    {
        switch (kind)
        {
            case ValueKind.Text or ValueKind.Json or ValueKind.Shape:
                Text(output, vector.Text(row));
                break;
            case ValueKind.Point or ValueKind.TextList or ValueKind.Points:
                _cell.Clear();
                Utf8Values.Plain(_cell, vector, row, kind, _listSeparator);
                Text(output, _cell.Written);
                break;
            default:
                // Numbers, dates and times hold no character that means anything in CSV.
                Utf8Values.Plain(output, vector, row, kind, _listSeparator);
                break;
        }
    }

    private void Text(Utf8Output output, ReadOnlySpan<byte> text)
    {
        // An empty text is quoted to tell it from a missing value; spaces at an edge are quoted because some readers trim them.
        if (!_options.QuoteAll && text.Length > 0 && text.IndexOfAny(_special) < 0 && text[0] != ' ' && text[^1] != ' ')
        {
            output.Write(text);
            return;
        }

        output.Write("\""u8);
        for (int quote; (quote = text.IndexOf((byte)'"')) >= 0; text = text[(quote + 1)..])
        {
            output.Write(text[..(quote + 1)]);
            output.Write("\""u8);
        }

        output.Write(text);
        output.Write("\""u8);
    }
}
