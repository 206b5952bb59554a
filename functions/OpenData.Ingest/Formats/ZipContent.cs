using System.IO.Compression;
using System.Text;
using OpenData.Ingest.Records;
using OpenData.Lake;

namespace OpenData.Ingest.Formats;

/// <summary>Finds the one data file in a ZIP file.</summary>
internal static class ZipContent
{
    // What people put beside the data: descriptions, pictures, and the parts of a map that are no table.
    private static readonly HashSet<string> Companions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".md", ".pdf", ".hwp", ".hwpx", ".doc", ".docx", ".ppt", ".pptx", ".rtf", ".html", ".htm", ".xml", ".yml", ".yaml",
        ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".svg", ".ico", ".ini", ".lnk", ".url", ".exe", ".dll", ".cpg", ".prj",
    };

    /// <summary>Whether the package is a workbook, which is a ZIP file too.</summary>
    public static bool IsWorkbook(ZipArchive zip) => zip.Entries.Any(entry => Name(entry).StartsWith("xl/", StringComparison.OrdinalIgnoreCase)) && Has(zip, "_rels/.rels");

    /// <summary>What is to be said of a package that is a document; null if it is none.</summary>
    public static UnreadableSourceException? Document(ZipArchive zip)
    {
        if (Has(zip, "Contents/content.hpf") || Has(zip, "Contents/header.xml")) return DocumentProblems.Hangul();
        if (Has(zip, "[Content_Types].xml")) return zip.Entries.Any(entry => Name(entry).StartsWith("ppt/", StringComparison.OrdinalIgnoreCase)) ? DocumentProblems.PowerPoint() : DocumentProblems.Word();
        return Has(zip, "mimetype") ? DocumentProblems.Other("an OpenDocument file (.ods, .odt)") : null;
    }

    /// <summary>Opens a ZIP file's directory.</summary>
    /// <exception cref="UnreadableSourceException">It has none.</exception>
    public static ZipArchive Open(SourceContent packed, bool looksLikeWorkbook = false)
    {
        var stream = SeekableCopy.Open(packed);
        try
        {
            // Names that do not say they are UTF-8 are in the code page of the machine that packed them, which is Korean here.
            var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: false, CodePagesEncodingProvider.Instance.GetEncoding(949));
            _ = zip.Entries.Count; // the directory is read only now
            return zip;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ArgumentException or NotSupportedException)
        {
            stream.Dispose();
            if (looksLikeWorkbook) throw ExcelProblems.Broken("it is damaged or was cut off during its upload");
            throw new UnreadableSourceException(new Problem(
                "compression-broken", Severity.Error, "The ZIP file has no readable directory: it is damaged or was cut off.", "Pack the file again and compare its size after the upload."));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The only data file among the entries.</summary>
    /// <exception cref="UnreadableSourceException">There is none, there are several, or it has a password.</exception>
    public static SourceContent OnlyDataFile(SourceContent packed, ZipArchive zip)
    {
        var files = zip.Entries.Where(IsFile).ToList();
        var data = files.Where(entry => !Companions.Contains(Path.GetExtension(entry.Name))).ToList();
        if (data.Count > 1) data = [.. data.Where(entry => !entry.Name.StartsWith("readme", StringComparison.OrdinalIgnoreCase))];
        if (data.Count == 0) throw NoData(files);
        if (data.Count > 1) throw Several(data);
        if (data[0].IsEncrypted) throw ExcelProblems.Password();
        return OfEntry(packed, data[0]);
    }

    private static UnpackedContent OfEntry(SourceContent packed, ZipArchiveEntry entry)
    {
        var name = entry.FullName;
        return new UnpackedContent(Path.GetFileName(name), entry.CompressedLength, () =>
        {
            var zip = Open(packed);
            try
            {
                var found = zip.GetEntry(name)!;
                return new CheckedStream(found.Open(), found.Length, found.Crc32, zip);
            }
            catch (Exception e) when (e is InvalidDataException or NotSupportedException)
            {
                zip.Dispose();
                throw new UnreadableSourceException(new Problem(
                    "compression-unknown", Severity.Error, $"'{name}' cannot be unpacked: {e.Message}", "Pack it again with the method 'Deflate', as Windows itself does."));
            }
        });
    }

    private static bool IsFile(ZipArchiveEntry entry) =>
        entry.Name.Length > 0 && !entry.Name.StartsWith('.') && !Name(entry).StartsWith("__MACOSX/", StringComparison.OrdinalIgnoreCase)
        && !entry.Name.Equals("Thumbs.db", StringComparison.OrdinalIgnoreCase);

    private static bool Has(ZipArchive zip, string name) => zip.Entries.Any(entry => Name(entry).Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string Name(ZipArchiveEntry entry) => entry.FullName.Replace('\\', '/').TrimStart('/');

    private static UnreadableSourceException NoData(List<ZipArchiveEntry> files) => new(new Problem(
        "no-data",
        Severity.Error,
        files.Count == 0 ? "The ZIP file is empty." : $"The ZIP file holds no data file, only {Listed(files)}.",
        "Pack one CSV, Excel, JSON or Parquet file."));

    private static UnreadableSourceException Several(List<ZipArchiveEntry> data) => new(new Problem(
        "several-tables",
        Severity.Error,
        $"The ZIP file holds {data.Count} data files: {Listed(data)}.",
        "Upload one file a table, each to a dataset of its own."));

    private static string Listed(List<ZipArchiveEntry> entries) =>
        string.Join(", ", entries.Take(10).Select(entry => $"'{entry.FullName}'")) + (entries.Count > 10 ? ", …" : "");
}
