using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using OpenData.Access;
using OpenData.Api.Reference;
using OpenData.Catalog;
using OpenData.Demand.Requests;
using OpenData.Ingest.Publishing;
using OpenData.Lake;
using OpenData.Planning;
using OpenData.Tests.Api;
using OpenData.Tests.Planning;
using OpenData.Usage;

namespace OpenData.Tests.Faults;

/// <summary>
/// One damaged thing in storage never takes others with it. A store with everything in it is damaged in one place after another, and every
/// route that
/// reads is asked each time, by a process that has just started.
/// </summary>
public sealed partial class DamageTests
{
    private const string Sound = "one@sound";
    private const string Shaken = "one@shaken";
    private const string Csv = "이름,수량\n가,1\n나,2\n";

    // What must be whole for the answers to be the same, and what is the like of something that is damaged.
    private static readonly string[] Undamaged = ["sound", "demand-report", "figures.csv", "run.lock"];

    [Fact]
    public async Task Whatever_is_damaged_everything_else_is_served()
    {
        var storage = await StoreAsync();
        await using var whole = await TestApi.StartAsync(storage);
        var request = (await whole.GetAsync("/api/requests")).GetProperty("results")[0].GetProperty("request_id").GetString()!;
        var sound = await AskAsync(whole, Paths(Sound, "sound", request));
        var mayFail = new[] { $"requests/{request}", "reports" };

        var things = await StoredThing.AllAsync(storage, name =>
            !Undamaged.Any(part => name.Contains(part, StringComparison.Ordinal)) && !Edition().IsMatch(name));
        var failures = new List<string>();
        foreach (var thing in things)
        {
            await thing.DamageAsync();
            await using (var api = await TestApi.StartAsync(storage))
            {
                var answers = await AskAsync(api, Paths(Sound, "sound", request));
                failures.AddRange(sound.Keys
                    .Where(
                        path => !mayFail.Any(part => path.Contains(part, StringComparison.Ordinal))
                            && answers[path].Status != sound[path].Status)
                    .Select(path => $"{thing.Name}: {path} answered {(int)answers[path].Status} {answers[path].Text}"));
                failures.AddRange(answers
                    .Concat(
                        await AskAsync(
                            api, Paths(Shaken, "shaken", request).Where(path => path.Contains("shaken", StringComparison.Ordinal))))
                    .Where(
                        answer =>
                            answer.Value.Status == HttpStatusCode.InternalServerError
                                || answer.Value.Text.Contains("error_code\":\"InternalError", StringComparison.Ordinal))
                    .Select(answer => $"{thing.Name}: {answer.Key} answered 500"));
            }

            await thing.RestoreAsync();
        }

        Assert.True(things.Count > 40, $"only {things.Count} things were damaged");
        Assert.True(failures.Count == 0, string.Join("\n", failures.Distinct()));
    }

    [Theory]
    [InlineData("Version")]
    [InlineData("Metadata")]
    [InlineData("Rows")]
    [InlineData("DroppedAt")]
    public async Task The_next_drop_mends_a_damaged_row_of_the_catalogue(string property)
    {
        var storage = await TestStorage.CreateAsync();
        await DropAsync(storage, "shaken/one/dataset.json", """{"title":"One"}""");
        await DropAsync(storage, "shaken/one/a.csv", Csv);
        var row = (await storage.Datasets.GetEntityAsync<Azure.Data.Tables.TableEntity>("shaken", "one")).Value;
        row[property] = row[property] is string ? 7 : "seven";
        await storage.Datasets.UpdateEntityAsync(row, row.ETag, Azure.Data.Tables.TableUpdateMode.Replace);

        await DropAsync(storage, "shaken/one/dataset.json", """{"title":"Two"}""");
        await DropAsync(storage, "shaken/one/a.csv", Csv + "다,3\n");

        var entry = (await new DatasetCatalog(storage).FindAsync(DatasetId.Parse(Shaken)))!;
        var mended = (await storage.Datasets.GetEntityAsync<Azure.Data.Tables.TableEntity>("shaken", "one")).Value;
        Assert.True(
            entry.Current is not null, string.Join(", ", mended.Select(pair => $"{pair.Key}={pair.Value} ({pair.Value?.GetType().Name})")));
        Assert.Equal((StoredDamage.None, "Two", 3L), (entry.Damage, entry.Title, entry.Current.Rows));
    }

