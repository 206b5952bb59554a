using System.Net;
using System.Text;
using Mono.Cecil;
using OpenData.Api.Pipeline;
using OpenData.Api.Reference;
using OpenData.Api.Routing;
using OpenData.Catalog.Publication;
using OpenData.Lake;

namespace OpenData.Tests.Api.Publication;

/// <summary>
/// Every route shows each viewer what <see cref="VisibilityTable"/> says and nothing else. Routes are taken from the route table itself,
/// so that a new one
/// that is not listed here, or does not ask, fails.
/// </summary>
public sealed class VisibilityTests(PublicationStates states) : IClassFixture<PublicationStates>
{
    /// <summary>Which part of a dataset each route with a dataset's id shows.</summary>
    private static readonly Dictionary<string, DatasetParts> PartOf = new(StringComparer.Ordinal)
    {
        [nameof(Routes.Dataset)] = DatasetParts.Metadata,
        [nameof(Routes.Records)] = DatasetParts.Records,
        [nameof(Routes.Record)] = DatasetParts.Records,
        [nameof(Routes.Facets)] = DatasetParts.Records,
        [nameof(Routes.Exports)] = DatasetParts.Records,
        [nameof(Routes.Export)] = DatasetParts.Records,
        [nameof(Routes.Attachments)] = DatasetParts.Original,
        [nameof(Routes.Attachment)] = DatasetParts.Original,
        [nameof(Routes.Feedback)] = DatasetParts.Metadata,
    };

    /// <summary>Routes with a dataset's id on which keys act; without one they tell nothing.</summary>
    private static readonly string[] Acting = [nameof(Routes.Waiting), nameof(Routes.DecidePublication)];

    public static TheoryData<string> Datasets => [.. PublicationStates.Names];

    [Fact]
    public void Every_route_with_a_dataset_is_held_to_the_table() => Assert.Equal(
        ApiRoutes.All.Where(route => route.Path.Contains("{dataset_id}", StringComparison.Ordinal)).Select(route => route.Name).Order(),
        PartOf.Keys.Concat(Acting).Order());

