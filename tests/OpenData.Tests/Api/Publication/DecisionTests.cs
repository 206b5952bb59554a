using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenData.Access;
using OpenData.Api.Pipeline;
using OpenData.Catalog;
using OpenData.Ingest.Publishing;
using OpenData.Lake;

namespace OpenData.Tests.Api.Publication;

/// <summary>Approval, withdrawal and purge, from a drop to what the public is answered.</summary>
public sealed class DecisionTests
{
    private const string Id = "staff@nfa";
    private const string Records = $"{TestApi.Explore}/datasets/{Id}/records";
    private const string Decisions = $"/api/publication/{Id}";

    [Fact]
    public async Task What_an_agency_drops_waits_until_somebody_else_approves_it()
    {
        await using var api = await TestApi.StartAsync();
        await api.Storage.Planning.UploadBlobAsync("publication.json", BinaryData.FromString("""{"approval": ["nfa"]}"""));
        var (agency, approver) = await KeysAsync(api);
        var first = await DropAsync(api, "n\n1\n");

        Assert.Equal(UploadState.Pending, first.State);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(api, Records, null)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(api, $"{Records}?version={first.Version}", null)).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(api, $"{Records}?version={first.Version}", approver)).Status); // the preview
        Assert.Contains(
            "\"state\":\"pending\"", (await GetAsync(api, Decisions, approver)).Body, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Forbidden, await DecideAsync(api, agency, new
        {
            action = "approve",
            version = first.Version,
            note = "mine"
        }));
        Assert.Equal(HttpStatusCode.Conflict, await DecideAsync(api, approver, new
        {
            action = "approve",
            version = "20260101T000000000Z-0"
        }));
        Assert.Equal(HttpStatusCode.OK, await DecideAsync(api, approver, new { action = "approve", version = first.Version }));
        Assert.Equal(HttpStatusCode.Conflict, await DecideAsync(api, approver, new { action = "approve", version = first.Version }));
        await WaitAsync(async () => await CountAsync(api) == 1);

        var second = await DropAsync(api, "n\n1\n2\n");
        Assert.Equal((UploadState.Pending, 1), (second.State, await CountAsync(api)));
        Assert.Contains("\"rows_served\":1", (await GetAsync(api, Decisions, approver)).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await DecideAsync(api, approver, new
        {
            action = "refuse",
            version = second.Version,
            note = "Row 2 is wrong."
        }));
        Assert.Equal(1, await CountAsync(api));
        var refused = (await new UploadLog(api.Storage).FindAsync("nfa", second.UploadId))!;
        Assert.Equal((UploadState.Rejected, "version-refused"), (refused.State, refused.Problems[0].Code));

        var log = await new AuditLog(api.Storage, TimeProvider.System).ListAsync(DateOnly.FromDateTime(DateTime.UtcNow)).ToListAsync();
        AuditedAction[] expected = [AuditedAction.Hold, AuditedAction.Approve, AuditedAction.Hold, AuditedAction.Refuse];
        Assert.Equal(expected, log.Select(line => line.Action));
        Assert.All(log.Where(line => line.Action == AuditedAction.Approve), line =>
            Assert.StartsWith("key board ", line.By, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rules_that_cannot_be_read_let_nothing_through_and_dataset_json_does_not_go_past_the_approver()
    {
        await using var api = await TestApi.StartAsync();
        await DropAsync(api, """{"access_rights": "non_public"}""", "dataset.json");
        await DropAsync(api, "n\n1\n");
        await api.Storage.Planning.UploadBlobAsync("publication.json", BinaryData.FromString("{ broken"));

        Assert.Equal(UploadState.Rejected, (await DropAsync(api, """{"access_rights": "public"}""", "dataset.json")).State);
        Assert.Equal(UploadState.Rejected, (await DropAsync(api, "{}", "dataset.json")).State);
        Assert.Equal(UploadState.Pending, (await DropAsync(api, "n\n1\n2\n")).State);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(api, Records, null)).Status);
    }

    [Fact]
    public async Task A_version_is_withdrawn_with_every_later_one_that_has_its_rows_and_the_one_before_is_served()
    {
        await using var api = await TestApi.StartAsync();
        var (_, approver) = await KeysAsync(api);
        await DropAsync(api, """{"ingest": {"update_mode": "append"}}""", "dataset.json");
        await DropAsync(api, "n\n1\n", "a.csv");
        var second = await DropAsync(api, "n\n2\n", "b.csv");
        var third = await DropAsync(api, "n\n3\n", "c.csv");
        Assert.Equal(3, await CountAsync(api));

        Assert.Equal(HttpStatusCode.BadRequest, await DecideAsync(api, approver, new
        {
            action = "withdraw",
            version = second.Version,
            reason = "error"
        }));
        Assert.Equal(
            HttpStatusCode.OK, await DecideAsync(api, approver, new
            {
                action = "withdraw",
                version = second.Version,
                reason = "error",
                note = "Wrong."
            }));

        await WaitAsync(async () => await CountAsync(api) == 1);
        Assert.Equal(HttpStatusCode.Gone, (await GetAsync(api, $"{Records}?version={second.Version}", null)).Status);
        Assert.Equal(HttpStatusCode.Gone, (await GetAsync(api, $"{Records}?version={third.Version}", null)).Status);
        Assert.Equal(UploadState.Held, (await DropAsync(api, "n\n2\n", "again.csv")).State); // the same bytes under another name
    }

    [Fact]
    public async Task A_purged_dataset_leaves_no_byte_no_title_and_no_value_and_its_name_is_not_used_again()
    {
        await using var api = await TestApi.StartAsync();
        var (agency, approver) = await KeysAsync(api);
        await DropAsync(api, """{"title": "Secret title"}""", "dataset.json");
        await DropAsync(api, "n,d\n1,2026-01-01\n2,2026-02-30\n");
        await DropAsync(api, "\u0001\0\u0002", "broken.xlsx");

        Assert.Equal(HttpStatusCode.Forbidden, await DecideAsync(api, agency, new { action = "purge", note = "x" }));
        Assert.Equal(HttpStatusCode.Conflict, await DecideAsync(api, approver, new { action = "purge", note = "x" }));
        Assert.Equal(HttpStatusCode.OK, await DecideAsync(api, agency, new { action = "withdraw", reason = "privacy", note = "Names." }));
        await WaitAsync(async () => (await GetAsync(api, Records, null)).Status == HttpStatusCode.Gone);
        Assert.Contains("Secret title", (await GetAsync(api, Records, null)).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await DecideAsync(api, approver, new { action = "purge", note = "Names." }));
        Assert.Equal(HttpStatusCode.OK, await DecideAsync(api, approver, new { action = "purge", note = "Once more." }));

        var purge = api.Services.GetRequiredService<Purge>();
        Assert.Empty(await purge.VerifyAsync(DatasetId.Parse(Id)));
        await WaitAsync(async () => !(await GetAsync(api, Records, null)).Body.Contains("Secret", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Gone, (await GetAsync(api, Records, approver)).Status);
        Assert.Equal(HttpStatusCode.Conflict, await DecideAsync(api, approver, new { action = "restore", note = "x" }));
        var again = await DropAsync(api, "n\n1\n", "new.csv");
        Assert.Equal((UploadState.Rejected, "dataset-purged"), (again.State, again.Problems[0].Code));
    }

    [Fact]
    public async Task A_withdrawn_dataset_is_restored_with_what_was_dropped_meanwhile()
    {
        await using var api = await TestApi.StartAsync();
        var (agency, _) = await KeysAsync(api);
        await DropAsync(api, "n\n1\n");
        await DecideAsync(api, agency, new { action = "withdraw", reason = "error", note = "Wrong." });
        await DropAsync(api, "n\n1\n2\n");
        await WaitAsync(async () => (await GetAsync(api, Records, agency)).Status == HttpStatusCode.Gone);
        Assert.Equal(HttpStatusCode.OK, await DecideAsync(api, agency, new { action = "restore", note = "Mended." }));

        await WaitAsync(async () => await CountAsync(api) == 2);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("nfa", HttpStatusCode.Forbidden)]
    [InlineData("planning", HttpStatusCode.OK)]
    public async Task The_audit_log_is_the_planners(string? agency, HttpStatusCode expected)
    {
        await using var api = await TestApi.StartAsync();
        var key = agency is null ? null : await Keys(api).IssueAsync(NewKey.OfAgency(agency));
        await DropAsync(api, "n\n1\n");

        var answer = await GetAsync(api, "/api/audit", key);

        Assert.Equal(expected, answer.Status);
        if (expected == HttpStatusCode.OK) Assert.Contains("nfa/staff/data.csv", answer.Body, StringComparison.Ordinal);
    }

    private static async Task<(string Agency, string Approver)> KeysAsync(TestApi api) => (
        await Keys(api).IssueAsync(NewKey.OfAgency("nfa")), await Keys(api).IssueAsync(new NewKey("board", KeyKind.Approver, ["nfa"])));

    private static KeyStore Keys(TestApi api) => new(api.Storage, new OpenDataSettings(), TimeProvider.System);

    private static async Task<Upload> DropAsync(TestApi api, string content, string file = "data.csv")
    {
        await api.Storage.Incoming.GetBlobClient($"nfa/staff/{file}").UploadAsync(BinaryData.FromString(content), overwrite: true);
        return (await api.Services.GetRequiredService<Ingestor>().IngestAsync($"nfa/staff/{file}"))!;
    }

    private static async Task<HttpStatusCode> DecideAsync(TestApi api, string key, object decision)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Decisions)
        {
            Content = new StringContent(JsonSerializer.Serialize(decision), Encoding.UTF8, "application/json"),
        };
        request.Headers.Add(RequestHeaders.AgencyKey, key);
        using var answer = await api.Http.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task<(HttpStatusCode Status, string Body)> GetAsync(TestApi api, string path, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null) request.Headers.Add(RequestHeaders.AgencyKey, key);
        using var answer = await api.Http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<int> CountAsync(TestApi api)
    {
        var (status, body) = await GetAsync(api, Records, null);
        return status == HttpStatusCode.OK ? JsonDocument.Parse(body).RootElement.GetProperty("total_count").GetInt32() : -1;
    }

    // What the catalogue said is believed for a second.
    private static async Task WaitAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 600; i++)
        {
            if (await condition()) return;
            await Task.Delay(100);
        }

        Assert.Fail("It did not come to pass within a minute.");
    }
}
