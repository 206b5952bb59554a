using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OpenData.Catalog;
using OpenData.Demand.Requests;
using OpenData.Lake;
using OpenData.Usage;

namespace OpenData.Tests.Planning;

/// <summary>
/// A small country whose figures can be computed by hand: three datasets of two agencies, two groups, a plan of three items, one survey,
/// one council session, three requests, and uses on two days and on the same day of the year before. The report is made once for all tests.
/// </summary>
public sealed class PlanningScenario : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 6, 30, 18, 0, 0, TimeSpan.Zero);

    private const string Plan = """
        { "name": { "ko": "계획", "en": "Plan" }, "first_day": "2026-01-01", "last_day": "2028-12-31",
          "decision_deadline_days": 10, "proposal_threshold": 0.03,
          "targets": [ { "year": 2026, "items": 2 } ], "packages": [ { "id": "p", "name": "P", "items": ["roads", "rivers"] } ],
          "groups": [ { "id": "a", "name": "A", "weight": 0.6 }, { "id": "b", "name": "B", "weight": 0.4 } ],
          "areas": [ { "id": "1", "name": "Ways", "items": [
            { "id": "roads", "name": "Roads", "agency": "x", "planned": "2026-Q1", "dataset_id": "roads@x" },
            { "id": "rivers", "name": "Rivers", "agency": "x", "planned": "2026-Q2", "keywords": ["river"] },
            { "id": "rails", "name": "Rails", "agency": "y", "keywords": ["rail"] } ] } ] }
        """;

    internal Storage Storage { get; private set; } = null!;

    internal Dictionary<string, List<JsonElement>> Figures { get; private set; } = [];

    internal string Html { get; private set; } = "";

    internal string Json { get; private set; } = "";

    /// <summary>A figure's rows, each as the columns named, separated by spaces; <c>null</c> for nothing.</summary>
    internal List<string> Lines(string figure, params string[] columns) =>
        [.. Figures[figure].Select(
            row => string.Join(
                ' ',
                columns.Select(
                    column => row.GetProperty(column) is { ValueKind: not JsonValueKind.Null } value ? value.ToString() : "null")))];

    public async Task InitializeAsync()
    {
        Storage = await TestStorage.CreateAsync();
        await PublishAsync("roads@x", "Roads", "monthly", [], Day(6, 10));
        await PublishAsync("old@x", "Old", "daily", [], Day(1, 1));
        await PublishAsync("parks@y", "Parks", "daily", ["green"], Day(6, 20));
        await UploadAsync("x", "roads", Day(3, 15), UploadState.Published, "csv");
        await UploadAsync("x", "roads", Day(6, 1), UploadState.Rejected, null);
        await UploadAsync("x", "roads", Day(6, 4), UploadState.Published, "csv");
        await UploadAsync("x", "roads", Day(6, 10), UploadState.Published, "csv.gz");
        await UploadAsync("x", "old", Day(1, 1), UploadState.Published, "xlsx");
        await UploadAsync("y", "parks", Day(6, 20), UploadState.Published, "xlsx");
        await UploadAsync("y", "lakes", Day(6, 21), UploadState.Rejected, null);
        await DropAsync("plan.json", Plan);
        await DropAsync("surveys/one.csv", Survey());
        await DropAsync("council/one.csv", Council());
        await RequestsAsync();
        await FeedbackAsync();
        await UseAsync();
        await TestReports.Over(Storage).RunAsync(Now.AddDays(1));
        Json = await ReadAsync("latest/report.json");
        Html = await ReadAsync("latest/report.html");
        Figures = JsonDocument.Parse(Json).RootElement.GetProperty("figures").EnumerateArray()
            .ToDictionary(
                figure => figure.GetProperty("name").GetString()!, figure => figure.GetProperty("rows").EnumerateArray().ToList());
    }

    public Task DisposeAsync() => Task.CompletedTask;

    internal async Task<string> ReadAsync(string blob) =>
        (await Storage.Reports.GetBlobClient(blob).DownloadContentAsync()).Value.Content.ToString();

    // Group a: seven respondents, six of whom want rivers. Group b: ten, of whom six want rails and three rivers.
    private static string Survey()
    {
        var csv = new StringBuilder("respondent,group,candidate\n");
        for (var i = 1; i <= 7; i++) csv.Append(FormattableString.Invariant($"{i},a,{(i <= 6 ? "rivers" : "")}\n"));
        for (var i = 11; i <= 20; i++)
        {
            if (i <= 16) csv.Append(FormattableString.Invariant($"{i},b,rails\n"));
            if (i >= 18) csv.Append(FormattableString.Invariant($"{i},b,rivers\n"));
            if (i == 17) csv.Append(FormattableString.Invariant($"{i},b,\n"));
        }

        return csv.ToString();
    }

    // Five members score rivers; four score rails, which is too few.
    private static string Council()
    {
        var csv = new StringBuilder("member,group,candidate,value,urgency,risk,readiness\n");
        for (var i = 1; i <= 5; i++) csv.Append(FormattableString.Invariant($"m{i},g,rivers,8,6,2,5\n"));
        for (var i = 1; i <= 4; i++) csv.Append(FormattableString.Invariant($"m{i},g,rails,10,10,0,10\n"));
        return csv.ToString();
    }

    // Three requests by three callers of group a: accepted after 4 days and released as parks after 20, refused after 20, and still open.
    private async Task RequestsAsync()
    {
        var clock = new FakeTimeProvider(Day(6, 1));
        var board = new RequestBoard(Storage, clock, LocalTime.Utc);
        var first = await OpenAsync(Day(6, 1), "one");
        var second = await OpenAsync(Day(6, 2), "two");
        await OpenAsync(Day(6, 10), "three");
        await board.ChangeAsync(first, new RequestChange(Day(6, 5), "y", RequestState.Accepted, null, null, null, null, null));
        await board.ChangeAsync(first, new RequestChange(Day(6, 21), "y", RequestState.Released, null, "parks@y", null, null, null));
        await board.ChangeAsync(
            second, new RequestChange(Day(6, 22), "x", RequestState.Refused, RefusalReason.NotHeld, null, null, null, null));

        async Task<string> OpenAsync(DateTimeOffset at, string caller)
        {
            clock.SetUtcNow(at);
            return (await board.OpenAsync(
                new DataRequest { RequestId = "", Title = $"Title {caller}", Wanted = "words", Group = "a", OpenedAt = default },
                new Voice(caller))).RequestId;
        }
    }

    // Roads: ratings of 1 to 5, a sixth that was hidden and a seventh after the report's day; four reuse cases. Old: five problems.
    private async Task FeedbackAsync()
    {
        for (var i = 1; i <= 5; i++)
        {
            await SayAsync("roads@x", FeedbackKind.Rating, Day(6, i), $"p{i}", rating: i);
            await SayAsync("old@x", FeedbackKind.Problem, Day(6, i), $"p{i}");
            if (i <= 4) await SayAsync("roads@x", FeedbackKind.Reuse, Day(6, i), $"p{i}");
        }

        await SayAsync("roads@x", FeedbackKind.Rating, Day(6, 6), "p6", rating: 5, Moderation.Hidden);
        await SayAsync("roads@x", FeedbackKind.Rating, Day(7, 1), "p7", rating: 5);
    }

    private Task SayAsync(
        string dataset,
        FeedbackKind kind,
        DateTimeOffset at,
        string person,
        int? rating = null,
        Moderation moderation = Moderation.Shown) =>
        new FeedbackLog(Storage, LocalTime.Utc).AddAsync(
            new Feedback(dataset, at, kind, rating, kind == FeedbackKind.Rating ? null : "words", null, moderation),
            new Voice(person, Verification.Verified));

    private async Task UseAsync()
    {
        var today = new List<UsageEvent>();
        for (var i = 1; i <= 6; i++)
        {
            today.Add(Event(UsageKind.Dataset, i, "roads@x"));
            if (i <= 5) today.Add(Event(UsageKind.Records, i, "roads@x", rows: 10) with { Fields = ["name"], Filters = ["length"] });
            if (i <= 5) today.Add(Event(UsageKind.Export, i, "roads@x", rows: 100));
            today.Add(Event(UsageKind.Catalog, i) with { Search = " River ", Hits = 0 });
            if (i <= 4) today.Add(Event(UsageKind.Catalog, i) with { Search = "Kim Hidden", Hits = 0 });
        }

        today.Add(Event(UsageKind.Catalog, 1) with { Search = "roads", Hits = 1 });
        today.Add(Event(UsageKind.Records, 1, "parks@y", rows: 10));
        today.Add(Event(UsageKind.Records, 9, "old@x", rows: 10) with { Bot = true });
        today.Add(Event(UsageKind.Records, 1, "old@x") with { Status = 400 });
        today.Add(Event(UsageKind.Health, 1));
        await LogAsync(Now, today);
        await LogAsync(Now.AddDays(-1), [Event(UsageKind.Records, 1, "roads@x", rows: 10)]);
        // The log covers every day: what is unused rests on 90 of them, and growth on the days 52 weeks before.
        for (var day = 2; day < 90; day++) await LogAsync(Now.AddDays(-day), [Event(UsageKind.Health, 1)]);
        for (var day = 0; day < 7; day++)
        {
            await LogAsync(
                Now.AddDays(-364 - day),
                day == 0 ? [.. Enumerable.Repeat(Event(UsageKind.Records, 1, "roads@x", rows: 10), 4)] : [Event(UsageKind.Health, 1)]);
        }
    }

    private static UsageEvent Event(UsageKind kind, int client, string? dataset = null, long rows = 0) =>
        new()
        {
            Time = default,
            Kind = kind,
            Status = 200,
            DatasetId = dataset,
            Rows = rows,
            Client = FormattableString.Invariant($"{client:x16}"),
        };

    private Task LogAsync(DateTimeOffset at, IReadOnlyList<UsageEvent> events)
    {
        var lines = events.Select(happened => JsonSerializer.Serialize(happened with { Time = at }, OpenDataJson.Options) + "\n");
        return Storage.Usage
            .GetBlobClient(FormattableString.Invariant($"events/{at:yyyy-MM-dd}/one-0001.ndjson"))
            .UploadAsync(BinaryData.FromString(string.Concat(lines)));
    }

    private Task DropAsync(string path, string content) => Storage.Planning.GetBlobClient(path).UploadAsync(BinaryData.FromString(content));

    private async Task PublishAsync(string id, string title, string frequency, string[] theme, DateTimeOffset droppedAt) =>
        await TestDatasets.PublishAsync(
        Storage, id, ["SELECT 1 AS one"], [TestDatasets.Field("one", FieldType.Int)],
        new DatasetMetadata { Title = title, UpdateFrequency = frequency, Theme = theme },
        droppedAt,
        profile: new { fields = new[] { new { name = "one", nulls = 0, distinct = 1 } } });

    private Task UploadAsync(string agency, string dataset, DateTimeOffset at, UploadState state, string? format) =>
        new UploadLog(Storage).WriteAsync(new Upload
        {
            UploadId = UploadLog.IdOf($"{agency}/{dataset}/data", "1", at),
            Agency = agency,
            Dataset = dataset,
            Path = $"{agency}/{dataset}/data",
            ETag = "1",
            Bytes = 1,
            DroppedAt = at,
            FinishedAt = at,
            State = state,
            Format = format,
        });

    private static DateTimeOffset Day(int month, int day) => new(2026, month, day, 0, 0, 0, TimeSpan.Zero);
}
