using System.IO.Compression;
using System.Text;
using System.Xml;
using OpenData.Catalog;
using OpenData.Ingest.Packing;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Workbooks;

/// <summary>Tells the documents of office programs, which are ZIP files too.</summary>
internal static class OfficePackage
{
    private const int SmallPart = 1 << 16;

    /// <summary>Whether a ZIP file begins as workbooks of Excel do.</summary>
    public static bool LooksLikeWorkbook(ReadOnlySpan<byte> head) =>
        head.IndexOf("[Content_Types].xml"u8) >= 0 || head.IndexOf("xl/"u8) >= 0;

    /// <summary>The workbook that a package is; null if it is no document of an office program.</summary>
    /// <exception cref="UnreadableSourceException">It is a document without a table, or a workbook that cannot be read.</exception>
    public static RecordSource? Workbook(ZipArchive zip, SourceContent source, IngestDeclaration? declaration)
    {
        if (zip.Entries.Any(entry => ZipContent.PathOf(entry).StartsWith("xl/", StringComparison.OrdinalIgnoreCase))
            && ZipContent.Has(zip, "_rels/.rels"))
        {
            SheetBook book = ZipContent.Has(zip, "xl/workbook.bin") ? new XlsbBook(source) : new XlsxBook(source);
            return new WorkbookRecordSource(book, declaration);
        }

        if (ZipContent.Has(zip, "Contents/content.hpf") || ZipContent.Has(zip, "Contents/header.xml")) throw DocumentProblems.Hangul();
        if (ZipContent.Has(zip, "[Content_Types].xml"))
        {
            throw zip.Entries.Any(entry => ZipContent.PathOf(entry).StartsWith("ppt/", StringComparison.OrdinalIgnoreCase))
                ? DocumentProblems.PowerPoint()
                : DocumentProblems.Word();
        }

        return ZipContent.Has(zip, "mimetype") && ZipContent.Has(zip, "content.xml") ? OpenDocument(zip, source, declaration) : null;
    }

    private static WorkbookRecordSource OpenDocument(ZipArchive zip, SourceContent source, IngestDeclaration? declaration)
    {
        if (!TextOf(zip, "mimetype").Contains("opendocument.spreadsheet", StringComparison.Ordinal))
        {
            throw DocumentProblems.Other("a document or a drawing in OpenDocument (.odt, .odp)");
        }
        if (TextOf(zip, "META-INF/manifest.xml").Contains("encryption-data", StringComparison.Ordinal)) throw PackingProblems.Password();
        return new WorkbookRecordSource(new OpenDocumentBook("ods", Open), declaration);

        XmlReader Open()
        {
            var package = ZipContent.Open(source, ExcelProblems.Broken("it is damaged or was cut off during its upload"));
            return XlsxWorkbook.Open(XlsxWorkbook.Find(package, "content.xml")!, package);
        }
    }

    /// <summary>The beginning of a small part's text; nothing if there is no such part.</summary>
    private static string TextOf(ZipArchive zip, string name)
    {
        if (XlsxWorkbook.Find(zip, name) is not { } entry) return "";
        try
        {
            using var part = ZipContent.Open(entry);
            var bytes = new byte[SmallPart];
            return Encoding.UTF8.GetString(bytes.AsSpan(0, part.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)));
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException)
        {
            throw ExcelProblems.Broken($"its part {name} cannot be unpacked");
        }
    }
}
