using System.Text.Json;
using OpenData.Lake;
using OpenData.Usage;

namespace OpenData.Tests.Planning;

/// <summary>A storage with one case in it, and the figures of the report that is made of it.</summary>
internal sealed class CaseWorld
{
    private CaseWorld(Storage storage) => Storage = storage;

    public Storage Storage { get; }

    /// <summary>The report's page.</summary>
    public string Html { get; private set; } = "";

    private Dictionary<string, List<JsonElement>> Figures { get; set; } = [];

    public static async Task<CaseWorld> CreateAsync() => new(await TestStorage.CreateAsync());

    /// <summary>A plan with groups of equal weight and items without a promise.</summary>
    public static string Plan(string[] groups, string[] items, string more = "") => JsonSerializer.Serialize(new
    {
        name = "Plan",
        first_day = "2026-01-01",
        last_day = "2028-12-31",
        groups = groups.Select(group => new { id = group, name = group, weight = 1.0 / groups.Length }),
        areas = new[] { new { id = "1", name = "Area", items = items.Select(item => new { id = item, name = item, agency = "x" }) } },
    }).Insert(1, more);

    /// <summary>Survey rows of respondents of a group, the first of whom support a candidate.</summary>
    public static string Survey(string prefix, string group, int respondents, int supporters, string candidate) => string.Concat(
        Enumerable.Range(1, respondents).Select(i => $"{prefix}{i},{group},{(i <= supporters ? candidate : "")}\n"));

    public Task DropAsync(string path, string content) =>
        Storage.Planning.GetBlobClient(path).UploadAsync(BinaryData.FromString(content), overwrite: true);

    public Task LogAsync(DateOnly day, params UsageEvent[] events) =>
        Storage.Usage.GetBlobClient(UsageDays.EventFile(day, "one", 1)).UploadAsync(
        BinaryData.FromString(string.Concat(events.Select(each => JsonSerializer.Serialize(each, OpenDataJson.Options) + "\n"))));

    /// <summary>Makes the report of the days up to one.</summary>
    public async Task RunAsync(DateOnly last, string edition = "latest")
    {
        await TestReports.Over(Storage).RunAsync(new DateTimeOffset(last.AddDays(1), new TimeOnly(1, 0), TimeSpan.Zero));
        var report = JsonDocument.Parse(await ReadAsync($"{edition}/report.json")).RootElement;
        Figures = report.GetProperty("figures").EnumerateArray()
            .ToDictionary(
                figure => figure.GetProperty("name").GetString()!, figure => figure.GetProperty("rows").EnumerateArray().ToList());
        Html = await ReadAsync($"{edition}/report.html");
    }

    /// <summary>A figure's rows, each as the columns named, separated by spaces; <c>null</c> for nothing.</summary>
    public List<string> Lines(string figure, params string[] columns) =>
    [
        .. Figures[figure].Select(row => string.Join(' ', columns.Select(column =>
            row.GetProperty(column) is { ValueKind: not JsonValueKind.Null } value ? value.ToString() : "null"))),
    ];

    private async Task<string> ReadAsync(string blob) =>
        (await Storage.Reports.GetBlobClient(blob).DownloadContentAsync()).Value.Content.ToString();
}
