using System.Net;
using Microsoft.Extensions.Time.Testing;
using OpenData.Access;
using OpenData.Catalog;
using OpenData.Lake;

namespace OpenData.Tests.Api.Publication;

/// <summary>One store and one check of keys, and what each kind opens.</summary>
public sealed class KeyTests
{
    private const string Restricted = $"{TestApi.Explore}/datasets/plans@nfa/records";

    [Theory]
    [InlineData("Authorization", "ApiKey {0}")]
    [InlineData("Authorization", "apikey {0}")]
    [InlineData("x-agency-key", "{0}")]
    [InlineData(null, "?apikey={0}")]
    public async Task A_granted_client_reads_a_restricted_dataset_wherever_its_key_stands_and_no_other_does(string? header, string form)
    {
        await using var api = await StartAsync();
        var keys = Keys(api);
        var granted = await keys.IssueAsync(new NewKey("water-watch", KeyKind.Client, []));
        var other = await keys.IssueAsync(new NewKey("somebody", KeyKind.Client, []));

        Assert.Equal(HttpStatusCode.OK, await AskAsync(api, header, string.Format(null, form, granted)));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(api, header, string.Format(null, form, other)));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(api, header, string.Format(null, form, granted + "0")));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(api, null, ""));
        await keys.RevokeAsync("water-watch");
    }

    [Fact]
    public async Task A_key_that_acts_for_somebody_is_refused_in_an_address_where_logs_keep_it()
    {
        await using var api = await StartAsync();
        foreach (var wanted in new[] { NewKey.OfAgency("nfa"), NewKey.OfAgency("planning"), new NewKey("board", KeyKind.Approver, ["*"]) })
        {
            var key = await Keys(api).IssueAsync(wanted);

            Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(api, null, $"?apikey={key}"));
        }
    }

    [Fact]
    public async Task A_rotated_key_overlaps_with_the_next_and_then_ends_and_an_expired_one_is_no_key()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero));
        var store = new KeyStore(await TestStorage.CreateAsync(), new OpenDataSettings(), time);
        var first = await store.IssueAsync(NewKey.OfAgency("nfa"));
        time.Advance(TimeSpan.FromSeconds(1));
        var second = (await store.RotateAsync("nfa", TimeSpan.FromDays(7)))!;
        var brief = await store.IssueAsync(new NewKey("brief", KeyKind.Client, [], time.GetUtcNow().AddDays(1)));

        Assert.Equal(("nfa", "nfa", "brief"), await NamesAsync());
        time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(("nfa", "nfa", null), await NamesAsync());
        time.Advance(TimeSpan.FromDays(6));
        Assert.Equal((null, "nfa", null), await NamesAsync());
        Assert.Null(await store.RotateAsync("brief", TimeSpan.Zero));

        async Task<(string?, string?, string?)> NamesAsync() =>
            ((await store.FindAsync(first))?.Name, (await store.FindAsync(second))?.Name, (await store.FindAsync(brief))?.Name);
    }

    [Fact]
    public async Task A_name_that_grants_go_by_cannot_be_taken_by_a_key_of_another_kind()
    {
        var store = new KeyStore(await TestStorage.CreateAsync(), new OpenDataSettings(), TimeProvider.System);
        await store.IssueAsync(new NewKey("water-watch", KeyKind.Client, []));

        await Assert.ThrowsAsync<ArgumentException>(() => store.IssueAsync(NewKey.OfAgency("water-watch")));
        await Assert.ThrowsAsync<ArgumentException>(() => store.IssueAsync(new NewKey("board", KeyKind.Approver, [])));
        await Assert.ThrowsAsync<ArgumentException>(() => store.IssueAsync(new NewKey("x", KeyKind.Agency, ["planning"])));
    }

    [Fact]
    public async Task The_keys_of_the_setting_are_clients_and_one_of_an_earlier_release_is_its_agency()
    {
        var storage = await TestStorage.CreateAsync();
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("old.key"u8));
        await storage.Keys.AddEntityAsync(new Azure.Data.Tables.TableEntity("key", hash) { ["Agency"] = "nfa" });
        var store = new KeyStore(storage, new OpenDataSettings { ApiKeys = "one; two" }, TimeProvider.System);

        Assert.Equal(KeyKind.Client, (await store.FindAsync("two"))!.Kind);
        Assert.Null(await store.FindAsync("on"));
        var old = (await store.FindAsync("old.key"))!;
        Assert.Equal(("nfa", KeyKind.Agency, "nfa"), (old.Name, old.Kind, old.Scope.Single()));
    }

    [Theory]
    [InlineData(null, 401, false)]
    [InlineData("client", 403, false)]
    [InlineData("another agency", 403, false)]
    [InlineData("its agency", 200, true)]
    [InlineData("approver", 200, true)]
    [InlineData("planners", 200, true)]
    public async Task Uploads_are_their_agencys_own(string? viewer, int status, bool reads)
    {
        await using var api = await StartAsync();
        var upload = new Upload
        {
            UploadId = "1-1",
            Agency = "nfa",
            Dataset = "plans",
            Path = "nfa/plans/secret-name.csv",
            ETag = "1",
            Bytes = 1,
            DroppedAt = DateTimeOffset.UnixEpoch,
            State = UploadState.Rejected,
            Problems = [new Problem("x", Severity.Error, "A cell is wrong.", "Mend it.") { RawValue = "secret-value" }],
            ProblemCount = 1,
        };
        await new UploadLog(api.Storage).WriteAsync(upload);
        var key = viewer switch
        {
            "client" => await Keys(api).IssueAsync(new NewKey("client", KeyKind.Client, [])),
            "another agency" => await Keys(api).IssueAsync(NewKey.OfAgency("molit")),
            "its agency" => await Keys(api).IssueAsync(NewKey.OfAgency("nfa")),
            "approver" => await Keys(api).IssueAsync(new NewKey("board", KeyKind.Approver, ["nfa"])),
            "planners" => await Keys(api).IssueAsync(NewKey.OfAgency("planning")),
            _ => null,
        };

        var (listed, list) = await ReadAsync("/api/uploads/nfa");
        var (shown, page) = await ReadAsync("/api/uploads/nfa/1-1");

        Assert.Equal((200, status), (listed, shown));
        Assert.Contains("\"states\":{\"rejected\":1}", list, StringComparison.Ordinal);
        Assert.Equal((reads, reads), (list.Contains("secret", StringComparison.Ordinal), page.Contains("secret-value",
            StringComparison.Ordinal)));

        async Task<(int Status, string Body)> ReadAsync(string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (key is not null) request.Headers.Add("x-agency-key", key);
            using var answer = await api.Http.SendAsync(request);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
    }

    private static KeyStore Keys(TestApi api) => new(api.Storage, new OpenDataSettings(), TimeProvider.System);

    private static async Task<HttpStatusCode> AskAsync(TestApi api, string? header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, header is null ? Restricted + value : Restricted);
        if (header is not null) request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await api.Http.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task<TestApi> StartAsync()
    {
        var api = await TestApi.StartAsync();
        await TestDatasets.PublishAsync(
            api.Storage, "plans@nfa", ["SELECT 1 AS n"], [TestDatasets.Field("n", FieldType.Int)],
            new DatasetMetadata { AccessRights = "restricted", Grants = ["water-watch"] });
        return api;
    }
}
