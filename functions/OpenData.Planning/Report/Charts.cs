using System.Globalization;
using OpenData.Demand;
using OpenData.Planning.Figures;
using OpenData.Planning.Sessions;

namespace OpenData.Planning.Report;

/// <summary>Which figure has which chart.</summary>
internal static class Charts
{
    private const int Most = 10; // bars in one chart; the table has them all

    /// <summary>A figure's chart as SVG; empty if it has none, or nothing to show.</summary>
    public static string Of(Figure figure, ResultTable table)
    {
        if (table.Rows.Count == 0) return "";
        return figure.Name switch
        {
            "release" => Bars("priority", "name_ko", "name_en", "0.00"),
            "funnel" => Bars("candidates", "stage", "stage", "#,0"),
            "packages" => Bars("complete_share", "name_ko", "name_en", "0 %"),
            "plan_by_quarter" => Chart.Columns(
                figure.Name, Texts("quarter"),
                [
                    new Series(new("계획", "Planned"), Chart.Grey, Numbers("items")),
                    new Series(new("개방", "Released"), Chart.Navy, Numbers("released")),
                    new Series(new("기한 내 개방", "Released in time"), Chart.Teal, Numbers("released_in_time")),
                ]),
            "plan_by_area" => Bars("released_share", "area_ko", "area_en", "0 %"),
            "demand" => Bars("demand", "name_ko", "name_en", "0.00"),
            "respondents" => Bars("respondents", "group_ko", "group_en", "#,0"),
            "unmet_searches" => Bars("searcher_days", "term", "term", "#,0"),
            "use_by_day" => Chart.Lines(
                figure.Name, [.. table.Rows.Select(row => (DateOnly)row["day"]!)],
                [
                    new Series(new("API 호출", "API calls"), Chart.Navy, Numbers("calls")),
                    new Series(new("다운로드", "Downloads"), Chart.Teal, Numbers("downloads")),
                    new Series(new("조회", "Views"), Chart.Grey, Numbers("views")),
                ]),
            "use_by_agency" => Bars("requests", "agency", "agency", "#,0"),
            "use_by_theme" => Bars("requests", "theme", "theme", "#,0"),
            "usage_buckets" => Bars("datasets", "bucket", "bucket", "#,0"),
            "refusals" => Bars("refused", "refusal", "refusal", "#,0"),
            "formats" => Bars("share", "format", "format", "0 %"),
            _ => "",
        };

        string Bars(string value, string ko, string en, string format)
        {
            var bars = table.Rows.Where(row => row[value] is not null).Take(Most)
                .Select(
                    row => (Label: new BilingualText(
                        Word(row, ko, "ko"),
                        Word(row, en, "en")), Value: row.Number(value) ?? 0, Shown: (row.Number(value) ?? 0).ToString(
                            format, CultureInfo.InvariantCulture)))
                .ToList();
            return bars.TrueForAll(bar => bar.Value <= 0) ? "" : Chart.Bars(figure.Name, bars);
        }

        static string Word(ResultRow row, string column, string language)
        {
            var text = row.Text(column) ?? "–";
            return column is "bucket" or "refusal" or "stage"
                ? (language == "ko" ? Headings.Value(text).Ko : Headings.Value(text).En)
                : text;
        }

        List<string> Texts(string column) => [.. table.Rows.Select(row => row.Text(column)!)];

        List<double> Numbers(string column) => [.. table.Rows.Select(row => row.Number(column) ?? 0)];
    }
}
