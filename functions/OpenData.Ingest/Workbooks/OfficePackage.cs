using System.IO.Compression;
using OpenData.Ingest.Packing;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Workbooks;

/// <summary>Tells the documents of office programs, which are ZIP files too.</summary>
internal static class OfficePackage
{
    /// <summary>Whether a ZIP file begins as workbooks of Excel do.</summary>
    public static bool LooksLikeWorkbook(ReadOnlySpan<byte> head) => head.IndexOf("[Content_Types].xml"u8) >= 0 || head.IndexOf("xl/"u8) >= 0;

    /// <summary>The workbook that a package is; null if it is no document of an office program.</summary>
    /// <exception cref="UnreadableSourceException">It is a document without a table, or a workbook that cannot be read.</exception>
    public static RecordSource? Workbook(ZipArchive zip, SourceContent source)
    {
        if (zip.Entries.Any(entry => ZipContent.PathOf(entry).StartsWith("xl/", StringComparison.OrdinalIgnoreCase)) && ZipContent.Has(zip, "_rels/.rels")) return new XlsxRecordSource(source);
        if (ZipContent.Has(zip, "Contents/content.hpf") || ZipContent.Has(zip, "Contents/header.xml")) throw DocumentProblems.Hangul();
        if (ZipContent.Has(zip, "[Content_Types].xml"))
            throw zip.Entries.Any(entry => ZipContent.PathOf(entry).StartsWith("ppt/", StringComparison.OrdinalIgnoreCase)) ? DocumentProblems.PowerPoint() : DocumentProblems.Word();

        return ZipContent.Has(zip, "mimetype") ? throw DocumentProblems.Other("an OpenDocument file (.ods, .odt)") : null;
    }
}
