using System.Xml;
using OpenData.Ingest.Records;
using OpenData.Ingest.Text;

namespace OpenData.Ingest.Markup;

/// <summary>
/// XML as records: the elements that repeat are the rows, what they hold are the fields: attributes, elements with text, and elements with
/// more in them as JSON text. Each record is in memory by itself.
/// </summary>
internal sealed class XmlRecordSource : RecordSource
{
    private readonly SourceContent _source;
    private readonly TextEncoding? _encoding;
    private readonly XmlNodeKind _record;
    private readonly IReadOnlyList<XmlColumn> _columns;

    /// <summary>Finds the records of a document.</summary>
    /// <param name="source">The file.</param>
    /// <param name="encoding">Its encoding, where it is not the one that the document names.</param>
    /// <param name="outline">Its paths.</param>
    /// <param name="recordPath">The path that the agency declares, or null.</param>
    /// <exception cref="UnreadableSourceException">There is no table in it, or there are several.</exception>
    public XmlRecordSource(SourceContent source, TextEncoding? encoding, XmlOutline outline, string? recordPath)
    {
        (_source, _encoding) = (source, encoding);
        _record = outline.Records(recordPath);
        _columns = XmlColumn.Of(_record);
    }

    /// <inheritdoc/>
    public override string Format => "xml";

    /// <inheritdoc/>
    public override string? Encoding => _encoding?.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Labels => [.. _columns.Select(column => column.Label)];

    /// <inheritdoc/>
    public override RecordReader Open(ProblemLog problems)
    {
        try
        {
            return new XmlRecordReader(XmlText.Open(_source, _encoding), _record, _columns);
        }
        catch (XmlException e)
        {
            throw XmlProblems.Invalid(e);
        }
    }
}
