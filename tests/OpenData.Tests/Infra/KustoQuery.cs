using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OpenData.Tests.Infra;

/// <summary>
/// As much of the Kusto query language as our alerts need, written as DuckDB's SQL: <c>where</c> and <c>summarize</c> with the functions
/// below. What it does not know it refuses, so that a new query is either evaluated or said to be unknown; whether a query is one at all
/// is for <see cref="KustoLanguage"/> to say. <c>has</c> looks for whole terms, so only what begins and ends with a delimiter is taken.
/// </summary>
internal static partial class KustoQuery
{
    private static readonly string[] Known =
    [
        "and", "or", "by", "now", "interval", "minute", "hour", "day", "filter", "where", "as", "int", "not", "timestamp",
        "coalesce", "sum", "count", "min", "max", "quantile_disc", "try_cast", "contains", "lower",
    ];

    /// <summary>The SQL of a query.</summary>
    /// <param name="query">A table and its pipes.</param>
    /// <param name="now">What counts as now.</param>
    /// <param name="columns">The columns of the tables, beside which only names that the query itself gives are allowed.</param>
    /// <exception cref="NotSupportedException">The query uses what is not known here.</exception>
    public static string ToSql(string query, DateTime now, IReadOnlyCollection<string> columns)
    {
        var stages = query.Split('|').Select(stage => stage.Trim()).ToArray();
        var names = columns.ToHashSet(StringComparer.Ordinal);
        var sql = new StringBuilder($"select * from {stages[0]}");
        foreach (var stage in stages[1..])
        {
            if (stage.StartsWith("where ", StringComparison.Ordinal))
            {
                sql.Insert(0, "select * from (")
                    .Append(CultureInfo.InvariantCulture, $") where {Expression(stage["where ".Length..], now, names)}");
            }
            else if (stage.StartsWith("summarize ", StringComparison.Ordinal) && !stage.Contains(" by ", StringComparison.Ordinal))
            {
                var given = Assignment().Matches(stage["summarize ".Length..]);
                var selected = given.Select(one => $"{Expression(one.Groups[2].Value, now, names)} as {one.Groups[1].Value}").ToList();
                names = [.. given.Select(one => one.Groups[1].Value)];
                sql.Insert(0, $"select {string.Join(", ", selected)} from (").Append(')');
            }
            else
            {
                throw new NotSupportedException($"'{stage}' is a stage that this evaluation does not know.");
            }
        }

        return sql.ToString();
    }

    private static string Expression(string text, DateTime now, HashSet<string> names)
    {
        var sql = text;
        sql = Ago().Replace(sql,
            ago => $"(timestamp '{now:yyyy-MM-dd HH:mm:ss}' - interval {ago.Groups[1].Value} {Units[ago.Groups[2].Value]})");
        sql = sql.Replace("ingestion_time()", "IngestedAt", StringComparison.Ordinal);
        sql = Property().Replace(sql, "(Properties->>'$1')");
        sql = sql.Replace("==", "=", StringComparison.Ordinal);
        sql = NotHas().Replace(sql, "(not contains(lower($1), lower($2)))");
        sql = Has().Replace(sql, "contains(lower($1), lower($2))");
        sql = ToInt().Replace(sql, "try_cast($1 as int)");
        sql = SumIf().Replace(sql, "coalesce(sum($1) filter (where $2), 0)");
        sql = Sum().Replace(sql, "coalesce(sum($1), 0)");
        sql = Percentile().Replace(sql, "quantile_disc($1, $2 / 100)");
        var unknown = Word().Matches(Text().Replace(sql, "")).Select(word => word.Value)
            .FirstOrDefault(word => !names.Contains(word) && !Known.Contains(word));
        return unknown is null ? sql
            : throw new NotSupportedException($"'{unknown}' in '{text}' is a word that this evaluation does not know.");
    }

    private static readonly Dictionary<string, string> Units =
        new(StringComparer.Ordinal) { ["m"] = "minute", ["h"] = "hour", ["d"] = "day" };

    [GeneratedRegex(@"ago\((\d+)([mhd])\)")]
    private static partial Regex Ago();

    [GeneratedRegex(@"tostring\(Properties\.(\w+)\)")]
    private static partial Regex Property();

    [GeneratedRegex(@"(\w+) !has ('[^'\w](?:[^']*[^'\w])?')")]
    private static partial Regex NotHas();

    [GeneratedRegex(@"(\w+) has ('[^'\w](?:[^']*[^'\w])?')")]
    private static partial Regex Has();

    [GeneratedRegex(@"toint\((\w+)\)")]
    private static partial Regex ToInt();

    [GeneratedRegex(@"\bsumif\((\w+), ((?:[^()]|\([^()]*\))+)\)")]
    private static partial Regex SumIf();

    [GeneratedRegex(@"(?<!\()\bsum\((\w+)\)(?! filter)")]
    private static partial Regex Sum();

    [GeneratedRegex(@"\bpercentile\((\w+), (\d+)\)")]
    private static partial Regex Percentile();

    [GeneratedRegex(@"'[^']*'")]
    private static partial Regex Text();

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Word();

    [GeneratedRegex(@"(\w+) = ((?:[^,()]|\((?:[^()]|\([^()]*\))*\))+)")]
    private static partial Regex Assignment();
}
