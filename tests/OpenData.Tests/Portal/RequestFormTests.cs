using System.Net;
using OpenData.Api.Demand;
using OpenData.Demand.Requests;
using OpenData.Tests.Api;

namespace OpenData.Tests.Portal;

/// <summary>Citizens ask for data and support others by forms, without scripts.</summary>
public sealed class RequestFormTests(FiresFixture fires) : IClassFixture<FiresFixture>, IDisposable
{
    private const string New = "/portal/ko/requests/new";

    private readonly PortalClient _portal = new(fires.Api.Http.BaseAddress!);

    public void Dispose() => _portal.Dispose();

    [Fact]
    public async Task A_request_is_asked_shown_found_and_supported_once_a_day()
    {
        using var asked = await _portal.PostAsync(New, Fields(title: "소방 용수 시설의 위치"));
        Assert.Equal(HttpStatusCode.SeeOther, asked.StatusCode);
        var own = await _portal.PageAsync(asked.Headers.Location!.OriginalString);
        var address = asked.Headers.Location.OriginalString.Split('?')[0];

        using var supported = await _portal.PostAsync(address, [("group", "citizen")]);
        using var again = await _portal.PostAsync(address, [("group", "citizen")]);
        var board = await _portal.PageAsync("/portal/ko/requests?q=%EC%9A%A9%EC%88%98&state=open");
        var similar = await _portal.PageAsync(New + "?title=%EC%9A%A9%EC%88%98%20%EC%8B%9C%EC%84%A4");

        Assert.Equal("소방 용수 시설의 위치", own.QuerySelector("h1")!.TextContent);
        Assert.NotNull(own.QuerySelector(".notice[role=status]"));
        Assert.EndsWith("done=already", supported.Headers.Location!.OriginalString, StringComparison.Ordinal); // who asks supports
        Assert.EndsWith("done=already", again.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(address, board.QuerySelector(".card a")!.GetAttribute("href"));
        Assert.Equal(address, similar.QuerySelector("#similar ~ ul a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task What_is_missing_is_said_at_its_field_and_what_was_typed_stays()
    {
        using var answer = await _portal.PostAsync(New, Fields(title: "Water", wanted: "short"));
        var page = await PortalClient.ParseAsync(answer, HttpStatusCode.BadRequest);

        Assert.Equal("Water", page.QuerySelector("#title")!.GetAttribute("value"));
        Assert.Equal("short", page.QuerySelector("#wanted")!.TextContent);
        Assert.Equal("true", page.QuerySelector("#wanted")!.GetAttribute("aria-invalid"));
        Assert.Equal(page.QuerySelector("#wanted")!.GetAttribute("aria-describedby"), page.QuerySelector(".field .fault")!.Id);
        Assert.Null(page.QuerySelector("#title")!.GetAttribute("aria-invalid"));
    }

    [Fact]
    public async Task An_agency_that_nobody_knows_is_said_with_the_nearest()
    {
        using var answer = await _portal.PostAsync(New, [.. Fields(title: "Fire engines"), ("agency", "nfaa")]);
        var page = await PortalClient.ParseAsync(answer, HttpStatusCode.BadRequest);

        Assert.Contains("nfa", page.QuerySelector("#agency-fault")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_with_personal_data_waits_and_is_shown_to_nobody()
    {
        using var answer = await _portal.PostAsync(New, Fields(title: "Call me at once", wanted: "My number is 010-1234-5678, call me."));
        var board = await _portal.PageAsync("/portal/ko/requests");

        Assert.EndsWith("done=pending", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.DoesNotContain("Call me at once", board.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_fills_in_every_field_is_not_heard()
    {
        using var answer = await _portal.PostAsync(New, [.. Fields(title: "Buy this now please"), ("website", "https://spam.example")]);
        var board = await _portal.PageAsync("/portal/ko/requests");

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.DoesNotContain("Buy this now please", board.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Origin", "null")]
    public async Task A_form_that_another_site_sends_is_refused(string header, string value)
    {
        using var answer = await _portal.PostAsync(New, Fields(title: "Sent from elsewhere"), (header, value));

        await PortalClient.ParseAsync(answer, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_page_without_a_form_takes_none()
    {
        using var answer = await _portal.PostAsync("/portal/ko/datasets", []);
        using var other = await _portal.SendAsync(HttpMethod.Post, New);

        await PortalClient.ParseAsync(answer, HttpStatusCode.MethodNotAllowed);
        await PortalClient.ParseAsync(other, HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(4, null)]
    [InlineData(5, 5)]
    public void Few_supporters_are_shown_as_few(int supporters, int? shown)
    {
        var request = new DataRequest
        {
            RequestId = "r",
            Title = "t",
            Wanted = "w",
            Group = "citizen",
            OpenedAt = default,
            SupportersByGroup = new Dictionary<string, int> { ["citizen"] = supporters, ["academia"] = 3 },
        };

        Assert.Equal(shown, PublicRequest.SupportersOf(request));
    }

    private static IEnumerable<(string, string)> Fields(
        string title, string wanted = "Where they are, and when they were last inspected.") =>
        [("title", title), ("wanted", wanted), ("purpose", ""), ("group", "citizen")];
}
