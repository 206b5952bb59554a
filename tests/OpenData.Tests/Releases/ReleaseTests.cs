using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using OpenData.Catalog;
using OpenData.Lake;
using OpenData.Tests.Api;
using OpenData.Tests.LocalHost;
using OpenData.Tests.Planning;

namespace OpenData.Tests.Releases;

/// <summary>
/// An upgrade: today's code starts on the store of an earlier release. It answers as before, completes what that release was ended at, goes
/// on, and can itself be ended at any write. README.md says how such a store is written.
/// </summary>
public sealed class ReleaseTests
{
    private const string Datasets = $"{TestApi.Explore}/datasets";

    /// <summary>Answers that a later release gives differently on purpose, with the reason.</summary>
    private static readonly Dictionary<string, string> ChangedOnPurpose = new()
    {
        [$"{TestApi.Explore}/exports/csv"] = "Its columns have the names that clients of the API read: datasetid, default.title, …",
    };

    public static TheoryData<string> Releases => [.. ReleaseStore.Names];

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Answers_as_the_release_did(string release)
    {
        await using var store = await ReleaseStore.RestoreAsync(release);
        await using var api = await ReleaseWriter.StartAsync(store.Storage, store.Facts.WrittenAt);
        var differences = new List<string>();
        foreach (var before in store.Facts.Answers.Where(answer => !ChangedOnPurpose.ContainsKey(answer.Path)))
        {
            differences.AddRange(AnswerComparison.Differences(before, await ReleaseAnswer.AskAsync(api.Http, before.Path,
                store.Facts.Keys["planning"])));
        }

        Assert.True(differences.Count == 0, string.Join("\n", differences.Take(30)));
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Completes_what_was_cut_off_and_goes_on(string release)
    {
        await using var store = await ReleaseStore.RestoreAsync(release);
        var before = await UploadsAsync(store.Storage);
        await GoOnAsync(store.Storage, store.Facts);
        var after = await UploadsAsync(store.Storage);

        Assert.Contains(before.Values, upload => upload.State == UploadState.Processing);
        Assert.DoesNotContain(after.Values, upload => upload.State is UploadState.Processing or UploadState.Failed);
        var ended = before.Values.Where(upload => upload.State != UploadState.Processing);
        Assert.All(ended, upload => Assert.Equal(Text(upload), Text(after[upload.UploadId])));

        await using var api = await ReleaseWriter.StartAsync(store.Storage, store.Facts.WrittenAt.AddDays(1));
        foreach (var cut in after.Values.Where(upload => upload.Agency == "busan"))
        {
            Assert.Equal(2, await RowsAsync(api, $"{cut.Dataset}@busan"));
        }
        Assert.Equal(4, await RowsAsync(api, "hydrants@nfa")); // two drops of the release, and today's
        Assert.Equal(2, await RowsAsync(api, "parks@seoul"));
        var replaced = before.Values.Where(upload => upload is { Path: "seoul/parks/parks.csv", Version: not null }).ToList();
        foreach (var upload in replaced) Assert.Equal(upload.Rows, await RowsAsync(api, "parks@seoul", $"&version={upload.Version}"));

        var editions = (await api.GetAsync("/api/reports")).GetProperty("results").EnumerateArray()
            .Select(edition => edition.GetProperty("edition").GetString()).ToList();
        Assert.Contains(DayOf(store.Facts.WrittenAt), editions); // the last whole day
        Assert.Contains(DayOf(store.Facts.WrittenAt.AddDays(-1)), editions); // the release's own
        var days = (await ReportAsync(api)).Single(figure => figure.GetProperty("name").GetString() == "use_by_day")
            .GetProperty("rows").EnumerateArray()
            .ToDictionary(row => row.GetProperty("day").GetString()!, row => row.GetProperty("requests").GetInt64());
        foreach (var day in Enumerable.Range(1, 3)) Assert.Equal(24, days[DayOf(store.Facts.WrittenAt.AddDays(-day))]);
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Knows_its_keys_requests_and_supporters(string release)
    {
        await using var store = await ReleaseStore.RestoreAsync(release);
        await using var api = await ReleaseWriter.StartAsync(store.Storage, store.Facts.WrittenAt);
        var open = (await api.GetAsync("/api/requests?state=open")).GetProperty("results").EnumerateArray().Single();
        var path = $"/api/requests/{open.GetProperty("request_id").GetString()}";

        // The release told callers apart by their user agent too; now the address alone does, so this one counts once more and then no
        // more.
        var again = await SendAsync(
            api, HttpMethod.Post, $"{path}/support", new { group = "small-business" }, "User-Agent", "another browser");
        Assert.True(again.GetProperty("counted").GetBoolean());
        var another = await SendAsync(
            api, HttpMethod.Post, $"{path}/support", new { group = "small-business" }, "User-Agent", "a third browser");
        Assert.False(another.GetProperty("counted").GetBoolean());
        await SendAsync(api, HttpMethod.Patch, path, new { agency = "nfa" }, "x-agency-key", store.Facts.Keys["planning"]);
        var accepted = await SendAsync(api, HttpMethod.Patch, path, new { state = "accepted" }, "x-agency-key", store.Facts.Keys["nfa"]);
        Assert.Equal("accepted", accepted.GetProperty("state").GetString());
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Ended_at_any_write_it_comes_to_the_same_end_when_it_starts_again(string release)
    {
        var whole = new CutOff(int.MaxValue);
        List<string> expected;
        await using (var store = await ReleaseStore.RestoreAsync(release))
        {
            await GoOnAsync(whole.Open(store.ConnectionString), store.Facts);
            expected = await StateAsync(store.Storage, store.Facts);
        }

        foreach (var writes in new[] { whole.Writes / 3, whole.Writes * 2 / 3 })
        {
            await using var store = await ReleaseStore.RestoreAsync(release);
            var cut = new CutOff(writes);
            await Assert.ThrowsAnyAsync<Exception>(() => GoOnAsync(cut.Open(store.ConnectionString), store.Facts));
            Assert.True(cut.IsCut);
            await EndLeaseAsync(store.Storage);
            await GoOnAsync(store.Storage, store.Facts);
            Assert.Equal(expected, await StateAsync(store.Storage, store.Facts));
        }
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task LocalHost_starts_on_it(string release)
    {
        await using var store = await ReleaseStore.RestoreAsync(release);
        var data = Directory.CreateTempSubdirectory("opendata-release-");
        string[] arguments = [
            "--storage", store.ConnectionString, "--data", data.FullName, "--urls", "http://127.0.0.1:0", "--no-sample", "--once"
        ];
        await using (var host = HostProcess.Start(arguments))
        {
            Assert.True(await host.ExitAsync() == 0, host.Output);
        }

        data.Delete(recursive: true);
        Assert.DoesNotContain(
            (await UploadsAsync(store.Storage)).Values, upload => upload.State is UploadState.Processing or UploadState.Failed);
    }

    /// <summary>What an instance does on the next day: new drops, every drop that is there, the report.</summary>
    private static async Task GoOnAsync(Storage storage, ReleaseFacts facts)
    {
        await DropAsync(storage, "nfa/hydrants/4.csv", "관리번호,종류,설치일,위도,경도\nH-004,지상식,2026-11-02,35.8714,128.6014\n");
        await DropAsync(
            storage, "seoul/parks/parks-2026.csv", "name,area_m2,opened,note\nNamsan,103.0,1968-09-10,\nHaneul,191.8,2002-05-01,\n");
        var ingestor = ReleaseWriter.Ingestor(storage);
        var drops = new List<string>();
        await foreach (var blob in storage.Incoming.GetBlobsAsync()) drops.Add(blob.Name);
        foreach (var drop in drops) await ingestor.IngestAsync(drop);
        await ReleaseWriter.Report(storage).RunAsync(facts.WrittenAt.AddDays(1));
    }

    /// <summary>Ends the lease of an instance that is no more, as half a minute would.</summary>
    private static async Task EndLeaseAsync(Storage storage)
    {
        var turn = storage.Reports.GetBlobClient("run.lock");
        if (!await turn.ExistsAsync() || (await turn.GetPropertiesAsync()).Value.LeaseState != LeaseState.Leased) return;
        await turn.GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
    }

    private static async Task DropAsync(Storage storage, string path, string text)
    {
        var blob = storage.Incoming.GetBlobClient(path);
        if (!await blob.ExistsAsync()) await blob.UploadAsync(BinaryData.FromString(text));
    }

    /// <summary>
    /// What must not depend on where an instance was ended: datasets with their rows, uploads with their states, figures.
    /// </summary>
    private static async Task<List<string>> StateAsync(Storage storage, ReleaseFacts facts)
    {
        var state = new List<string>();
        await foreach (var dataset in new DatasetCatalog(storage).ListAsync()) state.Add($"{dataset.Id} {dataset.Current!.Rows}");
        var uploads = (await UploadsAsync(storage)).Values.Select(
            upload => $"{upload.Path} {upload.State} {upload.Rows} {upload.ProblemCount}");
        state.AddRange(uploads.Order(StringComparer.Ordinal));
        await using var api = await ReleaseWriter.StartAsync(storage, facts.WrittenAt.AddDays(1));
        state.AddRange((await ReportAsync(api)).Select(Text));
        return state;
    }

    private static async Task<List<JsonElement>> ReportAsync(TestApi api) =>
        [.. (await api.GetAsync("/api/reports/latest?format=json")).GetProperty("figures").EnumerateArray()];

    private static async Task<Dictionary<string, Upload>> UploadsAsync(Storage storage)
    {
        var uploads = new Dictionary<string, Upload>(StringComparer.Ordinal);
        await foreach (var upload in new UploadLog(storage).ListAsync()) uploads.Add(upload.UploadId, upload);
        return uploads;
    }

    private static async Task<long> RowsAsync(TestApi api, string dataset, string more = "") =>
        (await api.GetAsync($"{Datasets}/{dataset}/records?limit=1{more}")).GetProperty("total_count").GetInt64();

    private static async Task<JsonElement> SendAsync(TestApi api, HttpMethod method, string path, object body, string header, string value)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await api.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {answer.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private static string DayOf(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, OpenDataJson.Options);
}
