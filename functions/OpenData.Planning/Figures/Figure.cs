using OpenData.Demand;
using OpenData.Planning.Sessions;

namespace OpenData.Planning.Figures;

/// <summary>One figure of the report: a query with its title and definition, read from the head of its .sql file.</summary>
/// <param name="Part">The part of the report: the first digit of the file's name.</param>
/// <param name="Name">The file's name without number and ending, such as <c>use_by_day</c> of <c>42-use_by_day.sql</c>.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Definition">How it is computed, for a reader who knows no SQL.</param>
/// <param name="Sql">The query.</param>
internal sealed record Figure(char Part, string Name, BilingualText Title, BilingualText Definition, string Sql)
{
    /// <summary>All figures, in the order of the report: that of the files' names.</summary>
    public static IReadOnlyList<Figure> All { get; } = [.. EmbeddedSql.List("Figures").Select(Parse)];

    /// <summary>
    /// Reads a file whose first lines are <c>-- title: …</c>, <c>-- 제목: …</c>, <c>-- definition: …</c> and <c>-- 정의: …</c>.
    /// </summary>
    private static Figure Parse(string path)
    {
        var sql = EmbeddedSql.Read(path);
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        string? key = null;
        foreach (var line in sql.Split('\n').TakeWhile(line => line.StartsWith("--", StringComparison.Ordinal)))
        {
            var text = line[2..].Trim();
            var colon = text.IndexOf(": ", StringComparison.Ordinal);
            // A line that is set in belongs to the one above.
            if (line.StartsWith("--   ", StringComparison.Ordinal) && key is not null) words[key] += " " + text;
            else if (colon > 0) words[key = text[..colon]] = text[(colon + 2)..];
        }

        var name = Path.GetFileNameWithoutExtension(path);
        return new Figure(
            name[0], name.Split('-', 2)[1],
            new BilingualText(words["제목"], words["title"]), new BilingualText(words["정의"], words["definition"]), sql);
    }
}
