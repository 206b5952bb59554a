namespace OpenData.Ingest.Packing;

/// <summary>A file in an archive.</summary>
/// <param name="Path">Its path in the archive.</param>
/// <param name="IsEncrypted">Whether it has a password.</param>
internal sealed record ArchiveEntry(string Path, bool IsEncrypted)
{
    /// <summary>The most files that an archive may hold.</summary>
    public const int Most = 10_000;

    // What people put beside the data: descriptions, pictures, and the parts of a map that are no table.
    private static readonly HashSet<string> Companions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".md", ".pdf", ".hwp", ".hwpx", ".doc", ".docx", ".ppt", ".pptx", ".rtf", ".html", ".htm", ".xml", ".yml", ".yaml",
        ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".svg", ".ico", ".ini", ".lnk", ".url", ".exe", ".dll", ".cpg", ".prj",
    };

    /// <summary>Its path with forward slashes.</summary>
    public string PlainPath => Path.Replace('\\', '/').TrimStart('/');

    private string Name => System.IO.Path.GetFileName(PlainPath);

    /// <summary>The only data file among the files of an archive.</summary>
    /// <param name="entries">All entries.</param>
    /// <exception cref="Records.UnreadableSourceException">There is none, there are several, or it has a password.</exception>
    public static ArchiveEntry OnlyData(IEnumerable<ArchiveEntry> entries)
    {
        var files = entries.Where(entry => entry.IsMeant).ToList();
        var data = files.Where(entry => !Companions.Contains(System.IO.Path.GetExtension(entry.Name))).ToList();
        // Where nothing else is there, a page or a document of records may be the data after all.
        if (data.Count == 0)
        {
            data = [.. files.Where(entry => System.IO.Path.GetExtension(entry.Name).ToLowerInvariant() is ".xml" or ".html" or ".htm")];
        }

        if (data.Count > 1) data = [.. data.Where(entry => !entry.Name.StartsWith("readme", StringComparison.OrdinalIgnoreCase))];
        if (data.Count == 0) throw PackingProblems.NoData([.. files.Select(file => file.Path)]);
        if (data.Count > 1) throw PackingProblems.SeveralFiles([.. data.Select(file => file.Path)]);
        return data[0].IsEncrypted ? throw PackingProblems.Password() : data[0];
    }

    /// <summary>Whether somebody put it there, and not the program that packed the archive.</summary>
    private bool IsMeant =>
        Name.Length > 0 && !Name.StartsWith('.') && !PlainPath.StartsWith("__MACOSX/", StringComparison.OrdinalIgnoreCase)
        && !PlainPath.Contains("/PaxHeader", StringComparison.OrdinalIgnoreCase)
            && !Name.Equals("Thumbs.db", StringComparison.OrdinalIgnoreCase);
}
