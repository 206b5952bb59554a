using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenData.Catalog;
using OpenData.Lake;
using OpenData.Planning.Editions;
using OpenData.Usage;

namespace OpenData.Tests.Planning;

/// <summary>
/// A quarter and every third day of the year before of generated use, with a plan, a survey, a forum and a council: the raw rows, and the
/// report made of them.
/// </summary>
public sealed class GeneratedTraffic : IAsyncLifetime
{
    internal const int Datasets = 30;
    private const int Seed = 20260630;
    private const int Terms = 4;
    internal static readonly DateOnly Last = new(2026, 6, 30);
    internal static readonly DateOnly First = Last.AddDays(1 - Edition.DailyWindow);
    internal static readonly (string Id, double Weight, int People)[] Groups =
        [("citizen", 0.3, 400), ("business", 0.25, 60), ("academia", 0.25, 23), ("council", 0.2, 9), ("press", 0, 3)];
    internal static readonly string[] Items =
        ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "theta", "iota", "kappa", "lambda", "sigma", "omega"];

    private readonly Random _random = new(Seed);

    internal List<(DateOnly Day, UsageEvent Event)> Events { get; } = [];

    internal List<(int Respondent, string Group, string Candidate)> Survey { get; } = [];

    internal List<(string Meeting, string Group, string Candidate, int Participants, int Supporters)> Forum { get; } = [];

    internal List<(string Member, string Candidate, int Value, int Urgency, int Risk, int Readiness)> Council { get; } = [];

    internal Dictionary<string, List<JsonElement>> Figures { get; private set; } = [];

    public async Task InitializeAsync()
    {
        var storage = await TestStorage.CreateAsync();
        for (var i = 0; i < Datasets; i++)
        {
            await TestDatasets.PublishAsync(
                storage,
                Dataset(i),
                ["SELECT 1 AS one"],
                [TestDatasets.Field("one", FieldType.Int)],
                new DatasetMetadata { Title = $"Title {i}", Theme = [.. Themes(i)] },
                new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
        }

        // Every third day of the year before, to compare with, and every day of the last quarter of a year.
        for (var day = First.AddDays(-364); day <= Last.AddDays(-364); day = day.AddDays(3)) await UseAsync(storage, day);
        for (var day = First; day <= Last; day = day.AddDays(1)) await UseAsync(storage, day);
        await PlanAsync(storage);
        await TestReports.Over(storage).RunAsync(new DateTimeOffset(Last.AddDays(1), new TimeOnly(1, 0), TimeSpan.Zero));
        var report = (await storage.Reports.GetBlobClient("latest/report.json").DownloadContentAsync()).Value.Content;
        Figures = JsonDocument.Parse(report).RootElement.GetProperty("figures").EnumerateArray()
            .ToDictionary(
                figure => figure.GetProperty("name").GetString()!, figure => figure.GetProperty("rows").EnumerateArray().ToList());
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private async Task UseAsync(Storage storage, DateOnly day)
    {
        var lines = new StringBuilder();
        var visitors = day.DayOfWeek == DayOfWeek.Sunday ? _random.Next(1, 7) : _random.Next(10, 25); // on some Sundays fewer than five
        for (var visitor = 0; visitor < visitors; visitor++)
        {
            for (var visit = _random.Next(1, 5); visit > 0; visit--)
            {
                var happened = Visit(day, visitor);
                Events.Add((day, happened));
                lines.Append(JsonSerializer.Serialize(happened, OpenDataJson.Options)).Append('\n');
            }
        }

        await storage.Usage.GetBlobClient($"events/{Text(day)}/one-0001.ndjson").UploadAsync(BinaryData.FromString(lines.ToString()));
    }

    private UsageEvent Visit(DateOnly day, int visitor)
    {
        var kind =
            (UsageKind[])[
                UsageKind.Catalog, UsageKind.Catalog, UsageKind.Dataset, UsageKind.Records, UsageKind.Records, UsageKind.Export,
                UsageKind.Download, UsageKind.Health
            ];
        var happened = new UsageEvent
        {
            Time = new DateTimeOffset(day, new TimeOnly(_random.Next(24), _random.Next(60)), TimeSpan.Zero),
            Kind = kind[_random.Next(kind.Length)],
            Status = _random.Next(20) == 0 ? 400 : 200,
            Client = visitor.ToString("x16", CultureInfo.InvariantCulture),
            Bot = _random.Next(20) == 0,
        };
        return happened.Kind switch
        {
            UsageKind.Health => happened,
            UsageKind.Catalog => happened with
            {
                Search = _random.Next(4) == 0 ? null : $"{Items[Rare(6)]} {Rare(Terms)}",
                Hits = _random.Next(5) == 0 ? 3 : 0,
            },
            UsageKind.Records when _random.Next(2) == 0 => happened with
            {
                DatasetId = Dataset(Rare(Datasets)),
                Rows = 7,
                Fields = ["one"],
                Filters = _random.Next(2) == 0 ? ["one"] : null,
            },
            UsageKind.Records => happened with { DatasetId = Dataset(Rare(Datasets)), Rows = _random.Next(100) },
            _ => happened with { DatasetId = Dataset(Rare(Datasets)), Rows = happened.Kind == UsageKind.Export ? 1000 : 0 },
        };
    }

    // Few are frequent and some never come: as use is.
    private int Rare(int count) => (int)(count * 0.9 * Math.Pow(_random.NextDouble(), 3));

    private async Task PlanAsync(Storage storage)
    {
        var plan = JsonSerializer.Serialize(new
        {
            name = "Plan",
            first_day = "2026-01-01",
            last_day = "2028-12-31",
            decision_deadline_days = 10,
            groups = Groups.Select(group => new { id = group.Id, name = group.Id, weight = group.Weight }),
            areas = new[]
            {
                new
                {
                    id = "1",
                    name = "Area",
                    items = Items.Select(item => new { id = item, name = item, agency = "a0", keywords = new[] { item } }),
                },
            },
        });
        await DropAsync("plan.json", plan);

        var survey = new StringBuilder("respondent,group,candidate\n");
        var respondent = 0;
        foreach (var (group, _, people) in Groups)
        {
            for (var i = 0; i < people; i++)
            {
                respondent++;
                foreach (var candidate in Items.Where(_ => _random.Next(4) == 0).DefaultIfEmpty(""))
                {
                    Survey.Add((respondent, group, candidate));
                    survey.Append(CultureInfo.InvariantCulture, $"{respondent},{group},{candidate}\n");
                }
            }
        }

        await DropAsync("surveys/one.csv", survey.ToString());

        var forum = new StringBuilder("date,group,candidate,participants,supporters\n");
        foreach (var meeting in new[] { "2026-03-20", "2026-06-20" })
        {
            foreach (var group in Groups.Take(3))
            {
                var participants = _random.Next(8, 20);
                foreach (var candidate in Items.Take(4))
                {
                    Forum.Add((meeting, group.Id, candidate, participants, _random.Next(participants)));
                    var row = Forum[^1];
                    forum.Append(
                        CultureInfo.InvariantCulture, $"{row.Meeting},{row.Group},{row.Candidate},{row.Participants},{row.Supporters}\n");
                }
            }
        }

        await DropAsync("forum/one.csv", forum.ToString());

        var council = new StringBuilder("member,group,candidate,value,urgency,risk,readiness\n");
        foreach (var (i, candidate) in Items.Index())
        {
            for (var member = 0; member < (i == 0 ? 4 : 7); member++) // of the first too few
            {
                Council.Add(($"m{member}", candidate, _random.Next(11), _random.Next(11), _random.Next(4), _random.Next(5, 11)));
                var row = Council[^1];
                council.Append(
                    CultureInfo.InvariantCulture,
                    $"{row.Member},citizen,{row.Candidate},{row.Value},{row.Urgency},{row.Risk},{row.Readiness}\n");
            }
        }

        await DropAsync("council/one.csv", council.ToString());

        Task DropAsync(string path, string content) => storage.Planning.GetBlobClient(path).UploadAsync(BinaryData.FromString(content));
    }

    internal static string Dataset(int i) => $"d{i:d2}@a{i % 4}";

    internal static string[] Themes(int dataset) =>
        (dataset % 5) switch { 0 => [], 1 => ["t0"], 2 => ["t1"], 3 => ["t0", "t1"], _ => ["t2"] };

    internal static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
