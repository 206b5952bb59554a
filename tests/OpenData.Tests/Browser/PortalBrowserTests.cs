using System.Text;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OpenData.Access;
using OpenData.Ingest.Publishing;

namespace OpenData.Tests.Browser;

/// <summary>The pages in a real browser: accessible, of any width, by the keyboard alone, and without scripts.</summary>
[Trait("Category", "Browser")]
public sealed class PortalBrowserTests(BrowserFixture portal) : IClassFixture<BrowserFixture>
{
    private static readonly Encoding Korean = CodePagesEncodingProvider.Instance.GetEncoding(949)!;

    private static readonly string[] Pages =
    [
        "", "/datasets", "/datasets?q=nothing-has-this", "/datasets/fires@nfa", "/datasets/fires@nfa/table?f.casualties=many",
        "/datasets/fires@nfa/table?sort=day", "/datasets/fires@nfa/api", "/requests", "/requests/new", "/requests/new?title=fire%20engines",
        "/plan", "/developers", "/desk", "/nothing",
    ];

    [BrowserFact]
    public async Task No_page_violates_a_rule_of_accessibility()
    {
        var page = await portal.OpenAsync();
        var violations = new List<string>();
        foreach (var address in Addresses().Where(address => address.StartsWith("/portal/ko", StringComparison.Ordinal)))
        {
            await page.GotoAsync(address);
            var found = await page.RunAxe();
            violations.AddRange(found.Violations.Select(
                rule => $"{address}: {rule.Id}: {rule.Help}: {string.Join("; ", rule.Nodes.Select(node => node.Html))}"));
        }

        await page.Context.CloseAsync();
        Assert.True(violations.Count == 0, string.Join('\n', violations));
    }

    [BrowserFact]
    public async Task No_page_is_wider_than_its_window()
    {
        var wide = new List<string>();
        foreach (var width in (int[])[320, 768, 1280])
        {
            var page = await portal.OpenAsync(width);
            foreach (var address in Addresses())
            {
                await page.GotoAsync(address);
                var needed = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
                if (needed > width) wide.Add($"{address} needs {needed} of {width} pixels");
            }

            await page.Context.CloseAsync();
        }

        Assert.True(wide.Count == 0, string.Join('\n', wide));
    }

    [BrowserFact]
    public async Task With_the_keyboard_alone_one_comes_from_the_search_to_a_download()
    {
        var page = await portal.OpenAsync();
        await page.GotoAsync("/portal/ko");

        await TabToAsync(page, "#q");
        await page.Keyboard.TypeAsync("화재");
        await FollowAsync(page, "#results");
        await TabToAsync(page, ".card a");
        await FollowAsync(page, ".downloads");
        await TabToAsync(page, ".downloads a");
        var download = await page.RunAndWaitForDownloadAsync(() => page.Keyboard.PressAsync("Enter"));

        Assert.Equal("fires.csv", download.SuggestedFilename);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Without_scripts_one_searches_filters_and_asks()
    {
        var page = await portal.OpenAsync(scripts: false);

        await page.GotoAsync("/portal/en/datasets/fires@nfa/table");
        await page.FillAsync("#q", "서울");
        await page.ClickAsync("form.filters .search button");
        Assert.Equal(1, await page.Locator("table.records tbody tr").CountAsync());

        await page.GotoAsync("/portal/en/requests/new");
        await page.FillAsync("#title", "Positions of fire hydrants");
        await page.ClickAsync("main form button");
        await page.FillAsync("#wanted", "Where each one is, and when it was last inspected.");
        await page.SelectOptionAsync("#group", "citizen");
        await page.ClickAsync("main form[method=post] button");
        Assert.Equal("Positions of fire hydrants", await page.Locator("h1").TextContentAsync());
        await page.ClickAsync("main form button");
        Assert.EndsWith("done=already", page.Url, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task An_official_publishes_a_file_with_a_fault_reads_where_it_is_and_publishes_the_mended_one()
    {
        var services = portal.Api.Services;
        var key = await services.GetRequiredService<KeyStore>().IssueAsync(NewKey.OfAgency("kwater"));
        var page = await portal.OpenAsync(scripts: false);
        await page.GotoAsync("/portal/ko/desk");
        await page.FillAsync("#key", key);
        await page.ClickAsync("main form button");

        await UploadAsync(Korean.GetBytes("지점,수위\n춘천,1.5\n소양\0강,2.25\n").Select(each => each == 0 ? (byte)0xff : each));
        var problem = await page.Locator(".problems").TextContentAsync();
        await BrowserFixture.PictureAsync(page, "desk-upload");
        await page.ClickAsync("a.more");
        await BrowserFixture.PictureAsync(page, "desk");
        await UploadAsync(Korean.GetBytes("지점,수위\n춘천,1.5\n소양강,2.25\n"));
        await page.ClickAsync("a.button");

        Assert.Contains("3", problem, StringComparison.Ordinal);
        Assert.Equal(2, await page.Locator("table.records tbody tr").CountAsync());
        await page.Context.CloseAsync();

        async Task UploadAsync(IEnumerable<byte> content)
        {
            await page.FillAsync("#dataset", "levels");
            await page.SetInputFilesAsync("#file", new FilePayload { Name = "수위.csv", MimeType = "text/csv", Buffer = [.. content] });
            await page.ClickAsync("form[enctype] button");
            await services.GetRequiredService<DropReceiver>().ReceiveAsync("kwater/levels/수위.csv");
            await page.ReloadAsync();
            Assert.Equal("게시되었습니다", await page.Locator("h1").TextContentAsync());
        }
    }

    [BrowserFact]
    public async Task Nothing_comes_from_another_host_and_nothing_that_a_page_needs_is_refused()
    {
        var page = await portal.OpenAsync();
        var (asked, faults) = (new List<string>(), new List<string>());
        page.Request += (_, request) => asked.Add(new Uri(request.Url).Authority);
        page.Console += (_, message) =>
        {
            if (message.Type == "error") faults.Add(message.Text);
        };
        page.RequestFailed += (_, request) => faults.Add(request.Url);

        await page.GotoAsync("/portal/ko/datasets/fires@nfa");
        await page.EvaluateAsync("document.fonts.ready.then(() => null)");
        var fonts = await page.EvaluateAsync<int>("[...document.fonts].filter(font => font.status === 'loaded').length");

        Assert.Equal([portal.Api.Http.BaseAddress!.Authority], asked.Distinct());
        Assert.Empty(faults);
        Assert.Equal(2, fonts);
        await page.Context.CloseAsync();
    }

    // Presses Enter, and waits for what only the next page has.
    private static async Task FollowAsync(IPage page, string selector)
    {
        await page.Keyboard.PressAsync("Enter");
        try
        {
            await page.WaitForSelectorAsync(selector);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Enter does not lead to {selector}: {page.Url}\n{await page.ContentAsync()}");
        }
    }

    private static IEnumerable<string> Addresses() =>
        from language in (string[])["ko", "en"]
        from page in Pages
        select $"/portal/{language}{page}";

    // Presses Tab until an element has the focus, which must then be visible.
    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var presses = 0; presses < 100; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (!await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector)) continue;
            Assert.NotEqual("none", await page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));
            return;
        }

        Assert.Fail($"100 presses of Tab do not reach {selector}.");
    }
}
