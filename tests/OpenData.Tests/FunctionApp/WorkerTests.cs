using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using OpenData.Api.Routing;
using OpenData.Catalog;
using OpenData.FunctionApp;

namespace OpenData.Tests.FunctionApp;

/// <summary>
/// The worker as it is deployed, in the hands of a Functions host: its functions are found, made, bound to what the host sends, and do
/// their work.
/// </summary>
public class WorkerTests(FunctionsHost host) : IClassFixture<FunctionsHost>
{
    private const string Explore = $"/{Routes.Prefix}/explore/v2.1/catalog";

    [Fact]
    public void Every_function_is_indexed_and_loads()
    {
        Assert.Equal(Function.All.Select(function => function.Name).Order(), host.Functions.Keys.Order());
        Assert.All(host.Functions.Values, function => Assert.Equal("Success", function.Loaded));
    }

    [Fact]
    public async Task A_drop_becomes_a_dataset_that_answers()
    {
        Assert.Equal("Success",
            await host.InvokeAsync(
            nameof(IngestFunctions.IngestOnEvent), await DropAsync("seoul/parks/parks.csv", "name,area\n남산,102\nBukhan,7992\n")));
        Assert.Equal("Success",
            await host.InvokeAsync(
            nameof(PolledDropFunctions.IngestOnPoll), await DropAsync("busan/parks/parks.csv", "name,area\nTaejongdae,164\n")));

        Assert.Equal(
            """{"total_count":1,"results":[{"name":"Bukhan","area":7992}]}""", await RecordsAsync("parks@seoul", "?where=area>200"));
        Assert.Equal("""{"total_count":1,"results":[{"name":"Taejongdae","area":164}]}""", await RecordsAsync("parks@busan"));
        // Links lead where the public came in, not to the worker.
        var catalog = await host.GetAsync(nameof(Routes.Catalog), Explore);
        Assert.Equal($"https://{FunctionsHost.PublicHost}{Explore}", (string?)catalog["links"]![0]!["href"]);
    }

