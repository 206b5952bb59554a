using OpenData.Catalog;
using OpenData.Ingest.Json;
using OpenData.Ingest.Markup;
using OpenData.Ingest.Packing;
using OpenData.Ingest.Records;
using OpenData.Ingest.Text;
using OpenData.Ingest.Workbooks;

namespace OpenData.Ingest.Formats;

/// <summary>Tells formats by their content, never by their names.</summary>
internal static class SourceFormats
{
    private const int HeadBytes = 8192;
    private const int DeepestPacking = 3;

    /// <summary>Tells what a file is; whatever is no other format is taken for delimited text.</summary>
    /// <exception cref="UnreadableSourceException">It is a file that can never be read: a password, a bomb, several tables in one
    /// ZIP.</exception>
    public static RecognizedSource Recognize(SourceContent source, IngestDeclaration? declaration)
    {
        var container = "";
        for (var depth = 0; ; depth++)
        {
            if (depth > DeepestPacking) throw PackingProblems.TooDeep(DeepestPacking);
            var head = Head(source);
            if (Compression.Of(head) is { } compression)
            {
                source = compression.Unpack(source);
                container = compression.Suffix + container;
            }
            else if (head is [(byte)'P', (byte)'K', 3 or 5, ..])
            {
                using var zip = ZipContent.Open(
                    source,
                    OfficePackage.LooksLikeWorkbook(head) ? ExcelProblems.Broken("it is damaged or was cut off during its upload") : null);
                if (OfficePackage.Workbook(zip, source, declaration) is { } workbook)
                {
                    return new RecognizedSource(source, container, workbook);
                }

                source = ZipContent.OnlyDataFile(source, zip);
                container = ".zip" + container;
            }
            else if (TarContent.Recognize(head))
            {
                source = TarContent.OnlyDataFile(source);
                container = ".tar" + container;
            }
            else
            {
                return new RecognizedSource(source, container, Records(source, head, declaration));
            }
        }
    }

    private static RecordSource? Records(SourceContent source, ReadOnlySpan<byte> head, IngestDeclaration? declaration)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])) return Binary();
        if (XlsWorkbook.IsBareStream(head)) return Binary();
        if (head.StartsWith("PAR1"u8) || head.StartsWith("PARE"u8)) return new ParquetRecordSource(source);
        if (head.StartsWith("%PDF-"u8)) throw DocumentProblems.Pdf();
        if (head.StartsWith("HWP Document File"u8)) throw DocumentProblems.Hangul();
        if (Compression.Foreign(head) is { } packed) throw PackingProblems.Unknown(packed);
        if (Foreign(head) is { } kind) throw DocumentProblems.Other(kind);

        var text = MarkupDetection.Narrow(head);
        var encoding = declaration?.Encoding is { } name ? TextEncoding.Named(name) : null;
        switch (MarkupDetection.Of(text))
        {
            case MarkupKind.Html:
                return HtmlRecordSource.Of(source, isArchived: false, encoding);
            case MarkupKind.ArchivedPage:
                return HtmlRecordSource.Of(source, isArchived: true, encoding);
            case MarkupKind.Xml:
                return Xml(source, encoding, declaration);
            default:
                if (JsonText.LooksLikeJson(System.Text.Encoding.UTF8.GetBytes(text)))
                {
                    return JsonRecordSource.Of(source, encoding, declaration?.RecordPath);
                }
                return TextKinds.NoTable(text) is { } other ? throw DocumentProblems.Other(other) : null;
        }

        WorkbookRecordSource Binary() => new(new XlsBook(source), declaration);
    }

    private static RecordSource Xml(SourceContent source, TextEncoding? declared, IngestDeclaration? declaration)
    {
        var (outline, encoding) = XmlText.ReadWhole(source, declared, XmlOutline.Read);
        return outline switch
        {
            { RootName: "html" } => HtmlRecordSource.Of(source, isArchived: false, declared),
            { RootName: "Workbook", RootNamespace: Spreadsheet2003.Namespace } =>
                new WorkbookRecordSource(new Spreadsheet2003(() => XmlText.Open(source, encoding)), declaration),
            { RootName: "document", RootNamespace: OpenDocumentBook.Office } =>
                new WorkbookRecordSource(new OpenDocumentBook("fods", () => XmlText.Open(source, encoding)), declaration),
            _ => new XmlRecordSource(source, encoding, outline, declaration?.RecordPath),
        };
    }

    private static string? Foreign(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G'])
            || head.StartsWith("GIF8"u8) || head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return "a picture";
        }
        if (head.StartsWith("SQLite format 3"u8)) return "a SQLite database";
        return IsBinary(head) ? "no text, but a program's own bytes" : null;
    }

    /// <summary>
    /// Whether more than 3 % of the bytes are control characters that no text has: random or compressed bytes have 9 %. NUL alone counts
    /// only where it is most of them, as broken exports are full of it.
    /// </summary>
    private static bool IsBinary(ReadOnlySpan<byte> head)
    {
        if (EncodingDetection.LooksLikeUtf16(head)) return false; // where half of a character may be any byte
        var control = 0;
        foreach (var b in head) control += b is (>= 0x01 and <= 0x08) or (>= 0x0E and <= 0x19) or (>= 0x1C and <= 0x1F) ? 1 : 0;
        return control >= 4 && control * 100 > head.Length * 3 || head.Count((byte)0) * 2 > head.Length;
    }

    private static byte[] Head(SourceContent source)
    {
        using var stream = source.Open();
        var head = new byte[HeadBytes];
        var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return head[..length];
    }
}