    [Fact]
    public async Task Routes_on_which_keys_act_answer_those_without_one_alike_whatever_there_is()
    {
        foreach (var route in ApiRoutes.All.Where(route => Acting.Contains(route.Name)))
        {
            var answers = new HashSet<string>(StringComparer.Ordinal);
            foreach (var name in PublicationStates.Names.Append("there-is-no-such"))
            {
                using var answer = await SendAsync(new HttpMethod(route.Verbs.First()), Fill(route, $"{name}@nfa", "1"), null);
                answers.Add($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            }

            Assert.StartsWith(route.Name == nameof(Routes.Waiting) ? "401" : "400", Assert.Single(answers), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Datasets))]
    public async Task A_route_shows_each_viewer_what_the_table_says(string name)
    {
        var entry = await states.EntryAsync(name);
        foreach (var (viewer, key) in states.Keys)
        {
            var visible = Visibility.Of(entry, PublicationStates.ViewerOf(viewer), DateTimeOffset.UtcNow);
            Assert.Equal(PublicationStates.StateOf(name), visible.State);
            foreach (var route in ApiRoutes.All.Where(route => PartOf.ContainsKey(route.Name)))
            {
                var part = PartOf[route.Name];
                var isPublicOnly = route.Name == nameof(Routes.Feedback); // which asks what everybody may know
                var expected = visible.Parts.HasFlag(DatasetParts.Tombstone) ? isPublicOnly ? HttpStatusCode.NotFound : HttpStatusCode.Gone
                    : !(isPublicOnly ? visible.PublicParts : visible.Parts).HasFlag(DatasetParts.Metadata) ? HttpStatusCode.NotFound
                    : !visible.Parts.HasFlag(part) ? HttpStatusCode.Forbidden
                    : HttpStatusCode.OK;
                foreach (var verb in route.Verbs)
                {
                    using var answer = await SendAsync(new HttpMethod(verb), Fill(route, entry.Id.ToString(), entry.Current!.Version), key);
                    var body = await answer.Content.ReadAsStringAsync();
                    var what = $"{viewer}, {verb} {route.Name}: {(int)answer.StatusCode} {body}";

                    if (expected == HttpStatusCode.OK && route.Name == nameof(Routes.Feedback)) expected = HttpStatusCode.Created;
                    Assert.True(answer.StatusCode == expected, $"{(int)expected} was expected for {what}");
                    if (!visible.Parts.HasFlag(DatasetParts.Records))
                    {
                        Assert.DoesNotContain(PublicationStates.Secret, body, StringComparison.Ordinal);
                    }

                    if (visible.Parts == DatasetParts.None) Assert.DoesNotContain("title-of", body, StringComparison.Ordinal);
                    if (visible.Parts != visible.PublicParts || expected >= HttpStatusCode.BadRequest)
                    {
                        Assert.True(answer.Headers.CacheControl!.NoStore, what);
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Datasets))]
    public async Task What_is_unknown_to_somebody_answers_like_what_is_not_there(string name)
    {
        var entry = await states.EntryAsync(name);
        if (Visibility.Of(entry, Viewer.Anybody, DateTimeOffset.UtcNow).Parts != DatasetParts.None) return;
        foreach (var route in ApiRoutes.All.Where(route => PartOf.ContainsKey(route.Name) && route.Verbs.Contains("GET")))
        {
            using var hidden = await SendAsync(HttpMethod.Get, Fill(route, entry.Id.ToString(), entry.Current!.Version), null);
            using var missing = await SendAsync(HttpMethod.Get, Fill(route, "there-is-no-such@nfa", entry.Current.Version), null);

            Assert.Equal(missing.StatusCode, hidden.StatusCode);
            Assert.Equal(Headers(missing), Headers(hidden));
            Assert.Equal(
                (await missing.Content.ReadAsStringAsync()).Replace("there-is-no-such@nfa", "?", StringComparison.Ordinal),
                (await hidden.Content.ReadAsStringAsync()).Replace(entry.Id.ToString(), "?", StringComparison.Ordinal));
        }

        static IEnumerable<string> Headers(HttpResponseMessage answer) =>
            answer.Headers.Concat(answer.Content.Headers).Where(header =>
                header.Key is not ("Date" or "Content-Length" or "X-RateLimit-Remaining"))
                .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order();
    }

    [Fact]
    public async Task Lists_counts_searches_and_harvests_hold_what_everybody_may_know()
    {
        var listed = new List<string>();
        foreach (var name in PublicationStates.Names)
        {
            var entry = await states.EntryAsync(name);
            if (Visibility.Of(entry, Viewer.Anybody, DateTimeOffset.UtcNow).Allows(DatasetParts.Listed)) listed.Add(name);
        }

        Assert.Equal(["open", "restricted", "closed", "unreadable"], listed);
        var shared = ApiRoutes.All.Where(route =>
            !route.Path.Contains("{dataset_id}", StringComparison.Ordinal) && route.Verbs.Contains("GET"));
        foreach (var route in shared.Where(route => route.Path.StartsWith(Routes.Catalog, StringComparison.Ordinal)))
        {
            var formats = route.Parameters.FirstOrDefault(one => one.Name == "format")?.OneOf ?? [""];
            foreach (var format in formats.Where(format => format is not "xlsx"))
            {
                foreach (var (viewer, key) in states.Keys)
                {
                    var path = "/" + route.Path.Replace("{format}", format, StringComparison.Ordinal);
                    using var answer = await SendAsync(HttpMethod.Get, path, key);
                    var body = await answer.Content.ReadAsStringAsync();

                    Assert.True(answer.IsSuccessStatusCode, body);
                    Assert.DoesNotContain(PublicationStates.Secret, body, StringComparison.Ordinal);
                    foreach (var name in PublicationStates.Names.Except(listed))
                    {
                        Assert.False(body.Contains($"{name}@nfa", StringComparison.Ordinal), $"{path} shows {viewer} {name}");
                    }
                }
            }
        }

        var catalog = await states.Api.GetAsync($"{TestApi.Explore}/datasets");
        Assert.Equal(listed.Count, catalog.GetProperty("total_count").GetInt32());
        var shown = catalog.GetProperty("results").EnumerateArray().ToDictionary(
            one => one.GetProperty("dataset_id").GetString()!, one => one.GetProperty("data_visible").GetBoolean());
        Assert.Equal(new Dictionary<string, bool>
        {
            ["open@nfa"] = true,
            ["restricted@nfa"] = false,
            ["closed@nfa"] = false,
            ["unreadable@nfa"] = false
        }, shown);
        Assert.Equal(0, (await states.Api.GetAsync($"{TestApi.Explore}/datasets?where=search(\"embargoed\")")).GetProperty(
            "total_count").GetInt32());
    }

    [Fact]
    public async Task A_conditional_request_tells_nothing_of_what_may_not_be_read()
    {
        foreach (var name in new[] { "restricted", "embargoed" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{TestApi.Explore}/datasets/{name}@nfa/records");
            request.Headers.IfNoneMatch.Add(System.Net.Http.Headers.EntityTagHeaderValue.Any);
            request.Headers.IfModifiedSince = DateTimeOffset.UtcNow;
            using var answer = await states.Api.Http.SendAsync(request);

            Assert.NotEqual(HttpStatusCode.NotModified, answer.StatusCode);
            Assert.Null(answer.Headers.ETag);
        }
    }

    [Fact]
    public async Task A_page_that_was_computed_for_a_holder_is_not_shown_to_others()
    {
        const string Path = $"{TestApi.Explore}/datasets/restricted@nfa/records?limit=7";
        using var holder = await SendAsync(HttpMethod.Get, Path, states.Keys["its agency"]);
        using var other = await SendAsync(HttpMethod.Get, Path, null);

        Assert.Contains(PublicationStates.Secret, await holder.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
    }

    [Theory]
    [InlineData("describe_dataset", "restricted", false)]
    [InlineData("query_records", "restricted", false)]
    [InlineData("query_records", "closed", false)]
    [InlineData("describe_dataset", "embargoed", false)]
    [InlineData("query_records", "withdrawn", false)]
    [InlineData("query_records", "open", true)]
    public async Task Assistants_are_shown_no_more_than_others(string tool, string name, bool reads)
    {
        var message = System.Text.Json.JsonSerializer.Serialize(new
        {
            jsonrpc = "2.0",
            id = 1,
            method = "tools/call",
            @params = new { name = tool, arguments = new { dataset_id = $"{name}@nfa" } },
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/mcp")
        {
            Content = new StringContent(message, Encoding.UTF8,
            "application/json")
        };
        request.Headers.Add("Accept", "application/json, text/event-stream");
        using var answer = await states.Api.Http.SendAsync(request);

        Assert.Equal(reads, (await answer.Content.ReadAsStringAsync()).Contains(PublicationStates.Secret, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Category", "Unit")]
    public void Nothing_that_answers_callers_asks_the_catalogue_or_the_lake_itself()
    {
        using var api = AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, "OpenData.Api.dll"));
        var calls = from type in api.MainModule.GetTypes()
                    from method in type.Methods.Where(method => method.HasBody)
                    from instruction in method.Body.Instructions
                    where instruction.Operand is MethodReference
                    let called = (MethodReference)instruction.Operand
                    where called.DeclaringType.FullName == typeof(OpenData.Catalog.DatasetCatalog).FullName
                        || called.DeclaringType.FullName == typeof(VersionStore).FullName
                        || (called.FullName.Contains("Storage::get_Lake", StringComparison.Ordinal)
                            && !type.FullName.Contains(nameof(StorageProbe)))
                    select $"{type.FullName} calls {called.FullName}";

        Assert.Empty(calls.Distinct());
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? key)
    {
        using var request = new HttpRequestMessage(method, path);
        if (key is not null) request.Headers.Add(RequestHeaders.AgencyKey, key);
        if (method == HttpMethod.Post)
        {
            var body = path.EndsWith("/feedback", StringComparison.Ordinal) ? """{"kind":"problem","text":"row twelve is wrong"}""" : "{}";
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return await states.Api.Http.SendAsync(request);
    }

    private static string Fill(ApiRoute route, string id, string version) => "/" + route.Path
        .Replace("{dataset_id}", id, StringComparison.Ordinal).Replace("{record_id}", $"{version}-0", StringComparison.Ordinal)
        .Replace("{format}", "csv", StringComparison.Ordinal).Replace("{attachment_id}", "data.csv", StringComparison.Ordinal);
}
