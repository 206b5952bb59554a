using DuckDB.NET.Data;

namespace OpenData.Tests.Infra;

/// <summary>
/// Each alert's own query, as it is deployed, over telemetry made up for it: whether it fires when it should, and not when it should not.
/// </summary>
public sealed class AlertTests : IDisposable
{
    private static readonly DateTime Now = new(2026, 11, 25, 12, 0, 0, DateTimeKind.Utc);
    private static readonly string[] Columns =
        ["TimeGenerated", "IngestedAt", "Name", "Sum", "Properties", "Url", "DurationMs", "ResultCode", "ItemCount"];

    private readonly DuckDBConnection _tables = new("Data Source=:memory:");

    public AlertTests()
    {
        _tables.Open();
        Run("""
            create table AppMetrics (TimeGenerated timestamp, IngestedAt timestamp, Name text, Sum double, Properties json);
            create table AppRequests (
                TimeGenerated timestamp, IngestedAt timestamp, Url text, DurationMs double, ResultCode text, ItemCount int);
            """);
    }

    public void Dispose() => _tables.Dispose();

    [BicepFact]
    public async Task A_poison_drop_fires_however_late_it_arrives()
    {
        Drop("published", TimeSpan.FromMinutes(1));
        Drop("rejected", TimeSpan.FromMinutes(1));
        Assert.False(await FiresAsync("poison-drops"));

        // It happened three hours ago and telemetry arrives now.
        Drop("failed", TimeSpan.FromHours(3), arrived: TimeSpan.FromMinutes(2));
        Assert.True(await FiresAsync("poison-drops"));
        Assert.False(await FiresAsync("poison-drops", after: TimeSpan.FromHours(1))); // told, and not for ever
    }

    [BicepFact]
    public async Task No_arrival_falls_between_two_looks()
    {
        foreach (var snapshot in await Snapshot.AllAsync())
        {
            foreach (var rule in snapshot.All("Microsoft.Insights/scheduledQueryRules")
                .Where(rule => Query(rule).Contains("ingestion_time()", StringComparison.Ordinal)))
            {
                var every = System.Xml.XmlConvert.ToTimeSpan((string)rule["properties"]!["evaluationFrequency"]!);
                Assert.Contains("ingestion_time() > ago(30m)", Query(rule), StringComparison.Ordinal);
                Assert.True(every * 2 <= TimeSpan.FromMinutes(30), (string?)rule["name"]);
            }
        }
    }

    [BicepFact]
    public async Task A_report_that_failed_fires()
    {
        Report("made", TimeSpan.FromMinutes(5));
        Assert.False(await FiresAsync("report-failed"));

        Report("failed", TimeSpan.FromMinutes(5));
        Assert.True(await FiresAsync("report-failed"));
    }

    [BicepFact]
    public async Task A_missing_report_fires_until_there_is_one_also_on_a_portal_that_never_made_one()
    {
        Assert.True(await FiresAsync("report-missing"));

        Report("failed", TimeSpan.FromHours(1));
        Assert.True(await FiresAsync("report-missing"));

        Report("made", TimeSpan.FromHours(25));
        Assert.False(await FiresAsync("report-missing"));
        Assert.True(await FiresAsync("report-missing", after: TimeSpan.FromHours(2)));
        Assert.True(await FiresAsync("report-missing", after: TimeSpan.FromDays(10))); // it does not get tired
    }

    [BicepFact]
    public async Task Many_rejected_drops_fire_and_few_do_not()
    {
        for (var i = 0; i < 9; i++) Drop("rejected", TimeSpan.FromHours(i));
        Assert.False(await FiresAsync("quarantine-rate")); // nine are no rate

        for (var i = 0; i < 36; i++) Drop("published", TimeSpan.FromMinutes(i));
        Assert.False(await FiresAsync("quarantine-rate")); // 9 of 45 are 20 of 100

        Drop("rejected", TimeSpan.FromHours(23));
        Assert.True(await FiresAsync("quarantine-rate"));
        Assert.False(await FiresAsync("quarantine-rate", after: TimeSpan.FromHours(2)));
    }

    [BicepFact]
    public async Task Slow_answers_fire_and_slow_exports_do_not()
    {
        for (var i = 0; i < 95; i++) Request("/api/explore/v2.1/catalog/datasets", 50);
        for (var i = 0; i < 50; i++) Request("/api/explore/v2.1/catalog/datasets/a@b/exports/csv", 60_000);
        Assert.False(await FiresAsync("slow-answers"));

        for (var i = 0; i < 8; i++) Request("/api/explore/v2.1/catalog/datasets/a@b/records", 3_000);
        Assert.True(await FiresAsync("slow-answers"));
    }

    [BicepFact]
    public async Task Answers_that_fail_on_our_side_fire_and_a_callers_mistakes_do_not()
    {
        for (var i = 0; i < 300; i++) Request("/api/explore/v2.1/catalog/datasets", 50, i % 2 == 0 ? "400" : "200");
        for (var i = 0; i < 4; i++) Request("/api/explore/v2.1/catalog/datasets", 50, "500");
        Assert.False(await FiresAsync("failing-answers")); // four are few

        Request("/api/explore/v2.1/catalog/datasets", 50, "503");
        Assert.True(await FiresAsync("failing-answers"));
    }

    private void Drop(string state, TimeSpan ago, TimeSpan? arrived = null) =>
        Metric("opendata.ingest.drops", "state", state, ago, arrived ?? ago);

    private void Report(string outcome, TimeSpan ago) =>
        Metric("opendata.report.duration", "outcome", outcome, ago, ago);

    private void Metric(string name, string tag, string value, TimeSpan ago, TimeSpan arrived) =>
        Run($$"""insert into AppMetrics values ({{Time(ago)}}, {{Time(arrived)}}, '{{name}}', 1, '{"{{tag}}":"{{value}}"}')""");

    private void Request(string path, double milliseconds, string status = "200") =>
        Run($"insert into AppRequests values ({Time(Minutes(5))}, {Time(Minutes(4))}, 'https://portal{path}', {milliseconds}, "
            + $"'{status}', 1)");

    private static TimeSpan Minutes(int minutes) => TimeSpan.FromMinutes(minutes);

    private static string Time(TimeSpan ago) => $"timestamp '{Now - ago:yyyy-MM-dd HH:mm:ss}'";

    private async Task<bool> FiresAsync(string alert, TimeSpan after = default)
    {
        var rule = (await Snapshot.ProdAsync()).All("Microsoft.Insights/scheduledQueryRules")
            .Single(rule => (string?)rule["name"] == alert);
        var criterion = rule["properties"]!["criteria"]!["allOf"]![0]!;
        Assert.Equal(("Count", "GreaterThan", 0),
            ((string?)criterion["timeAggregation"], (string?)criterion["operator"], (int)criterion["threshold"]!)); // any row
        using var command = _tables.CreateCommand();
        command.CommandText = $"select count(*) from ({KustoQuery.ToSql(Query(rule), Now + after, Columns)})";
        return (long)command.ExecuteScalar()! > 0;
    }

    private static string Query(System.Text.Json.Nodes.JsonObject rule) => (string)rule["properties"]!["criteria"]!["allOf"]![0]!["query"]!;

    private void Run(string sql)
    {
        using var command = _tables.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
