using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using OpenData.Catalog;
using OpenData.Lake;
using OpenData.LocalHost;
using OpenData.LocalHost.Azurite;

namespace OpenData.Tests.LocalHost;

/// <summary>The main job, end to end, in a process of its own on an Azurite of its own.</summary>
public sealed class HostTests : IAsyncLifetime
{
    private const string Datasets = "/api/explore/v2.1/catalog/datasets";
    private readonly string _data = Directory.CreateTempSubdirectory("opendata-host-").FullName;
    private AzuriteServer _azurite = null!;

    private string[] Arguments => ["--storage", _azurite.ConnectionString, "--data", _data, "--urls", "http://127.0.0.1:0"];

    public async Task InitializeAsync()
    {
        await AzuriteInstallation.EnsureAsync(() => { });
        _azurite = await AzuriteServer.StartInMemoryAsync();
    }

    public async Task DisposeAsync()
    {
        await _azurite.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Shows_the_main_job_and_finds_everything_again_after_a_restart()
    {
        JsonNode before;
        await using (var host = HostProcess.Start(Arguments))
        {
            using var client = await host.ReadyAsync();
            before = await GetAsync(client, Datasets);
            Assert.Equal(
                [
                    "apartment-sales@molit", "demand-report@planning", "emergency-calls@nfa", "fire-incidents@nfa", "food-recalls@mfds",
                    "occupational-disease-decisions@comwel", "procurement-notices@pps"
                ],
                Ids(before));

            var sales = await GetAsync(
                client, $"{Datasets}/apartment-sales@molit/records?limit=1&where=거래금액_만원>300000&order_by=거래금액_만원 desc");
            Assert.StartsWith("서울특별시", (string)sales["results"]![0]!["시군구"]!, StringComparison.Ordinal);

            var uploads = await GetAsync(client, "/api/uploads/mfds");
            Assert.Empty(uploads["results"]!.AsArray()); // the public is told how many there are
            Assert.Equal(1, (int?)uploads["states"]!["rejected"]);
            var log = new UploadLog(StorageConnection.Open(_azurite.ConnectionString));
            var rejected = await log.ListAsync("mfds").SingleAsync(upload => upload.State == UploadState.Rejected);
            Assert.Equal("mfds/drug-recalls/의약품_회수판매중지.xlsx", rejected.Path);
            Assert.NotEmpty(rejected.Problems);

            Assert.Contains("<html", await client.GetStringAsync("/api/reports/latest"), StringComparison.Ordinal);
            Assert.Equal(0, await host.InterruptAsync());
        }

        await using (var again = HostProcess.Start(Arguments))
        {
            using var client = await again.ReadyAsync();
            Assert.Equal(Ids(before), Ids(await GetAsync(client, Datasets)));
            Assert.DoesNotContain("First start", again.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Killed_in_the_middle_of_an_ingest_it_serves_the_old_version_and_completes_the_upload_when_started_again()
    {
        var incoming = StorageConnection.Open(_azurite.ConnectionString).Incoming;
        await using (var host = HostProcess.Start([.. Arguments, "--no-sample"]))
        {
            using var client = await host.ReadyAsync();
            await incoming.UploadBlobAsync("nfa/calls/a.csv", BinaryData.FromString("id,name\n1,old\n"));
            await WaitForRowsAsync(client, 1);

            await incoming.UploadBlobAsync("nfa/calls/b.csv", BinaryData.FromBytes(ManyRows(600_000)));
            await WaitForAsync(async () => (int?)(await GetAsync(client, "/api/uploads/nfa"))["states"]!["processing"] == 1);
            Assert.Equal(1, Rows(await GetAsync(client, $"{Datasets}/calls@nfa/records?limit=1")));
            await host.KillAsync();
        }

        await using (var again = HostProcess.Start([.. Arguments, "--no-sample", "--once"])) Assert.Equal(0, await again.ExitAsync());

        await using var served = HostProcess.Start([.. Arguments, "--no-sample"]);
        using var reader = await served.ReadyAsync();
        Assert.Equal(600_000, Rows(await GetAsync(reader, $"{Datasets}/calls@nfa/records?limit=1")));
        Assert.Equal("""{"published":2}""", (await GetAsync(reader, "/api/uploads/nfa"))["states"]!.ToJsonString());
    }

    [Fact]
    public async Task Runs_in_the_folder_in_which_the_command_was_given_so_that_relative_paths_mean_what_they_say()
    {
        var project = Path.Combine(Repository.Root, "functions/OpenData.LocalHost/OpenData.LocalHost.csproj");
        using var asked =
            Process.Start(
                new ProcessStartInfo(
                    "dotnet", ["msbuild", project, "-getProperty:RunWorkingDirectory"])
                { RedirectStandardOutput = true })!;
        Assert.Equal("", (await asked.StandardOutput.ReadToEndAsync()).Trim());
    }

    [Fact]
    public async Task Says_what_is_wrong_with_an_address()
    {
        await using var host = HostProcess.Start(
            "--storage", _azurite.ConnectionString, "--data", _data, "--urls", "foo", "--no-sample", "--once");

        Assert.Equal(1, await host.ExitAsync());
        Assert.Contains("Nothing can listen on 'foo'", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", host.Output, StringComparison.Ordinal); // no stack trace
    }

    [Fact]
    public async Task Says_what_to_do_when_its_port_is_taken()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";

        await using var host = HostProcess.Start("--storage", _azurite.ConnectionString, "--data", _data, "--urls", url, "--no-sample");

        Assert.Equal(1, await host.ExitAsync());
        Assert.Contains("is in use by another program", host.Output, StringComparison.Ordinal);
        Assert.Contains("--urls", host.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData(
        "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YWJj;"
        + "BlobEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:1/a;")]
    public async Task Says_what_to_do_when_storage_cannot_be_used(string connection)
    {
        await using var host = HostProcess.Start("--storage", connection, "--data", _data, "--urls", "http://127.0.0.1:0", "--once");

        Assert.Equal(1, await host.ExitAsync());
        Assert.Contains("torage", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", host.Output, StringComparison.Ordinal); // no stack trace
    }

    private static byte[] ManyRows(int rows)
    {
        var text = new StringBuilder("id,name,amount,day\n");
        for (var row = 0; row < rows; row++)
        {
            text.Append(row).Append(",소방서 ").Append(row % 100).Append(',').Append(row * 3).Append(",2026-03-05\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static Task WaitForRowsAsync(HttpClient client, long rows) => WaitForAsync(async () =>
    {
        using var answer = await client.GetAsync($"{Datasets}/calls@nfa/records?limit=1");
        return answer.IsSuccessStatusCode && Rows((await answer.Content.ReadFromJsonAsync<JsonNode>())!) == rows;
    });

    private static async Task WaitForAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (!await condition()) await Task.Delay(20, patience.Token);
    }

    private static async Task<JsonNode> GetAsync(HttpClient client, string url)
    {
        using var answer = await client.GetAsync(url);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{url}: {answer.StatusCode} {body}");
        return JsonNode.Parse(body)!;
    }

    private static IEnumerable<string> Ids(JsonNode catalog) =>
        catalog["results"]!.AsArray().Select(dataset => (string)dataset!["dataset_id"]!).Order(StringComparer.Ordinal);

    private static long Rows(JsonNode records) => (long)records["total_count"]!;
}
