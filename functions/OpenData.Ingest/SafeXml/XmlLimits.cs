using System.Text;
using System.Xml;
using OpenData.Ingest.Records;
using OpenData.Lake;

namespace OpenData.Ingest.SafeXml;

/// <summary>What XML may hold at the most, so that reading it takes little memory whatever it is.</summary>
internal static class XmlLimits
{
    /// <summary>The longest stretch without a tag, in bytes, and the longest text of an element, in characters.</summary>
    public const int Text = 8 << 20;

    /// <summary>The deepest nesting of elements.</summary>
    public const int Depth = 64;

    /// <summary>The most different names of elements, attributes, prefixes and namespaces together.</summary>
    public const int Names = 50_000;

    /// <summary>The most attributes of an element.</summary>
    public const int Attributes = 4_000;

    /// <summary>Adds a node's text to what is collected of an element.</summary>
    /// <exception cref="UnreadableSourceException">It is too long.</exception>
    public static void AppendWithin(this StringBuilder text, XmlReader xml)
    {
        var value = xml.Value;
        if (text.Length + value.Length > Text) throw TextTooLong();
        text.Append(value);
    }

    /// <summary>A text, or a tag, is longer than may be held in memory.</summary>
    public static UnreadableSourceException TextTooLong() => TooLarge($"a text or a tag of more than {Text >> 20} MiB");

    /// <summary>Elements are nested too deep.</summary>
    public static UnreadableSourceException TooDeep() => TooLarge($"elements that are nested more than {Depth} deep");

    /// <summary>There are too many names, as where data are written as names.</summary>
    public static UnreadableSourceException TooManyNames() => TooLarge($"more than {Names:n0} different names");

    /// <summary>An element has too many attributes.</summary>
    public static UnreadableSourceException TooManyAttributes() => TooLarge($"an element with more than {Attributes:n0} attributes");

    private static UnreadableSourceException TooLarge(string what) => new(new Problem(
        "xml-too-large", Severity.Error, $"The file holds {what}.", "Export the data as CSV and upload that; it may be of any size."));
}
