using System.Text;
using System.Xml;
using OpenData.Ingest.Records;
using OpenData.Ingest.SafeXml;
using OpenData.Ingest.Text;

namespace OpenData.Ingest.Markup;

/// <summary>Opens XML: without a DTD, without anything from outside the file.</summary>
internal static class XmlText
{
    static XmlText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Opens a document.</summary>
    /// <param name="source">The file.</param>
    /// <param name="encoding">Its encoding; null for the one that it names itself.</param>
    public static XmlReader Open(SourceContent source, TextEncoding? encoding) => encoding is null
        ? BoundedXmlReader.Open(source.Open())
        : BoundedXmlReader.Open(StrictText.Open(source, encoding, new ProblemLog()), Encoding.UTF8);

    /// <summary>Reads a document to its end, in the encoding that it names or, if that is wrong, in the one that its bytes show.</summary>
    /// <param name="source">The file.</param>
    /// <param name="declared">The encoding that the agency declares, or null.</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="UnreadableSourceException">It is not XML.</exception>
    public static (T Result, TextEncoding? Encoding) ReadWhole<T>(SourceContent source, TextEncoding? declared, Func<XmlReader, T> read)
    {
        try
        {
            return (Read(declared), declared);
        }
        catch (XmlException) when (declared is null)
        {
            var decided = EncodingDetection.Decide(source);
            try
            {
                return (Read(decided), decided);
            }
            catch (XmlException e)
            {
                throw XmlProblems.Invalid(e);
            }
        }
        catch (XmlException e)
        {
            throw XmlProblems.Invalid(e);
        }

        T Read(TextEncoding? encoding)
        {
            try
            {
                using var xml = Open(source, encoding);
                return read(xml);
            }
            catch (Exception e) when (e is DecoderFallbackException or ArgumentException)
            {
                throw new XmlException("its characters are in no encoding that is known here", e);
            }
        }
    }
}
