using System.Text;
using System.Text.RegularExpressions;

namespace OpenData.Ingest.Markup;

/// <summary>Tells markup from delimited text by how a file begins. Markup within the cells of delimited text is text.</summary>
internal static partial class MarkupDetection
{
    private static readonly HashSet<string> PageElements = new(StringComparer.OrdinalIgnoreCase)
    {
        "html", "head", "body", "table", "thead", "tbody", "tr", "div", "style", "script", "meta", "title", "link", "center", "form",
        "iframe",
        "base", "noscript", "frameset",
    };

    /// <summary>The kind of a file.</summary>
    /// <param name="head">The beginning of its text.</param>
    public static MarkupKind Of(string head)
    {
        var text = head.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (MailHeader().IsMatch(text)) return MarkupKind.ArchivedPage;
        if (!text.StartsWith('<')) return MarkupKind.None;
        var isXml = text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase);
        text = Prologue().Replace(text, "");
        if (text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)) return MarkupKind.Html;
        text = Doctype().Replace(text, "");
        text = Prologue().Replace(text, "");
        var tag = FirstTag().Match(text);
        if (!tag.Success)
        {
            return isXml
                ? MarkupKind.Xml
                : text.Length == 0 && head.Length > 0 && head.Contains("-->", StringComparison.Ordinal) ? MarkupKind.Html : MarkupKind.None;
        }

        var name = tag.Groups["name"].Value;
        if (name.Equals("html", StringComparison.OrdinalIgnoreCase)) return MarkupKind.Html;
        if (isXml) return MarkupKind.Xml;
        if (PageElements.Contains(name)) return IsFollowedByMarkup(text, tag, name) ? MarkupKind.Html : MarkupKind.None;
        return tag.Groups["name"].Value.Length > 0 && IsFollowedByMarkup(text, tag, name) ? MarkupKind.Xml : MarkupKind.None;
    }

    /// <summary>Whether a first tag is followed by another one, or by its own end: in delimited text a delimiter would be.</summary>
    private static bool IsFollowedByMarkup(string text, Match tag, string name)
    {
        var rest = text[(tag.Index + tag.Length)..];
        if (tag.Value.EndsWith("/>", StringComparison.Ordinal)) return rest.TrimStart() is ['<', ..] or "" || PageElements.Contains(name);
        if (rest.TrimStart() is ['<', not ('=' or ' '), ..]) return true;
        // The text of a <title> or a <style>, or of an element that is the whole document.
        return PageElements.Contains(name) && !rest.TrimStart().StartsWith(',')
            && (rest.Contains($"</{name}", StringComparison.OrdinalIgnoreCase) || rest.Contains("<tr", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The beginning of a file as text: without a byte order mark, and single bytes where it is UTF-16.</summary>
    public static string Narrow(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Encoding.Unicode.GetString(head[2..]);
        return head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
            ? Encoding.BigEndianUnicode.GetString(head[2..])
            : Encoding.UTF8.GetString(head).Replace("\0", "", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\A(MIME-Version:|Content-Type:\s*multipart/|From: <Saved by|Message-ID:)[^\n]*\r?\n", RegexOptions.IgnoreCase)]
    private static partial Regex MailHeader();

    /// <summary>White space, comments and processing instructions.</summary>
    [GeneratedRegex(@"\A(\s+|<!--.*?(-->|\z)|<\?.*?(\?>|\z))+", RegexOptions.Singleline)]
    private static partial Regex Prologue();

    [GeneratedRegex(@"\A<!DOCTYPE[^\[>]*(\[.*?\]\s*)?>\s*", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Doctype();

    [GeneratedRegex(@"\A<(?<name>[\p{L}_][\w.:-]*)(\s+[^<>]*|\s*/)?>")]
    private static partial Regex FirstTag();
}
