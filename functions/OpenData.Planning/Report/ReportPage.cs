using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using OpenData.Demand;
using OpenData.Planning.Editions;
using OpenData.Planning.Figures;
using OpenData.Planning.Sessions;
using OpenData.Usage;

namespace OpenData.Planning.Report;

/// <summary>The report as one HTML page that needs no other file, in both languages, for the screen, the telephone and A4.</summary>
internal static class ReportPage
{
    private const int LongTable = 20; // rows above which a table that has a chart is folded away
    private const int VeryLongTable = 60; // and any table

    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>The parts of the report by the first digits of their figures' files.</summary>
    private static readonly (string Digits, BilingualText Title)[] Parts =
    [
        ("1", new("다음 계획에 대한 제안", "What the next plan should do")),
        ("2", new("계획 대비 실적", "Plan against actual")),
        ("3", new("수요", "Demand")),
        ("45", new("이용", "Use")),
        ("6", new("최신성과 품질", "Freshness and quality")),
        ("7", new("자료", "Sources")),
    ];

    private static readonly BilingualText ExampleNotice =
        new("예시 계획입니다. 실제 국가 계획이 아닙니다.", "This plan is an example and not a plan in force.");

    private static readonly BilingualText Footer = new(
        "개인을 식별할 수 없습니다. 주소는 저장하지 않고, 이용자 가명은 하루가 지나면 폐기되며, 5명 미만의 인원은 표시하지 않습니다(<5). "
        + "모든 수치는 같은 폴더의 report.json, figures.csv, figures.parquet와 데이터셋 demand-report@planning에 있습니다.",
        "No person can be told from this report: no addresses are stored, pseudonyms end with the day, and counts of fewer than five "
        + "people are not shown (<5). All figures are in report.json, figures.csv and figures.parquet beside this page, and in the dataset "
        + "demand-report@planning.");

    /// <summary>A text, escaped, in both languages.</summary>
    public static string Both(BilingualText text) => Marked(new BilingualText(Escape(text.Ko), Escape(text.En)));

    /// <summary>Mark-up of our own, in both languages.</summary>
    public static string Marked(BilingualText html) =>
        html.Ko == html.En ? html.Ko : $"<span lang=\"ko\">{html.Ko}</span><span lang=\"en\">{html.En}</span>";

    /// <summary>A text as HTML.</summary>
    public static string Escape(string text) => Html.Encode(text);

    public static string Render(EditionReport report)
    {
        var (edition, plan) = (report.Edition, report.Plan);
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="ko">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>공공데이터 수요 보고서 {edition.Name} · Open data demand report</title>
            <style>
            {EmbeddedSql.Read("Report/report.css")}</style>
            </head>
            <body>
            <nav class="language"><input type="radio" name="lang" id="lang-ko" checked><label for="lang-ko">한국어</label><input
              type="radio" name="lang" id="lang-en"><label for="lang-en">English</label></nav>
            {ServedPage.NoticePlace}
            {FileNotices.Render(report.Files)}
            <header>
            <h1>{Both(new("공공데이터 수요 보고서", "Open data demand report"))}</h1>
            <p>{Both(Kind(edition))} <b>{edition.Name}</b> · {UsageDays.Name(edition.First)} – {UsageDays.Name(edition.Last)}
              ({Escape(report.Zone)}) · {Both(plan.Name)}</p>
            {(plan.Example ? $"<p class=\"example\">{Both(ExampleNotice)}</p>" : "")}
            </header>

            """);
        page.Append(FirstPage.Render(report));
        foreach (var (digits, title) in Parts)
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2 class=\"part\">{Both(title)}</h2>\n");
            foreach (var figure in Figure.All.Where(figure => digits.Contains(figure.Part)))
            {
                page.Append(Section(figure, report[figure.Name]));
            }
        }

        page.Append(CultureInfo.InvariantCulture, $"<footer><p>{Both(Footer)}</p></footer>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static string Section(Figure figure, ResultTable table)
    {
        var chart = Charts.Of(figure, table);
        var body = table.Rows.Count == 0
            ? $"<p class=\"empty\">{Both(new("해당 자료가 없습니다.", "Nothing to show."))}</p>\n"
            : FigureTableHtml.Render(table);
        if (table.Rows.Count > (chart.Length > 0 ? LongTable : VeryLongTable))
        {
            var rows = table.Rows.Count.ToString(CultureInfo.InvariantCulture);
            body = $"<details><summary>{Both(new($"표 ({rows}행)", $"Table ({rows} rows)"))}</summary>\n{body}</details>\n"
                + "<p class=\"folded\">"
                + $"{Both(new($"{rows}행의 표는 figures.csv에 있습니다.", $"The table of {rows} rows is in figures.csv."))}</p>\n";
        }

        return $"""
            <section id="{figure.Name}">
            <div class="head"><h3 id="{figure.Name}-title">{Both(figure.Title)}</h3>
            <p class="definition">{Both(figure.Definition)}</p>
            {chart}</div>
            {body}</section>

            """;
    }

    private static BilingualText Kind(Edition edition) => edition.Kind switch
    {
        EditionKind.Daily => new("일간", "Daily"),
        EditionKind.Quarterly => new("분기", "Quarterly"),
        _ => new("계획 기간", "Plan period"),
    };
}
