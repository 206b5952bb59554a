using System.Text;
using System.Text.Json;
using System.Xml;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Markup;

/// <summary>One element of a kind after another as a record.</summary>
internal sealed class XmlRecordReader : RecordReader
{
    /// <summary>The most text of one record, in characters; it bounds the memory that reading takes.</summary>
    private const int LongestRecord = 32 << 20;

    private static readonly JsonWriterOptions Json =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly XmlReader _xml;
    private readonly IReadOnlyList<string> _path;
    private readonly IReadOnlyList<XmlColumn> _columns;
    private readonly Dictionary<(string?, string?), int> _places = [];
    private readonly string?[] _cells;
    private readonly List<string>?[] _lists;
    private readonly byte[][] _bytes;
    private readonly List<string> _open = [];
    private int _length;
    private long _line;

    /// <summary>Reads a document.</summary>
    /// <param name="xml">The document, at its beginning; disposed with this.</param>
    /// <param name="record">The kind of its records.</param>
    /// <param name="columns">Their fields.</param>
    public XmlRecordReader(XmlReader xml, XmlNodeKind record, IReadOnlyList<XmlColumn> columns)
    {
        (_xml, _path, _columns) = (xml, record.Path, columns);
        for (var i = 0; i < columns.Count; i++) _places[(columns[i].Element, columns[i].Attribute)] = i;
        _cells = new string?[columns.Count];
        _lists = new List<string>?[columns.Count];
        _bytes = new byte[columns.Count][];
    }

    /// <inheritdoc/>
    public override int Count => _columns.Count;

    /// <inheritdoc/>
    public override long Line => _line;

    /// <inheritdoc/>
    public override long ByteOffset => -1;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Cell(int index) => _bytes[index];

    /// <inheritdoc/>
    public override bool IsAbsent(int index) => _cells[index] is null;

    /// <inheritdoc/>
    public override bool IsJson(int index) => _columns[index].IsNested && _cells[index] is not null;

    /// <inheritdoc/>
    public override bool Read()
    {
        try
        {
            while (_xml.Read())
            {
                if (_xml.NodeType != XmlNodeType.Element) continue;
                _open.RemoveRange(Math.Min(_open.Count, _xml.Depth), Math.Max(0, _open.Count - _xml.Depth));
                _open.Add(_xml.LocalName);
                if (_open.Count != _path.Count || !_open.SequenceEqual(_path)) continue;
                ReadRecord();
                return true;
            }

            return false;
        }
        catch (XmlException e)
        {
            throw XmlProblems.Invalid(e);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _xml.Dispose();
        base.Dispose(disposing);
    }

    private void ReadRecord()
    {
        _line = (_xml as IXmlLineInfo)?.LineNumber ?? 0;
        Array.Clear(_cells);
        Array.Clear(_lists);
        _length = 0;
        TakeAttributes(element: null);
        if (!_xml.IsEmptyElement) ReadContent();
        for (var i = 0; i < _cells.Length; i++)
        {
            if (_lists[i] is { } list) _cells[i] = $"[{string.Join(',', list)}]";
            _bytes[i] = _cells[i] is { } text ? Encoding.UTF8.GetBytes(text) : [];
        }
    }

    private void ReadContent()
    {
        var depth = _xml.Depth;
        var text = new StringBuilder();
        while (_xml.Read() && _xml.Depth > depth)
        {
            if (_xml.NodeType == XmlNodeType.Element) ReadField();
            else if (IsText) Append(text);
        }

        if (_places.TryGetValue((null, null), out var own)) _cells[own] = Trimmed(text);
    }

    private void ReadField()
    {
        var name = _xml.Name;
        if (!_places.TryGetValue((name, null), out var place))
        {
            TakeAttributes(name);
            Pass();
            return;
        }

        if (_columns[place].IsNested)
        {
            var isNil = IsNil;
            var written = ReadNested();
            if (isNil) return;
            if (_columns[place].IsList) (_lists[place] ??= []).Add(written);
            else _cells[place] = written;
            return;
        }

        TakeAttributes(name);
        if (IsNil) Pass();
        else _cells[place] = ReadText();
    }

    private bool IsText =>
        _xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace;

    private bool IsNil => _xml.GetAttribute("nil", "http://www.w3.org/2001/XMLSchema-instance") is "true" or "1";

    private string? ReadText()
    {
        if (_xml.IsEmptyElement) return null;
        var depth = _xml.Depth;
        var text = new StringBuilder();
        while (_xml.Read() && _xml.Depth > depth)
        {
            if (IsText) Append(text);
        }

        return Trimmed(text);
    }

    private void Pass()
    {
        if (_xml.IsEmptyElement) return;
        var depth = _xml.Depth;
        while (_xml.Read() && _xml.Depth > depth)
        {
        }
    }

    private void Append(StringBuilder text)
    {
        var value = _xml.Value;
        if ((_length += value.Length) > LongestRecord) throw XmlProblems.TooLarge($"The record on line {Line}", LongestRecord >> 20);
        text.Append(value);
    }

    private static string? Trimmed(StringBuilder text) => text.ToString().Trim() is { Length: > 0 } trimmed ? trimmed : null;

    private void TakeAttributes(string? element)
    {
        for (var more = _xml.MoveToFirstAttribute(); more; more = _xml.MoveToNextAttribute())
        {
            if (XmlOutline.IsValue(_xml) && _places.TryGetValue((element, _xml.LocalName), out var place)) _cells[place] = _xml.Value;
        }

        _xml.MoveToElement();
    }

    /// <summary>
    /// An element as JSON: a text if it holds nothing else, otherwise an object of its attributes, its elements and its own text.
    /// </summary>
    private string ReadNested()
    {
        using var written = new MemoryStream();
        using (var json = new Utf8JsonWriter(written, Json)) WriteNested(json);
        return Encoding.UTF8.GetString(written.GetBuffer().AsSpan(0, (int)written.Length));
    }

    private void WriteNested(Utf8JsonWriter json)
    {
        var values = new List<(string Name, string Json)>();
        for (var more = _xml.MoveToFirstAttribute(); more; more = _xml.MoveToNextAttribute())
        {
            if (XmlOutline.IsValue(_xml)) values.Add((_xml.LocalName, Quoted(_xml.Value)));
        }

        _xml.MoveToElement();
        var text = new StringBuilder();
        if (!_xml.IsEmptyElement)
        {
            var depth = _xml.Depth;
            while (_xml.Read() && _xml.Depth > depth)
            {
                if (_xml.NodeType == XmlNodeType.Element)
                {
                    var name = _xml.LocalName;
                    values.Add((name, ReadNested()));
                }
                else if (IsText)
                {
                    Append(text);
                }
            }
        }

        if (values.Count == 0)
        {
            if (Trimmed(text) is { } only) json.WriteStringValue(only);
            else json.WriteNullValue();
            return;
        }

        if (Trimmed(text) is { } own) values.Add(("text", Quoted(own)));
        json.WriteStartObject();
        foreach (var group in values.GroupBy(value => value.Name))
        {
            var all = group.Select(value => value.Json).ToList();
            json.WritePropertyName(group.Key);
            json.WriteRawValue(all.Count == 1 ? all[0] : $"[{string.Join(',', all)}]", skipInputValidation: true);
        }

        json.WriteEndObject();
    }

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, Json.Encoder)}\"";
}
