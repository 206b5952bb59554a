using System.Text;
using OpenData.Ingest.Records;
using OpenData.Ingest.Text;

namespace OpenData.Ingest.Formats;

/// <summary>Opens a text of any encoding as UTF-8; reading it throws where bytes are no characters, instead of inventing some.</summary>
internal static class StrictText
{
    /// <summary>Opens the text.</summary>
    /// <exception cref="DecoderFallbackException">While it is read: bytes that are no characters.</exception>
    public static Stream Open(SourceContent source, TextEncoding encoding)
    {
        var bytes = source.Open();
        if (encoding.Encoding is UTF8Encoding) return bytes;
        var strict = (Encoding)encoding.Encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        return Encoding.CreateTranscodingStream(bytes, strict, Encoding.UTF8);
    }
}
