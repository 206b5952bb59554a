using System.Globalization;
using System.Text;
using OpenData.Demand;
using OpenData.Planning.Sessions;
using OpenData.Usage;

namespace OpenData.Planning.Report;

/// <summary>A figure's table as HTML.</summary>
internal static class FigureTableHtml
{
    private const int MostRows = 200; // on the page; the files have them all
    private const string Reason = "reason";

    /// <summary>Columns that count people: nothing in them means fewer than five, not that nothing is known.</summary>
    private static readonly HashSet<string> People =
    [
        "users", "user_days", "mean_daily_users", "respondents", "verified_people", "unverified_people", "raters", "verified_raters",
        "problems_reported", "reuse_cases", "share_of_voices",
    ];

    private static readonly HashSet<string> Percent =
        ["share", "growth", "conversion", "success", "within_deadline", "share_of_voices", "spread"];

    /// <summary>Columns whose values are words of ours.</summary>
    private static readonly HashSet<string> Coded = ["state", "change", "list", "bucket", "refusal", "standing", "decision", "stage"];

    public static string Render(ResultTable table)
    {
        var html = new StringBuilder("<div class=\"wide\"><table>\n<thead><tr>");
        var columns = Shown(table);
        foreach (var (name, ko, _) in columns.Where(column => column.Name != Reason))
        {
            var kind = IsNumeric(table, ko) ? " class=\"number\"" : "";
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\"{kind}>{ReportPage.Both(Headings.Column(name))}</th>");
        }

        html.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows.Take(MostRows))
        {
            html.Append("<tr>");
            var reason = columns.Find(column => column.Name == Reason);
            foreach (var (name, ko, en) in columns.Where(column => column.Name != Reason))
            {
                var because = reason.Name is not null && name is "name" or "title"
                    ? Both(Reason, row.Cells[reason.Ko], row.Cells[reason.En])
                    : "";
                html.Append(Cell(name, row.Cells[ko], row.Cells[en], because));
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody></table></div>\n");
        if (table.Rows.Count > MostRows)
        {
            var more = (table.Rows.Count - MostRows).ToString("#,0", CultureInfo.InvariantCulture);
            html.Append(
                CultureInfo.InvariantCulture,
                $"<p class=\"more\">{ReportPage.Both(new($"{more}행은 figures.csv에 있습니다.", $"{more} more rows are in figures.csv."))}</p>\n");
        }

        return html.ToString();
    }

    /// <summary>
    /// The columns with the positions of their Korean and English values: a pair <c>x_ko, x_en</c> is one column, a pair
    /// <c>x_least, x_most</c> is one bracket, the reason of a line
    /// stands below its name, and an id that only we use gives way to the name.
    /// </summary>
    private static List<(string Name, int Ko, int En)> Shown(ResultTable table)
    {
        var shown = new List<(string, int, int)>();
        foreach (var (i, column) in table.Columns.Index())
        {
            if (column.EndsWith("_en", StringComparison.Ordinal) || column == "candidate_id") continue;
            if (column.EndsWith("_most", StringComparison.Ordinal) && table.Columns.Contains(column[..^5] + "_least")) continue;
            if (column.EndsWith("_least", StringComparison.Ordinal) && table.Columns.Contains(column[..^6] + "_most"))
            {
                shown.Add((column[..^6], i, table.PositionOf(column[..^6] + "_most")));
                continue;
            }

            if (column.EndsWith("_ko", StringComparison.Ordinal)) shown.Add((column[..^3], i, i + 1));
            else shown.Add((column, i, i));
        }

        return shown;
    }

    private static string Cell(string column, object? ko, object? en, string because) => ko switch
    {
        null => $"<td class=\"number\">{(People.Contains(column) ? "&lt;5" : "–")}</td>",
        string when because.Length > 0 => $"<td class=\"because\">{Both(column, ko, en)}<small>{because}</small></td>",
        string when column is "planned" or "quarter" => $"<td class=\"short\">{Both(column, ko, en)}</td>",
        string => $"<td>{Both(column, ko, en)}</td>",
        bool yes => $"<td>{(yes ? "✓" : "–")}</td>",
        DateOnly day => $"<td class=\"short\">{UsageDays.Name(day)}</td>",
        _ when !Equals(ko, en) => $"<td class=\"number\">{Number(column, ko)}–{Number(column, en)}</td>",
        _ => $"<td class=\"number\">{Number(column, ko)}</td>",
    };

    private static string Both(string column, object? ko, object? en) => ReportPage.Both(
        Coded.Contains(column) && ReferenceEquals(ko, en)
            ? Headings.Value((string)ko!)
            : new BilingualText(ko as string ?? "", en as string ?? ""));

    private static string Number(string column, object? number)
    {
        var value = Convert.ToDouble(number, CultureInfo.InvariantCulture);
        if (column == "bytes") return $"{(value / 1e6).ToString("#,0.0", CultureInfo.InvariantCulture)} MB";
        if (column == "growth") return value.ToString("+0.0 %;-0.0 %;0.0 %", CultureInfo.InvariantCulture);
        if (Percent.Contains(column) || column.EndsWith("_share", StringComparison.Ordinal))
        {
            return value.ToString("0.0 %", CultureInfo.InvariantCulture);
        }
        return value.ToString("#,0.###", CultureInfo.InvariantCulture);
    }

    private static bool IsNumeric(ResultTable table, int column) =>
        table.Rows.Select(row => row.Cells[column]).FirstOrDefault(value => value is not null) is not (null or string or bool or DateOnly);
}