    [Fact]
    public async Task The_report_is_made_of_what_is_sound()
    {
        var storage = await StoreAsync();
        foreach (var thing in (await StoredThing.AllAsync(storage, name => !name.Contains("sound", StringComparison.Ordinal)))
                     .Where(thing => thing.Name.EndsWith("truncated", StringComparison.Ordinal)))
        {
            await thing.DamageAsync();
        }

        var summary = await RunReportAsync(storage);

        Assert.Equal(1, summary.Datasets);
        Assert.True(summary.Requests > 0, "uses before the damaged line are lost");
    }

    [GeneratedRegex(@"reports/\d{4}")]
    private static partial Regex Edition();

    private static IEnumerable<string> Paths(string dataset, string agency, string request) => ApiRoutes.All
        .Where(route => route.Methods.Contains("GET"))
        .SelectMany(
            route => route.Path.Contains("{format}", StringComparison.Ordinal)
                ? new[] { "csv", "json", "ttl", "data.json" }.Select(
                    format => route.Path.Replace("{format}", format, StringComparison.Ordinal))
                : [route.Path])
        .Select(path => "/api/"
            + path.Replace("{dataset_id}", dataset, StringComparison.Ordinal).Replace("{agency}", agency, StringComparison.Ordinal)
            .Replace("{request_id}", request, StringComparison.Ordinal).Replace("{edition}", "latest", StringComparison.Ordinal)
            .Replace("{file}", "report.json", StringComparison.Ordinal).Replace("{attachment_id}", "a.csv", StringComparison.Ordinal)
            .Replace("{record_id}", "20260101T000000000Z-00000000-0", StringComparison.Ordinal))
        .Distinct();

    private static async Task<Dictionary<string, (HttpStatusCode Status, string Text)>> AskAsync(TestApi api, IEnumerable<string> paths)
    {
        var answers = await Task.WhenAll(paths.Select(async path =>
        {
            using var response = await api.Http.GetAsync(path);
            return (path, response.StatusCode, Text: await response.Content.ReadAsStringAsync());
        }));
        return answers.ToDictionary(answer => answer.path, answer => (answer.StatusCode, answer.Text));
    }

    /// <summary>
    /// Two datasets with metadata, a rejected drop, a request with its support, feedback, a key, a plan, uses, and a report.
    /// </summary>
    private static async Task<Storage> StoreAsync()
    {
        var storage = await TestStorage.CreateAsync();
        foreach (var agency in new[] { "sound", "shaken" })
        {
            await DropAsync(storage, $"{agency}/one/dataset.json", """{"title":"One","license":"CC0"}""");
            await DropAsync(storage, $"{agency}/one/a.csv", Csv);
        }

        await DropAsync(storage, "shaken/two/bad.csv", "[{\"x\":1},{");
        var board = new RequestBoard(storage, TimeProvider.System, LocalTime.Utc);
        await board.OpenAsync(
            new DataRequest { RequestId = "", Title = "A title", Wanted = "words", Group = "citizen", OpenedAt = default },
            new Voice("someone"));
        await new FeedbackLog(storage, LocalTime.Utc).AddAsync(
            new Feedback(Shaken, DateTimeOffset.UtcNow, FeedbackKind.Rating, 5, null, null, Moderation.Shown), new Voice("someone"));
        await new KeyStore(storage, new OpenDataSettings(), TimeProvider.System).IssueAsync(NewKey.OfAgency("shaken"));
        await storage.Planning.GetBlobClient("plan.json").UploadAsync(
            Path.Combine(OpenData.LocalHost.Repository.Root, "samples/planning/plan.json"));
        await using (var usage = new UsageLog(storage, TimeProvider.System, LocalTime.Utc, NullLogger<UsageLog>.Instance))
        {
            for (var i = 0; i < 8; i++)
            {
                usage.Record(
                    new UsageEvent
                    {
                        Time = TimeProvider.System.GetUtcNow(),
                        Kind = UsageKind.Records,
                        Status = 200,
                        DatasetId = Sound,
                        Client = null,
                        Rows = 1,
                    },
                    "someone");
            }
        }

        await RunReportAsync(storage);
        return storage;
    }

    private static Task<ReportSummary> RunReportAsync(Storage storage) =>
        TestReports.Over(storage).RunAsync(TimeProvider.System.GetUtcNow().AddDays(1)); // today is whole by then

    private static async Task DropAsync(Storage storage, string path, string content)
    {
        await storage.Incoming.GetBlobClient(path).UploadAsync(BinaryData.FromString(content), overwrite: true);
        var ingestor = new Ingestor(storage, new DatasetCatalog(storage), new UploadLog(storage), TimeProvider.System);
        Assert.NotEqual(UploadState.Processing, (await ingestor.IngestAsync(path))!.State);
    }
}
