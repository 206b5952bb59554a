using System.Text.RegularExpressions;

namespace OpenData.Ingest.Formats;

/// <summary>Tells text that is no table by how it begins: pointers, programs, settings.</summary>
internal static partial class TextKinds
{
    /// <summary>Lines by which a text of settings is judged.</summary>
    private const int MostLines = 200;

    /// <summary>What a text is, for people; null if it may be a table.</summary>
    /// <param name="head">The beginning of the text.</param>
    public static string? NoTable(string head)
    {
        var text = head.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (text.StartsWith("version https://git-lfs.github.com/spec/", StringComparison.Ordinal))
        {
            return "a pointer of Git LFS, which stands for the file itself";
        }

        if (text.StartsWith("/annex/objects/", StringComparison.Ordinal)
            || text.StartsWith("../.git/annex/objects/", StringComparison.Ordinal))
        {
            return "a pointer of git-annex, which stands for the file itself";
        }

        if (text.StartsWith(@"{\rtf", StringComparison.Ordinal)) return "a document in Rich Text Format (.rtf)";
        if (text.StartsWith("%!PS", StringComparison.Ordinal)) return "a PostScript document";
        if (text.StartsWith("BEGIN:VCARD", StringComparison.OrdinalIgnoreCase)) return "a file of contacts (vCard)";
        if (text.StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase)) return "a calendar (iCalendar)";
        if (text.StartsWith("-----BEGIN ", StringComparison.Ordinal)) return "a key or a certificate";
        if (text.StartsWith("diff --git ", StringComparison.Ordinal)) return "a list of changes of Git";
        if (text.StartsWith(@"\documentclass", StringComparison.Ordinal)) return "a document of LaTeX";

        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        if (text.Length == head.Length && lines.Count > 1) lines.RemoveAt(lines.Count - 1); // the last one may be cut
        lines = [.. lines.Where(line => line.Trim().Length > 0).Take(MostLines)];
        if (lines.Count == 0) return null;
        if (IsSql(text)) return "a list of SQL statements";
        if (SourceLine().IsMatch(lines[0])) return "the text of a program";
        if (lines.Count > 1 && lines.TrueForAll(line => Statement().IsMatch(line))) return "the text of a program";
        if (lines.Count > 1 && lines[0].Contains('|', StringComparison.Ordinal) && MarkdownRule().IsMatch(lines[1]))
        {
            return "a table in Markdown";
        }

        if (lines[0].StartsWith("# ", StringComparison.Ordinal) && lines.Exists(line => MarkdownRule().IsMatch(line)))
        {
            return "a text in Markdown";
        }

        if (IsYaml(lines)) return "a text in YAML";
        return IsSettings(lines) ? "a file of settings (.ini)" : null;
    }

    private static bool IsSql(string text)
    {
        var statement = SqlComments().Replace(text, "").TrimStart();
        return SqlStatement().IsMatch(statement) && statement.Contains(';', StringComparison.Ordinal);
    }

    private static bool IsYaml(List<string> lines)
    {
        if (lines[0].StartsWith("%YAML", StringComparison.Ordinal)) return true;
        var marked = lines[0].TrimEnd() == "---";
        var own = lines.Skip(marked ? 1 : 0).Where(line => !line.TrimStart().StartsWith('#')).ToList();
        if (own.Count == 0 || !own.TrueForAll(line => YamlLine().IsMatch(line))) return false;
        var keys = own.Select(line => YamlKey().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).ToList();
        if (keys.Count < 2) return false;
        // A list of things with keys, nested keys, or keys that are all different: a column of texts is none of these.
        return marked || own.Exists(line => line.StartsWith("- ", StringComparison.Ordinal) && YamlKey().IsMatch(line))
            || own.Exists(line => line.StartsWith(' ') && YamlKey().IsMatch(line))
            || (keys.Count == own.Count && keys.Count > 2 && keys.Distinct().Count() == keys.Count);
    }

    private static bool IsSettings(List<string> lines)
    {
        var own = lines.Where(line => line.TrimStart() is [not (';' or '#'), ..]).ToList();
        return own.Count > 1 && Section().IsMatch(own[0]) && own.TrueForAll(line => Section().IsMatch(line) || Setting().IsMatch(line));
    }

    [GeneratedRegex(@"\A(--[^\n]*(\n|\z)|/\*.*?(\*/|\z)|\s+)+", RegexOptions.Singleline)]
    private static partial Regex SqlComments();

    [GeneratedRegex(
        @"\A(CREATE\s+(TABLE|DATABASE|SCHEMA|VIEW|TYPE|INDEX|SEQUENCE|TEMP|EXTENSION|UNIQUE|OR\s)|INSERT\s+INTO\s|DROP\s+(TABLE|DATABASE"
        + @"|SCHEMA|VIEW)\s|ALTER\s+TABLE\s|DELETE\s+FROM\s|UPDATE\s+\S+\s+SET\s"
        + @"|SET\s+[\w@.]+\s*(=|TO\s|NAMES|ON|OFF)|USE\s+\S+;|LOCK\s+TABLES\s|BEGIN(\s+TRANSACTION)?;|START\s+TRANSACTION;|PRAGMA\s"
        + @"|COPY\s+\S+\s*(\([^)]*\))?\s*FROM\s|REPLACE\s+INTO\s|SELECT\s.*?\sFROM\s)",
        RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex SqlStatement();

    [GeneratedRegex(
        @"^(#!\s*/|<\?php|#include\s*[<""]|using\s+[\w.]+;|package\s+[\w.]+;|import\s+[\w.]+(\s+as\s+\w+)?;?$|import\s.*\sfrom\s+['""]"
        + @"|from\s+[\w.]+\s+import\s|def\s+\w+\(.*\):|(export\s+)?(async\s+)?function\s*\w*\()")]
    private static partial Regex SourceLine();

    // An assignment or a call that a semicolon ends.
    [GeneratedRegex(@"^\s*((var|let|const)\s+)?[A-Za-z_$][\w$.]*(\[[^\]]*\])?\s*(=\s*\S.*|\([^)]*\))\s*;\s*$")]
    private static partial Regex Statement();

    [GeneratedRegex(@"^\s*\|?\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)+\|?\s*$")]
    private static partial Regex MarkdownRule();

    [GeneratedRegex(@"^\s*(-\s+)*([^\s:,;|\t""'][^:,;|\t]*:(\s.*)?|-\s*.*|[}\]{[].*)$")]
    private static partial Regex YamlLine();

    [GeneratedRegex(@"^\s*(?:-\s+)*([^\s:,;|\t""'-][^:,;|\t]*):(?:\s|$)")]
    private static partial Regex YamlKey();

    [GeneratedRegex(@"^\s*\[[^\[\],;|\t]+\]\s*$")]
    private static partial Regex Section();

    [GeneratedRegex(@"^\s*[^=\s,;|\t][^=,;|\t]*=.*$")]
    private static partial Regex Setting();
}
