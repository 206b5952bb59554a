using System.Text;
using System.Text.RegularExpressions;
using OpenData.Ingest.Records;
using OpenData.Ingest.Text;

namespace OpenData.Ingest.Markup;

/// <summary>The largest table of a web page; many systems give a page the name of an Excel file.</summary>
internal static partial class HtmlRecordSource
{
    /// <summary>Larger pages are refused: a page is whole in memory, several times its size.</summary>
    private const int LargestPage = 32 << 20;

    private const int HeadBytes = 4096;

    /// <summary>Reads a page.</summary>
    /// <param name="source">The file.</param>
    /// <param name="isArchived">Whether it is a page with its parts in one file.</param>
    /// <param name="declared">The encoding that the agency declares, or null.</param>
    /// <exception cref="UnreadableSourceException">It has no table, or is too large.</exception>
    public static GridRecordSource Of(SourceContent source, bool isArchived, TextEncoding? declared)
    {
        var bytes = Bytes(source);
        if (isArchived) bytes = ArchivedPage.Pages(bytes);
        var content = new PageContent(bytes, source.Name);
        var encoding = declared ?? Named(bytes) ?? EncodingDetection.Guess(content) ?? EncodingDetection.Decide(content);
        var problems = new ProblemLog();
        string page;
        using (var text = new StreamReader(StrictText.Open(content, encoding, problems), Encoding.UTF8))
        {
            page = Read(text, ref encoding, content);
        }

        if (IsCutOff(page)) throw XmlProblems.Unclosed();
        var tables = HtmlTables.Of(page).OrderByDescending(table => table.Sum(row => row.Count(cell => cell is not null))).ToList();
        if (tables.Count == 0 || tables[0].Count < 2 && tables[0].Max(row => row.Length) < 2) throw XmlProblems.NoTable();
        var rows = tables[0].Select(row => row.Select(cell => cell is null ? null : Encoding.UTF8.GetBytes(cell)).ToArray()).ToList();
        var others = tables.Skip(1).Where(table => table.Count > 2 && table.Max(row => row.Count(cell => cell is not null)) > 1).ToList();
        return new GridRecordSource(isArchived ? "mht" : "html", encoding.Name, rows, into =>
        {
            foreach (var problem in problems.Kept) into.Add(problem);
            foreach (var other in others)
            {
                into.Add(
                    XmlProblems.OtherTable(
                        other.Count, other.SelectMany(row => row).FirstOrDefault(cell => cell is not null) ?? "", rows.Count));
            }
        });
    }

    /// <summary>Whether a page ends within a table: neither that nor the page is closed.</summary>
    private static bool IsCutOff(string page) =>
        page.LastIndexOf("<table", StringComparison.OrdinalIgnoreCase) is >= 0 and var begins
        && page.IndexOf("</table", begins, StringComparison.OrdinalIgnoreCase) < 0
        && page.IndexOf("</body", begins, StringComparison.OrdinalIgnoreCase) < 0
        && page.IndexOf("</html", begins, StringComparison.OrdinalIgnoreCase) < 0;

    private static string Read(StreamReader text, ref TextEncoding encoding, SourceContent content)
    {
        try
        {
            return text.ReadToEnd();
        }
        catch (Exception e) when (e is DecoderFallbackException or ArgumentException)
        {
            // The page names an encoding that it is not in.
            encoding = EncodingDetection.Decide(content);
            using var stream = content.Open();
            using var again = new StreamReader(stream, encoding.Encoding);
            return again.ReadToEnd();
        }
    }

    private static byte[] Bytes(SourceContent source)
    {
        using var stream = source.Open();
        using var bytes = new MemoryStream();
        var block = new byte[1 << 16];
        while (stream.Read(block) is var read and > 0)
        {
            bytes.Write(block, 0, read);
            if (bytes.Length > LargestPage) throw XmlProblems.TooLarge("The web page", LargestPage >> 20);
        }

        return bytes.ToArray();
    }

    /// <summary>The encoding that a page names; null if it names none, or one that other bytes at its beginning belie.</summary>
    private static TextEncoding? Named(byte[] page)
    {
        if (EncodingDetection.LooksLikeUtf16(page)) return null;
        var name = Charset().Match(Encoding.Latin1.GetString(page.AsSpan(0, Math.Min(page.Length, HeadBytes)))).Groups["name"].Value;
        return name.Length == 0
            ? null
            : TextEncoding.Named(
                name.ToLowerInvariant() switch
                {
                    "ks_c_5601-1987" or "ms949"
                    or "x-windows-949" => "cp949",
                    "utf8" => "utf-8",
                    var other => other
                });
    }

    [GeneratedRegex(@"charset\s*=\s*[""']?(?<name>[\w-]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Charset();

    /// <summary>A page that is in memory already.</summary>
    private sealed class PageContent(byte[] bytes, string name) : SourceContent
    {
        public override string Name => name;

        public override long? Length => bytes.Length;

        public override Stream Open() => new MemoryStream(bytes, writable: false);
    }
}
