using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using OpenData.Access;
using OpenData.Catalog;
using OpenData.Ingest.Publishing;
using OpenData.Tests.Api;

namespace OpenData.Tests.Portal;

/// <summary>An official signs in, uploads, reads what became of it and describes the dataset, in a browser without scripts.</summary>
public sealed class DeskTests(FiresFixture fires) : IClassFixture<FiresFixture>, IDisposable
{
    private readonly PortalClient _portal = new(fires.Api.Http.BaseAddress!);

    public void Dispose() => _portal.Dispose();

    [Fact]
    public async Task A_malformed_file_is_explained_and_the_mended_one_is_published()
    {
        var (cookie, token) = await SignInAsync("lakes");

        var bad = await UploadAsync(cookie, token, "levels", "수위.xlsx", "PK\u0003\u0004 cut off");
        Assert.NotNull(await ReceiveAsync("lakes/levels/수위.xlsx"));
        var rejected = await PageAsync(bad, cookie);
        var good = await UploadAsync(cookie, token, "levels", "수위.csv", "지점,수위\n춘천,1.5\n소양,2.25\n");
        var waiting = await PageAsync(good, cookie);
        Assert.NotNull(await ReceiveAsync("lakes/levels/수위.csv"));
        var published = await PageAsync(good, cookie);
        var desk = await PageAsync("/portal/ko/desk", cookie);

        Assert.Equal("게시되지 않았습니다", rejected.QuerySelector("h1")!.TextContent);
        Assert.NotEmpty(rejected.QuerySelectorAll(".problems li"));
        Assert.NotNull(waiting.QuerySelector("[role=status]"));
        Assert.Equal("게시되었습니다", published.QuerySelector("h1")!.TextContent);
        Assert.Contains("2행 × 2열", published.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/portal/ko/datasets/levels@lakes", published.QuerySelector("a.button")!.GetAttribute("href"));
        Assert.Equal(["published", "rejected"], desk.QuerySelectorAll("td .state").Select(state => state.ClassList[1]).Order());
    }

    [Fact]
    public async Task A_description_is_written_beside_what_the_file_says_otherwise()
    {
        var (cookie, token) = await SignInAsync("rivers");
        var file = fires.Api.Storage.Incoming.GetBlobClient("rivers/flow/dataset.json");
        await file.UploadAsync(BinaryData.FromString("""{"title":"Old","ingest":{"key":["id"]},"spatial":"Han"}"""));
        var form = await PageAsync("/portal/en/desk/datasets/flow", cookie);

        using var sent = await _portal.PostAsync(
            "/portal/en/desk/datasets/flow", [("token", token), ("title", "Flow"), ("keyword", "river, flow"), ("spatial", "")],
            ("Cookie", cookie));
        var saved = await PageAsync(sent.Headers.Location!.OriginalString, cookie);
        var written = JsonNode.Parse((await file.DownloadContentAsync()).Value.Content.ToString())!.AsObject();

        Assert.Equal("Old", form.QuerySelector("#title")!.GetAttribute("value"));
        Assert.NotNull(saved.QuerySelector(".notice[role=status]"));
        Assert.Equal("river, flow", saved.QuerySelector("#keyword")!.GetAttribute("value"));
        Assert.Equal("""{"title":"Flow","ingest":{"key":["id"]},"keyword":["river","flow"]}""", written.ToJsonString());
    }

    [Fact]
    public async Task Who_has_not_signed_in_sees_and_does_nothing()
    {
        foreach (var path in (string[])["/portal/ko/desk/uploads/x", "/portal/ko/desk/datasets/levels"])
        {
            Assert.Empty((await _portal.PageAsync(path, HttpStatusCode.Unauthorized)).QuerySelectorAll("form:not(.search)"));
        }

        using var upload = await SendFileAsync("portal-session=guessed", "x", "levels", "a.csv", "a\n1\n");
        using var describe = await _portal.PostAsync("/portal/ko/desk/datasets/levels", [("title", "x")]);
        Assert.Equal(HttpStatusCode.Unauthorized, upload.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, describe.StatusCode);
        Assert.Null((await _portal.PageAsync("/portal/ko/desk")).QuerySelector("input[type=file]"));
    }

    [Fact]
    public async Task A_key_that_is_no_agencys_does_not_open_the_desk()
    {
        var keys = fires.Api.Services.GetRequiredService<KeyStore>();
        foreach (var key in (string[])["", "wrong", await keys.IssueAsync(new NewKey("app", KeyKind.Client, []))])
        {
            using var answer = await _portal.PostAsync("/portal/en/desk", [("key", key)]);
            var page = await PortalClient.ParseAsync(answer, HttpStatusCode.Unauthorized);
            Assert.NotNull(page.QuerySelector(".fault"));
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }
    }

    [Fact]
    public async Task A_session_is_new_at_each_sign_in_read_by_no_script_and_ends_when_one_signs_out()
    {
        using var fixedBefore = await SignInAnswerAsync("wells", "portal-session=chosen-by-somebody-else");
        var header = fixedBefore.Headers.GetValues("Set-Cookie").Single();
        var cookie = header.Split(';')[0];
        var token = (await PageAsync("/portal/en/desk", cookie)).QuerySelector("input[name=token]")!.GetAttribute("value")!;

        using var signedOut = await _portal.PostAsync("/portal/en/desk", [("action", "sign-out"), ("token", token)], ("Cookie", cookie));

        Assert.DoesNotContain("chosen", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", header, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", header, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/portal", header, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.SeeOther, signedOut.StatusCode);
        Assert.Null((await PageAsync("/portal/en/desk", cookie)).QuerySelector("input[name=token]"));
    }

    [Fact]
    public async Task A_form_without_the_sessions_token_or_of_another_site_stores_nothing()
    {
        var (cookie, token) = await SignInAsync("ponds");
        var (_, other) = await SignInAsync("ponds");

        using var without = await SendFileAsync(cookie, "", "fish", "a.csv", "a\n1\n");
        using var anothers = await SendFileAsync(cookie, other, "fish", "a.csv", "a\n1\n");
        using var foreign = await SendFileAsync(cookie, token, "fish", "a.csv", "a\n1\n", ("Sec-Fetch-Site", "cross-site"));

        Assert.All(new[] { without, anothers, foreign }, answer => Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode));
        Assert.False(await fires.Api.Storage.Incoming.GetBlobClient("ponds/fish/a.csv").ExistsAsync());
    }

    [Theory]
    [InlineData("../nfa/fires")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("..")]
    public async Task A_folder_that_is_no_name_is_refused(string dataset)
    {
        var (cookie, token) = await SignInAsync("ditches");

        using var answer = await SendFileAsync(cookie, token, dataset, "a.csv", "a\n1\n");

        await PortalClient.ParseAsync(answer, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_file_lands_in_its_agencys_folder_whatever_its_name_says()
    {
        var (cookie, token) = await SignInAsync("canals");

        using var answer = await SendFileAsync(cookie, token, "boats", "../../nfa/fires/a.csv", "a\n1\n");

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.True(await fires.Api.Storage.Incoming.GetBlobClient("canals/boats/a.csv").ExistsAsync());
    }

    [Fact]
    public async Task An_agency_sees_no_upload_of_another()
    {
        var (cookie, token) = await SignInAsync("springs");
        var upload = await UploadAsync(cookie, token, "flow", "a.csv", "a\n1\n");
        Assert.NotNull(await ReceiveAsync("springs/flow/a.csv"));
        var (others, _) = await SignInAsync("wells");

        var page = await PageAsync(upload, others);

        Assert.DoesNotContain("a.csv", page.Body!.TextContent, StringComparison.Ordinal);
    }

    private async Task<Upload?> ReceiveAsync(string path) =>
        await fires.Api.Services.GetRequiredService<DropReceiver>().ReceiveAsync(path, CancellationToken.None);

    private async Task<HttpResponseMessage> SignInAnswerAsync(string agency, string cookie = "")
    {
        var key = await fires.Api.Services.GetRequiredService<KeyStore>().IssueAsync(NewKey.OfAgency(agency));
        return await _portal.PostAsync("/portal/ko/desk", [("key", $" {key} ")], ("Cookie", cookie));
    }

    private async Task<(string Cookie, string Token)> SignInAsync(string agency)
    {
        using var answer = await SignInAnswerAsync(agency);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        var desk = await PageAsync("/portal/ko/desk", cookie);
        return (cookie, desk.QuerySelector("input[name=token]")!.GetAttribute("value")!);
    }

    private async Task<IDocument> PageAsync(string path, string cookie)
    {
        using var answer = await _portal.SendAsync(HttpMethod.Get, path, ("Cookie", cookie));
        return await PortalClient.ParseAsync(answer);
    }

    // The address of the upload's page.
    private async Task<string> UploadAsync(string cookie, string token, string dataset, string file, string content)
    {
        using var answer = await SendFileAsync(cookie, token, dataset, file, content);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    private async Task<HttpResponseMessage> SendFileAsync(
        string cookie, string token, string dataset, string file, string content, params (string Name, string Value)[] headers)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(token), "token" }, { new StringContent(dataset), "dataset" },
        };
        var bytes = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        bytes.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"file\"", FileNameStar = file };
        form.Add(bytes);
        return await _portal.SendAsync("/portal/ko/desk/upload", form, [("Cookie", cookie), .. headers]);
    }
}
