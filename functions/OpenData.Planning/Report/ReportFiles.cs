using System.Globalization;
using OpenData.DuckDb;
using OpenData.Planning.Editions;
using OpenData.Planning.Figures;
using OpenData.Planning.Sessions;
using OpenData.Usage;

namespace OpenData.Planning.Report;

/// <summary>One file of an edition.</summary>
internal sealed record ReportFile(string Name, string ContentType, BinaryData Content);

/// <summary>Makes an edition's files from its figures.</summary>
internal static class ReportFiles
{
    private const string Cells = "edition VARCHAR, figure VARCHAR, line BIGINT, \"column\" VARCHAR, number DOUBLE, text VARCHAR";

    public static IReadOnlyList<ReportFile> Make(Session session, EditionReport report) =>
    [
        new("figures.parquet", "application/vnd.apache.parquet", Parquet(session, [report])),
        new("figures.csv", "text/csv; charset=utf-8", Csv(session)),
        new("report.json", "application/json", Json(report)),
        new("report.html", "text/html; charset=utf-8", BinaryData.FromString(ReportPage.Render(report))),
    ];

    /// <summary>
    /// All figures in one table, a row a cell: <c>edition, figure, line, column, number, text</c>. Leaves it in the session, as
    /// <c>cells</c>.
    /// </summary>
    public static BinaryData Parquet(Session session, IReadOnlyList<EditionReport> reports)
    {
        session.Load(
            "cells", Cells,
            from report in reports
            from figure in Figure.All
            from row in report[figure.Name].Rows.Index()
            from cell in report[figure.Name].Columns.Zip(row.Item.Cells)
            let value = Plain(cell.Second)
            select new
            {
                edition = report.Edition.Name,
                figure = figure.Name,
                line = row.Index + 1,
                column = cell.First,
                number = value is string or bool ? null : value,
                text = value is string or bool ? Convert.ToString(value, CultureInfo.InvariantCulture) : null,
            });
        return Written(session, "figures.parquet", path => session.Copy("FROM cells", path));
    }

    // A cell that begins like a formula is quoted by an apostrophe: titles and terms come from outside, and people open this in Excel.
    private static BinaryData Csv(Session session) => Written(session, "figures.csv", path => session.Execute(
        "COPY (SELECT * REPLACE (CASE WHEN regexp_matches(text, '^[=+@\\t\\r-]') THEN '''' || text ELSE text END AS text) FROM cells) "
        + $"TO {Sql.Literal(path)} (FORMAT csv, HEADER true)"));

    private static BinaryData Json(EditionReport report) => BinaryData.FromObjectAsJson(
        new
        {
            edition = report.Edition.Name,
            kind = report.Edition.Kind.ToString().ToLowerInvariant(),
            first_day = UsageDays.Name(report.Edition.First),
            last_day = UsageDays.Name(report.Edition.Last),
            plan = report.HasPlan ? new { report.Plan.Name, report.Plan.Example, report.Plan.FirstDay, report.Plan.LastDay } : null,
            small_cells = "Counts of fewer than five people are null.",
            figures = Figure.All.Select(figure => new
            {
                figure.Name,
                figure.Title,
                figure.Definition,
                rows = report[figure.Name].Rows.Select(
                    row => report[figure.Name].Columns.Zip(row.Cells).ToDictionary(cell => cell.First, cell => Plain(cell.Second))),
            }),
        },
        OpenDataJson.Readable);

    private static BinaryData Written(Session session, string name, Action<string> write)
    {
        var path = session.File(name);
        write(path);
        return BinaryData.FromBytes(File.ReadAllBytes(path));
    }

    /// <summary>A DuckDB value as JSON knows it.</summary>
    private static object? Plain(object? value) => value switch
    {
        DateOnly day => UsageDays.Name(day),
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        System.Numerics.BigInteger number => (double)number,
        _ => value,
    };
}
