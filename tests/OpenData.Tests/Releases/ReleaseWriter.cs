using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OpenData.Access;
using OpenData.Catalog;
using OpenData.Ingest.Publishing;
using OpenData.Lake;
using OpenData.LocalHost;
using OpenData.Planning;
using OpenData.Tests.Api;
using OpenData.Tests.Planning;
using OpenData.Usage;

namespace OpenData.Tests.Releases;

/// <summary>
/// Writes the store of the release that this code is, for the tests of later releases: see README.md. It has something of everything that
/// is stored, and of what an instance leaves behind when it is ended at any of its writes.
/// </summary>
public sealed class ReleaseWriter
{
    private const string Nfa = "nfa";

    private readonly Dictionary<string, string> _keys = [];

    [WriteReleaseFact]
    public async Task Writes_the_store_of_this_release()
    {
        await using var store = await ReleaseStore.CreateAsync();
        await DropSamplesAsync(store.Storage);
        await DropVersionsAsync(store.Storage);
        await UseAsync(store.Storage);
        await SpeakAsync(store.Storage);
        await ReportAsync(store);
        await CutDropsAsync(store);
        var writtenAt = DateTimeOffset.UtcNow;
        var answers = await AskAsync(store.Storage, writtenAt);
        Assert.All(answers, answer => Assert.True(answer.Status is 200 or 404, $"{answer.Path}: {answer.Status} {answer.Body}"));
        await store.SaveAsync(
            Environment.GetEnvironmentVariable(WriteReleaseFactAttribute.Setting)!, new ReleaseFacts(writtenAt, _keys, answers));
    }

    /// <summary>What agencies and planners of the samples drop; one of the files is rejected.</summary>
    private static async Task DropSamplesAsync(Storage storage)
    {
        await UploadFolderAsync(storage.Planning, "planning");
        foreach (var drop in await UploadFolderAsync(storage.Incoming, "incoming")) await Ingestor(storage).IngestAsync(drop);
    }

