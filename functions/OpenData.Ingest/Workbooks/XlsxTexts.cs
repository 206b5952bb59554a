using System.Globalization;
using System.Text;
using System.Xml;
using OpenData.Ingest.SafeXml;

namespace OpenData.Ingest.Workbooks;

/// <summary>The shared texts of an XLSX file, as UTF-8 in blocks: a tenth of what strings would take.</summary>
internal sealed class XlsxTexts
{
    /// <summary>The most bytes that all texts together may take, with the places at which they are.</summary>
    public const int LargestTotal = 160 << 20;

    private const int PlaceBytes = 12, PlaceBits = 14, Places = 1 << PlaceBits;

    private const int BlockBits = 20;
    private const int BlockBytes = 1 << BlockBits;

    private readonly List<byte[]> _blocks = [];
    // In pieces: a list would be copied as it grows.
    private readonly List<(int Block, int Start, int Length)[]> _places = [];
    private int _count;
    private int _used = BlockBytes;
    private long _total;

    /// <summary>A text by its number; empty where there is no such number.</summary>
    public ReadOnlySpan<byte> this[int number] =>
        (uint)number < (uint)_count && _places[number >> PlaceBits][number & (Places - 1)] is { Length: > 0 } text
            ? _blocks[text.Block].AsSpan(text.Start, text.Length)
            : default;

    /// <summary>Reads the part of the package that holds them.</summary>
    public void Read(XmlReader xml)
    {
        var text = new StringBuilder();
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "si") continue;
            text.Clear();
            AppendText(xml, text);
            Add(Unescape(text));
        }
    }

    /// <summary>Collects the text of the runs in the element on which the reader stands, without the reading aids above them.</summary>
    public static void AppendText(XmlReader xml, StringBuilder into)
    {
        if (xml.IsEmptyElement) return;
        var depth = xml.Depth;
        var wanted = false;
        while (xml.Read() && xml.Depth > depth)
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when xml.LocalName == "rPh":
                    xml.Skip();
                    // Skip has gone to the next node already, which may be the end of what we read.
                    if (xml.Depth <= depth) return;
                    if (xml.NodeType == XmlNodeType.Element) wanted = xml.LocalName == "t" && !xml.IsEmptyElement;
                    break;
                case XmlNodeType.Element:
                    wanted = xml.LocalName == "t" && !xml.IsEmptyElement;
                    break;
                case XmlNodeType.EndElement:
                    wanted = false;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when wanted:
                    into.AppendWithin(xml);
                    break;
            }
        }
    }

    /// <summary>The text, with <c>_x000D_</c> and its like turned back into the characters they stand for.</summary>
    public static string Unescape(StringBuilder written)
    {
        var text = written.ToString();
        for (var at = text.IndexOf("_x", StringComparison.Ordinal); at >= 0; at = text.IndexOf("_x", at + 1, StringComparison.Ordinal))
        {
            if (at + 7 <= text.Length && text[at + 6] == '_'
                && ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                text = $"{text.AsSpan(0, at)}{(char)unit}{text.AsSpan(at + 7)}";
            }
        }

        return text;
    }

    /// <summary>Adds a text behind the others.</summary>
    public void Add(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        if ((_total += length + PlaceBytes) > LargestTotal) throw ExcelProblems.TooMuchText();
        if (length == 0)
        {
            Add(default((int, int, int)));
            return;
        }

        if (_used + length > BlockBytes)
        {
            _blocks.Add(new byte[Math.Max(BlockBytes, length)]);
            _used = 0;
        }

        Encoding.UTF8.GetBytes(text, _blocks[^1].AsSpan(_used));
        Add((_blocks.Count - 1, _used, length));
        _used += length;
    }

    private void Add((int Block, int Start, int Length) place)
    {
        if ((_count & (Places - 1)) == 0) _places.Add(new (int, int, int)[Places]);
        _places[^1][_count++ & (Places - 1)] = place;
    }
}
