using System.Globalization;
using OpenData.Demand;
using OpenData.Demand.Drops;
using OpenData.Demand.Plans;
using OpenData.Planning.Figures;
using OpenData.Planning.Sessions;
using OpenData.Usage;

namespace OpenData.Planning.Editions;

/// <summary>One edition with its figures.</summary>
internal sealed class EditionReport
{
    private EditionReport(Edition edition, ReleasePlan plan, PlanningDrops drops) =>
        (Edition, Plan, HasPlan, Files) = (edition, plan, drops.Plan is not null, drops.Files);

    /// <summary>The edition.</summary>
    public Edition Edition { get; }

    /// <summary>The plan that it is measured by.</summary>
    public ReleasePlan Plan { get; }

    /// <summary>Whether there is a plan, or only what holds without one.</summary>
    public bool HasPlan { get; }

    /// <summary>The time zone in which the last day was counted.</summary>
    public string Zone => this["use_by_day"].Rows is [.., var last] ? last.Text("zone") ?? "UTC" : "UTC";

    /// <summary>The planners' files, with what is wrong with them.</summary>
    public IReadOnlyList<PlanningFile> Files { get; }

    /// <summary>The figures' tables by name.</summary>
    public Dictionary<string, ResultTable> Results { get; } = new(StringComparer.Ordinal);

    /// <summary>A figure's table.</summary>
    public ResultTable this[string figure] => Results[figure];

    /// <summary>Computes an edition's figures in a session that has all inputs.</summary>
    public static EditionReport Compute(
        Session session, Edition edition, ReleasePlan plan, PlanningDrops drops, CancellationToken cancellation)
    {
        var report = new EditionReport(edition, plan, drops);
        session.Execute(
            $"SET VARIABLE first = DATE '{UsageDays.Name(edition.First)}'; SET VARIABLE last = DATE '{UsageDays.Name(edition.Last)}'; "
            + string.Create(CultureInfo.InvariantCulture, $"SET VARIABLE least = {SmallCell.Least};"));
        foreach (var step in EmbeddedSql.List("Prepare"))
        {
            cancellation.ThrowIfCancellationRequested();
            session.Execute(EmbeddedSql.Read(step), step);
        }

        foreach (var figure in Figure.All)
        {
            cancellation.ThrowIfCancellationRequested();
            // As a table, because later figures build on earlier ones.
            session.Execute($"CREATE OR REPLACE TABLE figure_{figure.Name} AS {figure.Sql}", figure.Name);
            var table = session.Query(figure.Name, $"FROM figure_{figure.Name}");
            table.Require(FigureColumns.Of(figure.Name));
            report.Results[figure.Name] = table;
        }

        return report;
    }

    /// <summary>The first row's number in a column of a figure; 0 if there is none.</summary>
    public long Number(string figure, string column) => Convert.ToInt64(this[figure][column] ?? 0L, CultureInfo.InvariantCulture);
}