    private static async Task<List<string>> UploadFolderAsync(BlobContainerClient container, string folder)
    {
        var root = Path.Combine(Repository.Root, "samples", folder);
        var names = new List<string>();
        foreach (var file in Directory.GetFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            names.Add(Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/'));
            await container.GetBlobClient(names[^1]).UploadAsync(file);
        }

        return names;
    }

    /// <summary>
    /// A dataset that grows by appending, one that was replaced, and drops that are rejected while an earlier version is served.
    /// </summary>
    private static async Task DropVersionsAsync(Storage storage)
    {
        await DropAsync(
            storage, "nfa/hydrants/dataset.json", """{"title":"소방용수시설","theme":["안전"],"ingest":{"update_mode":"append","key":["관리번호"]}}""");
        const string Header = "관리번호,종류,설치일,위도,경도\n";
        await DropAsync(
            storage, "nfa/hydrants/1.csv", Header + "H-001,지상식,2019-03-05,37.5665,126.9780\nH-002,지하식,2020-11-30,37.5512,126.9882\n");
        await DropAsync(storage, "nfa/hydrants/2.csv", Header + "H-003,급수탑,2021-07-01,35.1796,129.0756\n");
        await DropAsync(storage, "nfa/hydrants/3.csv", "관리번호,높이\nH-004,1.2\n", UploadState.Rejected);
        const string Parks = "name,area_m2,opened,note\nNamsan,102.5,1968-09-10,\nBukhansan,7992,1983-04-02,";
        await DropAsync(storage, "seoul/parks/parks.csv", Parks + "\"two\nlines\"\n");
        await DropAsync(storage, "seoul/parks/parks.csv", Parks + "\nHaneul,191.8,2002-05-01,n/a\n");
        await DropAsync(storage, "seoul/parks/parks.csv", "[{\"name\":\"Namsan\"},{", UploadState.Rejected);
        await DropAsync(storage, "seoul/parks/dataset.json", """{"title":"Parks","theme":[1]}""", UploadState.Rejected);
        await DropAsync(storage, "loose.csv", "a,b\n1,2\n", UploadState.Rejected);
    }

    private static async Task DropAsync(Storage storage, string path, string text, UploadState state = UploadState.Published)
    {
        await storage.Incoming.GetBlobClient(path).UploadAsync(BinaryData.FromString(text), overwrite: true);
        var upload = await Ingestor(storage).IngestAsync(path);
        Assert.Equal(state, upload!.State);
    }

    /// <summary>Three days of use, of which the report has compacted the first two.</summary>
    private static async Task UseAsync(Storage storage)
    {
        await using var log = new UsageLog(storage, TimeProvider.System, LocalTime.Utc, NullLogger<UsageLog>.Instance);
        var today = DateTimeOffset.UtcNow.Date;
        foreach (var day in Enumerable.Range(1, 3))
        {
            for (var caller = 0; caller < 8; caller++)
            {
                var time = new DateTimeOffset(today.AddDays(-day).AddHours(9).AddMinutes(caller), TimeSpan.Zero);
                var address = string.Create(CultureInfo.InvariantCulture, $"203.0.113.{caller} Browser");
                var records = new UsageEvent
                {
                    Time = time,
                    Kind = UsageKind.Records,
                    DatasetId = "fire-incidents@nfa",
                    Status = 200,
                    Rows = 10,
                };
                log.Record(records with { Fields = ["시도"], Filters = ["재산피해_천원"] }, address);
                var export = new UsageEvent
                {
                    Time = time,
                    Kind = UsageKind.Export,
                    DatasetId = "apartment-sales@molit",
                    Status = 200,
                    Rows = 1200,
                };
                log.Record(export with { Format = "csv" }, address);
                log.Record(new UsageEvent { Time = time, Kind = UsageKind.Catalog, Status = 200, Search = "버스 도착", Hits = 0 }, address);
            }
        }
    }

    /// <summary>Requests in every state, supports, feedback of every kind, and the keys with which agencies decided.</summary>
    private async Task SpeakAsync(Storage storage)
    {
        var store = new KeyStore(storage, new OpenDataSettings(), TimeProvider.System);
        foreach (var agency in new[] { Nfa, AccessKey.Planners }) _keys[agency] = await store.IssueAsync(NewKey.OfAgency(agency));
        await using var api = await TestApi.StartAsync(storage);
        var ids = new List<string>();
        foreach (var (title, wanted) in new[]
        {
            ("Bus arrival times", "Arrivals of all city buses by stop, in real time."),
            ("소방용수시설 점검 이력", "소화전별 점검일과 점검 결과를 원합니다."),
            ("Fire stations", "The place and the equipment of each fire station."),
            ("Names of patients", "Everybody who was taken to a hospital, by name."),
            ("Call me", "Send it to hong@example.org or call 010-1234-5678 please."),
        })
        {
            var agency = title == "Bus arrival times" ? null : Nfa;
            var opened = await SendAsync(api, HttpMethod.Post, "/api/requests", new { title, wanted, group = "citizen", agency });
            ids.Add(opened.GetProperty("request_id").GetString()!);
        }

        await SendAsync(api, HttpMethod.Post, $"/api/requests/{ids[0]}/support", new { group = "small-business" }, "another browser");
        await SendAsync(api, HttpMethod.Patch, $"/api/requests/{ids[1]}", new { state = "accepted", note = "In May." }, key: _keys[Nfa]);
        await SendAsync(
            api, HttpMethod.Patch, $"/api/requests/{ids[2]}", new { state = "released", dataset_id = "hydrants@nfa" }, key: _keys[Nfa]);
        await SendAsync(
            api,
            HttpMethod.Patch,
            $"/api/requests/{ids[3]}",
            new { state = "refused", reason = "personal-data" },
            key: _keys[AccessKey.Planners]);
        const string Feedback = "/api/datasets/hydrants@nfa/feedback";
        await SendAsync(api, HttpMethod.Post, Feedback, new { kind = "rating", rating = 4 });
        await SendAsync(api, HttpMethod.Post, Feedback, new { kind = "problem", text = "H-002 is not there any more." });
        await SendAsync(
            api, HttpMethod.Post, Feedback, new { kind = "reuse", text = "A map of hydrants.", url = "https://example.org/map" });
    }

    private static async Task<JsonElement> SendAsync(
        TestApi api, HttpMethod method, string path, object body, string? browser = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        if (browser is not null) request.Headers.Add("User-Agent", browser);
        if (key is not null) request.Headers.Add("x-agency-key", key);
        using var answer = await api.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {answer.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>Yesterday's report, and today's as far as an instance came that was ended while it wrote it.</summary>
    private static async Task ReportAsync(ReleaseStore store)
    {
        var now = DateTimeOffset.UtcNow;
        await Report(store.Storage).RunAsync(now.AddDays(-1));
        await Assert.ThrowsAnyAsync<Exception>(() => Report(new CutOff(6).Open(store.ConnectionString)).RunAsync(now));
    }

    /// <summary>
    /// Drops whose instance was ended after each of its writes: the first after one, the next after two, until one comes through.
    /// </summary>
    private static async Task CutDropsAsync(ReleaseStore store)
    {
        for (var writes = 1; ; writes++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"busan/cut-{writes:d2}/a.csv");
            await store.Storage.Incoming.GetBlobClient(path).UploadAsync(BinaryData.FromString("x,y\n1,2\n3,4\n"));
            var cut = new CutOff(writes);
            try
            {
                await Ingestor(cut.Open(store.ConnectionString)).IngestAsync(path);
                return;
            }
            catch (Exception e) when (cut.IsCut && e is RequestFailedException or AggregateException)
            {
                Assert.InRange(writes, 1, 20);
            }
        }
    }

    private async Task<List<ReleaseAnswer>> AskAsync(Storage storage, DateTimeOffset time)
    {
        await using var api = await StartAsync(storage, time);
        var answers = new List<ReleaseAnswer>();
        foreach (var path in await PathsAsync(storage, api))
        {
            answers.Add(await ReleaseAnswer.AskAsync(api.Http, path, _keys[AccessKey.Planners]));
        }

        return answers;
    }

    /// <summary>The API on a store, at the time and the address that its answers were given at.</summary>
    internal static Task<TestApi> StartAsync(Storage storage, DateTimeOffset time) =>
        TestApi.StartAsync(
            storage,
            settings => settings with { PublicUrl = "https://data.example.org", PortalName = "Example" },
            new FakeTimeProvider(time));

    private static async Task<List<string>> PathsAsync(Storage storage, TestApi api)
    {
        const string Datasets = $"{TestApi.Explore}/datasets";
        List<string> paths =
        [
            $"{Datasets}?limit=100",
            $"{Datasets}?where=quality.score>10&order_by=title&select=dataset_id,title",
            $"{TestApi.Explore}/facets",
            $"{TestApi.Explore}/exports/data.json",
            $"{TestApi.Explore}/exports/csv",
            $"{Datasets}/cut-01@busan",
            $"{Datasets}/apartment-sales@molit/exports/csv",
            $"{Datasets}/fire-incidents@nfa/records?where=재산피해_천원>50000&order_by=재산피해_천원 desc&limit=20",
            $"{Datasets}/fire-incidents@nfa/records?group_by=시도&select=시도,count(*) as n,sum(재산피해_천원) as sum&limit=100",
            "/api/requests?limit=100",
            "/api/reports",
            "/api/reports/latest?format=json",
            "/api/reports/latest?format=csv",
        ];
        await foreach (var dataset in new DatasetCatalog(storage).ListAsync())
        {
            string[] below = ["", "/records?limit=10&include_app_metas=true", "/exports/jsonl?limit=50", "/facets", "/attachments"];
            paths.AddRange(below.Select(path => $"{Datasets}/{dataset.Id}{path}"));
        }

        var agencies = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var upload in new UploadLog(storage).ListAsync())
        {
            agencies.Add(upload.Agency);
            if (upload is not { Path: "seoul/parks/parks.csv", Version: { } version }) continue;
            paths.Add($"{Datasets}/parks@seoul/records?version={version}&limit=100"); // the version that was replaced, too
        }

        paths.AddRange(agencies.Select(agency => $"/api/uploads/{agency}?limit=100"));
        var requests = (await api.GetAsync("/api/requests?limit=100")).GetProperty("results").EnumerateArray();
        paths.AddRange(requests.Select(request => $"/api/requests/{request.GetProperty("request_id").GetString()}"));
        foreach (var edition in await ReportShelf.ListAsync(storage)) paths.Add($"/api/reports/{edition}?format=json");
        return paths;
    }

    internal static Ingestor Ingestor(Storage storage) =>
        new(storage, new DatasetCatalog(storage), new UploadLog(storage), TimeProvider.System);

    internal static ReportRun Report(Storage storage) => TestReports.Over(storage);
}
