using System.Text;
using OpenData.Catalog;
using OpenData.Ingest.Records;
using OpenData.Ingest.Text;
using OpenData.Lake;

namespace OpenData.Ingest.Formats;

/// <summary>What a file turned out to be.</summary>
/// <param name="Content">The data itself: the file's bytes, or what the gzip or ZIP file holds.</param>
/// <param name="Container">What it was packed in, as a suffix of the format's name (<c>.gz</c>, <c>.zip</c>); empty if it was not.</param>
/// <param name="Records">Its records; null for delimited text, which the pipeline reads by itself.</param>
internal sealed record RecognizedSource(SourceContent Content, string Container, RecordSource? Records) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Records?.Dispose();
}

/// <summary>Tells formats by their content, never by their names.</summary>
internal static class SourceFormats
{
    private const int HeadBytes = 4096;
    private const int DeepestPacking = 3;

    /// <summary>Tells what a file is; whatever is no other format is taken for delimited text.</summary>
    /// <exception cref="UnreadableSourceException">It is a file that can never be read: a password, a bomb, several tables in one ZIP.</exception>
    public static RecognizedSource Recognize(SourceContent source, IngestDeclaration? declaration)
    {
        var container = "";
        for (var depth = 0; ; depth++)
        {
            if (depth > DeepestPacking) throw PackedTooDeep();
            var head = Head(source);
            if (head is [0x1F, 0x8B, 8, ..])
            {
                source = UnpackedContent.OfGzip(source);
                container = ".gz" + container;
            }
            else if (head is [(byte)'P', (byte)'K', 3 or 5, ..])
            {
                using var zip = ZipContent.Open(source, looksLikeWorkbook: head.AsSpan().IndexOf("[Content_Types].xml"u8) >= 0 || head.AsSpan().IndexOf("xl/"u8) >= 0);
                if (ZipContent.IsWorkbook(zip)) return new RecognizedSource(source, container, new XlsxRecordSource(source));
                if (ZipContent.Document(zip) is { } document) throw document;
                source = ZipContent.OnlyDataFile(source, zip);
                container = ".zip" + container;
            }
            else
            {
                return new RecognizedSource(source, container, Records(source, head, declaration));
            }
        }
    }

    private static RecordSource? Records(SourceContent source, ReadOnlySpan<byte> head, IngestDeclaration? declaration)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])) return new XlsRecordSource(source);
        if (head.StartsWith("PAR1"u8) || head.StartsWith("PARE"u8)) return new ParquetRecordSource(source);
        if (head.StartsWith("%PDF-"u8)) throw DocumentProblems.Pdf();
        if (head.StartsWith("HWP Document File"u8)) throw DocumentProblems.Hangul();
        if (Foreign(head) is { } kind) throw DocumentProblems.Other(kind);
        return JsonText.LooksLikeJson(Narrow(head)) ? JsonRecordSource.Of(source, declaration?.Encoding) : null;
    }

    private static string? Foreign(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) || head.StartsWith("GIF8"u8) || head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return "a picture";
        if (head.StartsWith("Rar!"u8) || head.StartsWith((ReadOnlySpan<byte>)[(byte)'7', (byte)'z', 0xBC, 0xAF])) return "an archive of a kind that is not read (RAR or 7z)";
        if (head.StartsWith("SQLite format 3"u8)) return "a SQLite database";
        var text = Narrow(head).AsSpan().TrimStart(" \t\r\n"u8);
        if (Begins(text, "<!doctype html") || Begins(text, "<html") || Begins(text, "<table") || (Begins(text, "<meta") && !text.Contains((byte)','))) return "a web page (some systems give one the name of an Excel file)";
        if (Begins(text, "<?xml")) return "an XML document";
        return IsBinary(head) ? "no text, but a program's own bytes" : null;
    }

    /// <summary>Whether more than 3 % of the bytes are control characters that no text has: random or compressed bytes have 9 %. NUL does not count, as broken exports are full of it.</summary>
    private static bool IsBinary(ReadOnlySpan<byte> head)
    {
        if (EncodingDetection.LooksLikeUtf16(head)) return false; // where half of a character may be any byte
        var control = 0;
        foreach (var b in head) control += b is (>= 0x01 and <= 0x08) or (>= 0x0E and <= 0x19) or (>= 0x1C and <= 0x1F) ? 1 : 0;
        return control >= 4 && control * 100 > head.Length * 3;
    }

    private static bool Begins(ReadOnlySpan<byte> text, string with) => text.Length >= with.Length && Ascii.EqualsIgnoreCase(text[..with.Length], with);

    /// <summary>The head as single bytes, without a byte order mark, also where it is UTF-16.</summary>
    private static byte[] Narrow(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) return head[3..].ToArray();
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) head = head[2..];
        return [.. head.ToArray().Where(b => b != 0)];
    }

    private static byte[] Head(SourceContent source)
    {
        using var stream = source.Open();
        var head = new byte[HeadBytes];
        var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return head[..length];
    }

    private static UnreadableSourceException PackedTooDeep() => new(new Problem(
        "packed-too-deep", Severity.Error, $"The file is packed more than {DeepestPacking} times over.", "Upload the data file itself, or compress it once."));
}