    [Fact]
    public async Task Eight_people_behind_Front_Door_are_eight_callers_and_the_sixth_request_of_one_is_refused()
    {
        for (var person = 1; person <= 8; person++)
        {
            Assert.Equal(HttpStatusCode.Created, await AskForDataAsync(FunctionsHost.FrontDoorId, $"198.51.100.{person}"));
        }

        for (var request = 2; request <= 5; request++)
        {
            Assert.Equal(HttpStatusCode.Created, await AskForDataAsync(FunctionsHost.FrontDoorId, "198.51.100.1"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await AskForDataAsync(FunctionsHost.FrontDoorId, "198.51.100.1"));
        // Who cannot be told from others is not refused because another has written.
        for (var request = 1; request <= 6; request++)
        {
            Assert.Equal(HttpStatusCode.Created, await AskForDataAsync("a guess", "198.51.100.1"));
        }
    }

    [Fact]
    public async Task A_page_is_written_by_the_worker()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/portal/ko/datasets");
        using var answer = await host.SendAsync(nameof(Routes.Portal), request, ("page", "ko/datasets"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("<html lang=\"ko\">", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/", HttpStatusCode.Redirect, null)]
    [InlineData("GET", "/data.json", HttpStatusCode.Redirect, null)]
    [InlineData("GET", "/favicon.ico", HttpStatusCode.NotFound, null)]
    [InlineData("POST", "/", HttpStatusCode.NotFound, null)]
    [InlineData("GET", "/api/nothing/here", HttpStatusCode.NotFound, null)]
    [InlineData("DELETE", "/api/requests", HttpStatusCode.MethodNotAllowed, "GET, HEAD, OPTIONS, POST")]
    [InlineData("PUT", "/api/requests/some", HttpStatusCode.MethodNotAllowed, "GET, HEAD, OPTIONS, PATCH")]
    [InlineData("OPTIONS", "/api/nothing/here", HttpStatusCode.NoContent, null)]
    public async Task What_is_no_route_is_answered_by_the_app(string method, string path, HttpStatusCode status, string? allowed)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await host.SendAsync(nameof(Routes.Unknown), request, ("path", path[1..]));

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(allowed, answer.Content.Headers.Allow.Count == 0 ? null : string.Join(", ", answer.Content.Headers.Allow));
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        if ((int)status >= 400) Assert.Contains("\"error_code\":", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_assistant_lists_the_tools_through_the_worker()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/{Routes.Mcp}")
        {
            Content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        using var answer = await host.SendAsync(nameof(Routes.Mcp), request);

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("\"name\":\"query_records\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<HttpStatusCode> AskForDataAsync(string door, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/{Routes.OpenDataRequest}")
        {
            Content = new StringContent(
                """{"title":"Bus arrival times","wanted":"Arrivals of all city buses by stop.","group":"citizen"}""",
                Encoding.UTF8,
                "application/json"),
        };
        request.Headers.Add("X-Azure-FDID", door);
        request.Headers.Add("X-Azure-SocketIP", address);
        request.Headers.Add("X-Forwarded-For", "203.0.113.200");
        using var answer = await host.SendAsync(nameof(Routes.OpenDataRequest), request);
        return answer.StatusCode;
    }

    [Fact]
    public async Task A_drop_that_the_host_gave_up_is_tried_once_more_whatever_lies_there_now()
    {
        const string Path = "seoul/hopeless/parks.csv";
        await DropAsync(Path, "name,area\nBukhan,7992\n");
        // As the host's storage extension writes it when it moves a drop's message to the poison queue.
        var message = new JsonObject
        {
            ["Type"] = "BlobTrigger",
            ["FunctionId"] = "Host.Functions.IngestOnEvent",
            ["BlobType"] = "BlockBlob",
            ["ContainerName"] = host.Storage.Incoming.Name,
            ["BlobName"] = Path,
            ["ETag"] = "\"0x8DC0000000000\"",
        };
        Assert.Equal(
            "Success", await host.InvokeAsync(nameof(IngestFunctions.RetryFailed), new JsonObject { ["json"] = message.ToJsonString() }));

        var upload = Assert.Single(await new UploadLog(host.Storage).ListAsync("seoul").ToListAsync(), upload => upload.Path == Path);
        Assert.Equal(UploadState.Published, upload.State);
    }

    [Fact]
    public async Task A_drop_that_waited_is_ingested()
    {
        const string Path = "seoul/waited/parks.csv";
        await DropAsync(Path, "name,area\nBukhan,7992\n");
        var notice = new JsonObject { ["json"] = $$"""{"BlobName":"{{Path}}"}""" };
        Assert.Equal("Success", await host.InvokeAsync(nameof(IngestFunctions.Retry), notice));

        var upload = Assert.Single(await new UploadLog(host.Storage).ListAsync("seoul").ToListAsync(), upload => upload.Path == Path);
        Assert.Equal(UploadState.Published, upload.State);
    }

    [Fact]
    public async Task The_timers_work()
    {
        var due = new JsonObject
        {
            ["json"] = """
                {
                  "ScheduleStatus": {
                    "Last": "2026-11-23T18:00:00+00:00", "Next": "2026-11-24T18:00:00+00:00", "LastUpdated": "2026-11-23T18:00:00+00:00"
                  },
                  "IsPastDue": false
                }
                """,
        };
        foreach (var timer in Function.OfType("timerTrigger"))
        {
            Assert.Equal("Success", await host.InvokeAsync(timer.Name, (JsonObject)due.DeepClone()));
        }

        var reports = await host.GetAsync(nameof(Routes.Reports), $"/{Routes.Reports}");
        Assert.NotEqual(0, (int)reports["total_count"]!);
    }

    private async Task<string> RecordsAsync(string id, string query = "") =>
        (await host.GetAsync(nameof(Routes.Records), $"{Explore}/datasets/{id}/records{query}", ("dataset_id", id))).ToJsonString();

    /// <summary>Drops a file.</summary>
    /// <returns>What the host tells of it.</returns>
    private async Task<JsonObject> DropAsync(string path, string content)
    {
        await host.Storage.Incoming.GetBlobClient(path).UploadAsync(BinaryData.FromString(content));
        return FunctionsHost.BlobData(host.Storage.Incoming.Name, path);
    }
}
