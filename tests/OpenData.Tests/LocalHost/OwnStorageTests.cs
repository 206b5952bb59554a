using System.CommandLine;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using OpenData.LocalHost;
using OpenData.LocalHost.Azurite;
using OpenData.LocalHost.Commands;

namespace OpenData.Tests.LocalHost;

/// <summary>The host with an Azurite that it starts itself, and the commands that find it.</summary>
public sealed class OwnStorageTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("opendata-own-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task With_a_default_port_taken_it_listens_on_free_ports_where_drop_key_and_a_second_start_find_it()
    {
        await AzuriteInstallation.EnsureAsync(() => { });
        using var taken = TakeDefaultPort();
        await using (var host = HostProcess.Start("--data", _data, "--urls", "http://127.0.0.1:0", "--no-sample"))
        {
            using var client = await host.ReadyAsync();
            Assert.Contains("Another program has one of the ports 10000 to 10002", host.Output, StringComparison.Ordinal);
            Assert.Contains($"Folder: {Repository.Root}, data in {_data}", host.Output, StringComparison.Ordinal);

            var file = Path.Combine(_data, "stations.csv");
            await File.WriteAllTextAsync(file, "name,lines\n서울역,4\n용산역,2\n");
            var (dropped, output) = await RunAsync("drop", "korail/stations", file, "--data", _data);
            Assert.Equal((0, true), (dropped, output.Contains("Dropped stations.csv as stations@korail", StringComparison.Ordinal)));
            await WaitForRowsAsync(client, 2);
            Assert.Equal(0, (await RunAsync("key", "issue", "korail", "--data", _data)).Code);

            await using var second = HostProcess.Start("--data", _data, "--urls", "http://127.0.0.1:0", "--no-sample", "--once");
            Assert.Equal(0, await second.ExitAsync());
            Assert.Contains("that of the host that already runs", second.Output, StringComparison.Ordinal);
            Assert.Contains("1 datasets", second.Output, StringComparison.Ordinal);
            Assert.Equal(0, await host.InterruptAsync());
        }

        Assert.Null(RunningStorage.Find(_data));
    }

    [Fact]
    public async Task A_file_that_is_not_there_stops_the_drop_before_anything_is_sent()
    {
        var (code, output) = await RunAsync("drop", "korail/stations", Path.Combine(_data, "missing.csv"));

        Assert.NotEqual(0, code);
        Assert.Contains("missing.csv", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Dropped", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("null")]
    [InlineData("""{"ConnectionString":"UseDevelopmentStorage=true","ProcessId":2147483000,"StartedAt":"2026-01-01T00:00:00Z"}""")]
    public async Task What_a_host_left_behind_is_no_running_host(string content)
    {
        await File.WriteAllTextAsync(Path.Combine(_data, "storage.json"), content);

        Assert.Null(RunningStorage.Find(_data));
    }

    [Fact]
    public void The_root_is_the_nearest_folder_above_with_the_solution_and_none_for_a_program_copied_elsewhere()
    {
        var inner = Directory.CreateDirectory(Path.Combine(_data, "a", "b")).FullName;
        Assert.Null(Repository.Find(inner));

        File.WriteAllText(Path.Combine(_data, "a", "OpenDataServerless.sln"), "");
        Assert.Equal(Path.Combine(_data, "a"), Repository.Find(inner));
    }

    [Fact]
    public void No_assembly_of_the_product_names_a_folder_of_the_machine_that_built_it()
    {
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory, "OpenData.*.dll").Where(
            name => !name.EndsWith("Tests.dll", StringComparison.Ordinal)))
        {
            var bytes = File.ReadAllBytes(file);
            Assert.True(bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes("RepositoryRoot")) < 0, file);
            Assert.True(bytes.AsSpan().IndexOf(System.Text.Encoding.Unicode.GetBytes(Repository.Root)) < 0, file);
        }
    }

    // Whether this test or another program has the port, it is taken.
    private static TcpListener? TakeDefaultPort()
    {
        var listener = new TcpListener(IPAddress.Loopback, 10000);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException)
        {
            listener.Dispose();
            return null;
        }
    }

    private static async Task WaitForRowsAsync(HttpClient client, int rows)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            using var answer = await client.GetAsync("/api/explore/v2.1/catalog/datasets/stations@korail/records", limit.Token);
            if (answer.IsSuccessStatusCode)
            {
                Assert.Equal(rows, (int)(await answer.Content.ReadFromJsonAsync<JsonNode>(limit.Token))!["total_count"]!);
                return;
            }

            await Task.Delay(50, limit.Token);
        }
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var configuration = new InvocationConfiguration { Output = output, Error = output };
        var code = await ServeCommand.Create().Parse(arguments).InvokeAsync(configuration);
        return (code, output.ToString());
    }
}
