using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenData.Ingest.Publishing;
using OpenData.LocalHost;
using OpenData.LocalHost.Serving;

namespace OpenData.Tests.Api.Mcp;

/// <summary>An API with the samples in it.</summary>
public sealed class SamplesFixture : IAsyncLifetime
{
    internal TestApi Api { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Api = await TestApi.StartAsync();
        await SampleDrops.DropAsync(Api.Storage, CancellationToken.None);
        var ingestor = Api.Services.GetRequiredService<Ingestor>();
        await foreach (var drop in Api.Storage.Incoming.GetBlobsAsync()) await ingestor.IngestAsync(drop.Name);
    }

    public async Task DisposeAsync() => await Api.DisposeAsync();
}

/// <summary>What an assistant can do: the protocol's messages, and questions of citizens answered in three calls at most.</summary>
public sealed class McpTests(SamplesFixture samples) : IClassFixture<SamplesFixture>
{
    private const int MaxBytes = 12 * 1024;

    private static readonly JsonArray Questions =
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests/OpenData.Tests/Api/Mcp/questions.json")))!.AsArray();

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Questions.Count)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task A_question_is_answered_by_finding_the_dataset_and_asking_it(int number)
    {
        var question = Questions[number]!;
        var words = question["question"]!.DeepClone();
        var found = JsonNode.Parse(await CallAsync("search_datasets", new JsonObject { ["query"] = words, ["limit"] = 3 }))!;
        var id = (string)question["dataset"]!;
        Assert.Contains(found["datasets"]!.AsArray(), dataset => (string?)dataset!["dataset_id"] == id);

        var described = JsonNode.Parse(await CallAsync("describe_dataset", new JsonObject { ["dataset_id"] = id }))!;
        Assert.NotEmpty(described["fields"]!.AsArray());

        var arguments = question["arguments"]!.DeepClone().AsObject();
        arguments["dataset_id"] = id;
        var answer = await CallAsync("query_records", arguments);
        Assert.All(question["expect"]!.AsArray(), expected => Assert.Contains((string)expected!, answer, StringComparison.Ordinal));
        var source = JsonNode.Parse(answer)!["source"]!;
        Assert.All(new[] { "publisher", "license", "version", "url" }, name => Assert.NotEqual("", (string?)source[name]));
    }

    [Fact]
    public async Task The_server_introduces_itself_and_its_tools()
    {
        var initialized = await ResultAsync("initialize", new JsonObject
        {
            ["protocolVersion"] = "2025-06-18",
            ["capabilities"] = new JsonObject(),
            ["clientInfo"] = new JsonObject { ["name"] = "test", ["version"] = "1" },
        });
        Assert.Equal("OpenDataServerless", (string?)initialized["serverInfo"]!["name"]);
        Assert.Contains("search_datasets", (string?)initialized["instructions"], StringComparison.Ordinal);

        var tools = (await ResultAsync("tools/list", []))["tools"]!.AsArray();
        Assert.Equal(
            ["describe_dataset", "get_record", "get_release_plan", "list_data_requests", "query_records", "search_datasets"],
            tools.Select(tool => (string)tool!["name"]!).Order(StringComparer.Ordinal));
        Assert.All(tools, tool => Assert.True((bool)tool!["annotations"]!["readOnlyHint"]!));
    }

    [Theory]
    [InlineData("query_records", """{"dataset_id":"fire-incidents@nfa","where":"시군구 = 1"}""", "Unknown field: 시군구", "시도 (text)")]
    [InlineData("query_records", """{"dataset_id":"fire-incidents@nfa","limit":500}""", "limit is 500", "100")]
    [InlineData("query_records", """{"dataset_id":"fire-incidents@nfa","limit":"many"}""", "of the type integer", "limit must be")]
    [InlineData("query_records", """{"dataset_id":"nothing@nobody"}""", "There is no dataset 'nothing@nobody'", "search_datasets")]
    [InlineData("describe_dataset", """{"dataset":"fire-incidents@nfa"}""", "dataset_id is missing", "no argument 'dataset'")]
    [InlineData("get_record", """{"dataset_id":"fire-incidents@nfa","record_id":"1"}""", "There is no record '1'", "{version}-{row}")]
    public async Task An_error_says_what_to_do(string tool, string arguments, string expected, string hint)
    {
        var result = await ResultAsync("tools/call", new JsonObject { ["name"] = tool, ["arguments"] = JsonNode.Parse(arguments) });
        var text = (string)result["content"]![0]!["text"]!;

        Assert.True((bool)result["isError"]!);
        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.Contains(hint, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_has_an_id_and_a_long_answer_is_cut_and_says_where_to_go_on()
    {
        var page = JsonNode.Parse(
            await CallAsync("query_records", new JsonObject { ["dataset_id"] = "emergency-calls@nfa", ["limit"] = 100 }))!;
        Assert.NotNull(page["truncated"]);
        Assert.Equal(page["results"]!.AsArray().Count, (int)page["next_offset"]!);

        var version = (string)page["source"]!["version"]!;
        var record = JsonNode.Parse(await CallAsync(
            "get_record", new JsonObject { ["dataset_id"] = "emergency-calls@nfa", ["record_id"] = $"{version}-0" }))!;
        Assert.Equal(page["results"]![0]!.ToJsonString(), Assert.Single(record["results"]!.AsArray())!.ToJsonString());
    }

    [Fact]
    public async Task A_notification_is_received_a_GET_is_refused_and_what_is_no_message_is_a_400()
    {
        using var notification = await PostAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        using var get = await samples.Api.Http.GetAsync("/api/mcp");
        using var nonsense = await PostAsync("""{"hello":1}""");

        Assert.Equal(HttpStatusCode.Accepted, notification.StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, nonsense.StatusCode);
    }

    private async Task<string> CallAsync(string tool, JsonObject arguments)
    {
        var result = await ResultAsync("tools/call", new JsonObject { ["name"] = tool, ["arguments"] = arguments });
        var text = (string)result["content"]![0]!["text"]!;
        Assert.True(result["isError"] is null || !(bool)result["isError"]!, text);
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 2, MaxBytes);
        return text;
    }

    private async Task<JsonNode> ResultAsync(string method, JsonObject parameters)
    {
        var message = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = method, ["params"] = parameters };
        using var response = await PostAsync(message.ToJsonString());
        var events = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, events);
        var data = events.Split('\n').Last(line => line.StartsWith("data:", StringComparison.Ordinal));
        return JsonNode.Parse(data["data:".Length..])!["result"] ?? throw new InvalidOperationException(events);
    }

    private Task<HttpResponseMessage> PostAsync(string message)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/mcp")
        {
            Content = new StringContent(message, Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Accept.ParseAdd("text/event-stream");
        return samples.Api.Http.SendAsync(request);
    }
}
