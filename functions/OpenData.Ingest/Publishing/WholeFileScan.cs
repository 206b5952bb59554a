using System.IO.Compression;
using System.Text;
using System.Xml;
using OpenData.Disclosure;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Publishing;

/// <summary>
/// Looks for personal data in what of a file is not published as rows, and would be shown with the file itself: other sheets, hidden ones,
/// comments, document properties, other members of an archive. Of a text file only the rows are looked through, by the typing pass; its
/// titles and notes are not.
/// </summary>
internal static class WholeFileScan
{
    private static readonly string[] Texts = ["csv", "tsv", "txt", "json", "ndjson", "jsonl", "geojson", "xml", "html"];
    private static readonly string[] Columnar = ["parquet"];

    /// <summary>Whether the whole file was looked through and holds no personal data that its rows do not.</summary>
    /// <param name="content">The file.</param>
    /// <param name="format">What it is, with what it was packed in.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static async Task<bool> IsCleanAsync(SourceContent content, string format, CancellationToken cancellation)
    {
        var (kind, packing) = format.Split('.') is [var first, .. var rest] ? (first, string.Join('.', rest)) : (format, "");
        if (Columnar.Contains(kind) && packing.Length == 0) return true;
        if (Texts.Contains(kind) && packing is "" or "gz") return true;
        if (kind is not ("xlsx" or "ods") && packing != "zip") return false;
        await using var copy = await SeekableCopy(content, cancellation);
        try
        {
            using var archive = new ZipArchive(copy, ZipArchiveMode.Read);
            foreach (var entry in archive.Entries)
            {
                cancellation.ThrowIfCancellationRequested();
                if (entry.Length > 0 && !IsClean(entry)) return false;
            }

            return true;
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or DecoderFallbackException or NotSupportedException)
        {
            return false; // what cannot be read was not looked through
        }
    }

    private static bool IsClean(ZipArchiveEntry entry)
    {
        var name = entry.FullName.ToLowerInvariant();
        if (name.EndsWith(".png", StringComparison.Ordinal) || name.EndsWith(".jpeg", StringComparison.Ordinal)
            || name.EndsWith(".jpg", StringComparison.Ordinal))
        {
            return false; // a picture may show anything
        }

        using var stream = entry.Open();
        if (name.EndsWith(".xml", StringComparison.Ordinal) || name.EndsWith(".rels", StringComparison.Ordinal)
            || name.EndsWith(".vml", StringComparison.Ordinal))
        {
            return IsCleanXml(stream);
        }

        if (name.EndsWith(".csv", StringComparison.Ordinal) || name.EndsWith(".txt", StringComparison.Ordinal)
            || name.EndsWith(".json", StringComparison.Ordinal) || name is "mimetype")
        {
            return IsCleanText(stream);
        }

        return name.EndsWith('/') || (name.StartsWith("xl/printersettings", StringComparison.Ordinal)
            && name.EndsWith(".bin", StringComparison.Ordinal));
    }

    private static bool IsCleanXml(Stream stream)
    {
        var found = new FreeText();
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        while (reader.Read())
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Comment) found.Add(reader.Value);
        }

        return found.IsClean;
    }

    private static bool IsCleanText(Stream stream)
    {
        var found = new FreeText();
        using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
        while (reader.ReadLine() is { } line) found.Add(line);
        return found.IsClean;
    }

    private static async Task<Stream> SeekableCopy(SourceContent content, CancellationToken cancellation)
    {
        var file = new FileStream(Path.GetTempFileName(), new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        });
        await using var bytes = content.Open();
        await bytes.CopyToAsync(file, cancellation);
        file.Position = 0;
        return file;
    }

    /// <summary>Texts of which nothing else is known, so that only what is certain by itself counts.</summary>
    private sealed class FreeText
    {
        private readonly TableScan _scan = new([""], RuleSet.Default);

        public bool IsClean => !_scan.Findings().Any(finding => !finding.Exceptable || finding.Kind == "email"
            || finding.Kind.EndsWith("phone", StringComparison.Ordinal));

        public void Add(string text)
        {
            if (text.Length > 0) _scan.Columns[0].Text(Encoding.UTF8.GetBytes(text));
        }
    }
}
