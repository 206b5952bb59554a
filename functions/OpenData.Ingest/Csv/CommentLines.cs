using System.Text;

namespace OpenData.Ingest.Csv;

/// <summary>
/// Finds out whether a text has comment lines: lines that begin with a sign with which the table's own rows do not begin.
/// </summary>
internal static class CommentLines
{
    private static readonly string[] Signs = ["#", "//", "%", ";"];

    /// <summary>Of the lines that are no comments at the top, the share that may be comments further down.</summary>
    private const double MostBelow = 0.1;

    /// <summary>The comment sign, if there is one.</summary>
    public static string? SignIn(ReadOnlySpan<byte> text)
    {
        foreach (var sign in Signs)
        {
            int top = 0, below = 0, rows = 0;
            var bytes = Encoding.ASCII.GetBytes(sign);
            foreach (var line in Split(text))
            {
                if (text[line].Trim(" \r\n\uFEFF"u8).IsEmpty) continue;
                if (!text[line].StartsWith(bytes)) rows++;
                else if (rows == 0) top++;
                else below++;
            }

            if (top + below > 0 && rows >= 2 && below <= Math.Max(1, MostBelow * rows)) return sign;
        }

        return null;
    }

    /// <summary>The text without its comment lines.</summary>
    public static byte[] Without(ReadOnlySpan<byte> text, string sign)
    {
        var kept = new MemoryStream(text.Length);
        var bytes = Encoding.ASCII.GetBytes(sign);
        foreach (var line in Split(text))
        {
            if (!text[line].StartsWith(bytes)) kept.Write(text[line]);
        }

        return kept.ToArray();
    }

    /// <summary>
    /// Whether the only line that begins with the sign is the heading of the table: it is the first, and has the table's number
    /// of cells.
    /// </summary>
    public static bool IsHeading(ReadOnlySpan<byte> text, string sign, string delimiter, int width)
    {
        var lines = Split(text);
        var bytes = Encoding.ASCII.GetBytes(sign);
        var found = 0;
        foreach (var line in lines) found += text[line].StartsWith(bytes) ? 1 : 0;
        return found == 1 && text.StartsWith(bytes) && width > 1
            && Encoding.UTF8.GetString(text[lines[0]]).Split(delimiter).Length == width;
    }

    private static List<Range> Split(ReadOnlySpan<byte> text)
    {
        var lines = new List<Range>();
        for (var at = 0; at < text.Length;)
        {
            var end = text[at..].IndexOf((byte)'\n') is var found and >= 0 ? at + found + 1 : text.Length;
            lines.Add(at..end);
            at = end;
        }

        return lines;
    }
}
