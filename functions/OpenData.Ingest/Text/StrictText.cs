using System.Text;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Text;

/// <summary>Opens a text of any encoding as UTF-8; reading it throws where bytes are no characters, instead of inventing some.</summary>
internal static class StrictText
{
    /// <summary>Opens the text.</summary>
    /// <param name="source">The file.</param>
    /// <param name="encoding">Its encoding.</param>
    /// <param name="problems">Takes what is to be said of the encoding.</param>
    /// <exception cref="DecoderFallbackException">While it is read: bytes that are no characters.</exception>
    public static Stream Open(SourceContent source, TextEncoding encoding, ProblemLog problems)
    {
        var bytes = source.Open();
        if (encoding.IsMixed) return new MixedText(bytes, encoding, problems);
        if (encoding.Alternatives.Count > 0) problems.Add(EncodingProblems.Uncertain(encoding));
        if (encoding.IsUtf8) return bytes;
        var strict = (Encoding)encoding.Encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        return Encoding.CreateTranscodingStream(bytes, strict, Encoding.UTF8);
    }
}
