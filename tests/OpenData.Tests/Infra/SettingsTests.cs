using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using OpenData.Lake;
using OpenData.LocalHost;

namespace OpenData.Tests.Infra;

/// <summary>Every setting that the code reads is set on Azure, in the sample and explained in the README, and none else.</summary>
public partial class SettingsTests
{
    // What the Functions host reads and our code does not.
    private static readonly string[] HostsOnAzure =
    [
        "AzureWebJobsStorage__credential", "AzureWebJobsStorage__queueServiceUri", "AzureWebJobsDisableHomepage",
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
    ];
    private static readonly string[] HostsLocally = ["FUNCTIONS_WORKER_RUNTIME", "AzureWebJobsDisableHomepage"];

    // What our code reads: of the storage connection in its two forms, of telemetry, and everything in OpenDataSettings.
    private static readonly string[] Identity =
        ["AzureWebJobsStorage__clientId", "AzureWebJobsStorage__blobServiceUri", "AzureWebJobsStorage__tableServiceUri"];
    private static readonly string[] Ours =
        [.. typeof(OpenDataSettings).GetProperties().Select(property => property.Name), "APPLICATIONINSIGHTS_CONNECTION_STRING"];

    private static readonly JsonObject Sample =
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "local.settings.sample.json")))!["Values"]!.AsObject();

    [BicepFact]
    public async Task Azure_sets_what_is_read_and_none_else()
    {
        foreach (var snapshot in await Snapshot.AllAsync())
        {
            Assert.Equal(
                Ours.Concat(Identity).Concat(HostsOnAzure).Order(StringComparer.Ordinal),
                snapshot.Settings.Select(setting => setting.Key).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void The_sample_sets_what_is_read_and_none_else() => Assert.Equal(
        Ours.Concat(HostsLocally)
            .Append(StorageConnection.Setting)
            .Append("AzureWebJobs.IngestOnEvent.Disabled")
            .Order(StringComparer.Ordinal),
        Sample.Select(setting => setting.Key).Order(StringComparer.Ordinal));

    [BicepFact]
    public async Task The_README_explains_every_one_and_none_else()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"));
        var section =
            readme[readme.IndexOf("### Settings", StringComparison.Ordinal)..readme.IndexOf("## Deploy", StringComparison.Ordinal)];
        var rows = SettingRow().Matches(section).Select(row => row.Groups[1].Value);

        Assert.Equal(
            Sample.Concat((await Snapshot.DevAsync()).Settings).Select(setting => setting.Key).Distinct().Order(StringComparer.Ordinal),
            rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Locally_nobody_announces_drops()
    {
        var announced = FunctionApp.Function.Blob.Single(function => (string?)function.Trigger["source"] == "EventGrid");

        Assert.Equal("true", (string?)Sample[$"AzureWebJobs.{announced.Name}.Disabled"]);
    }

    [BicepFact]
    public async Task Upkeep_is_hourly_in_prod_and_comes_with_the_report_in_dev()
    {
        Assert.Equal(new OpenDataSettings().UpkeepSchedule, (string?)(await Snapshot.ProdAsync()).Settings["UpkeepSchedule"]);
        Assert.Equal(new OpenDataSettings().ReportSchedule, (string?)(await Snapshot.DevAsync()).Settings["UpkeepSchedule"]);
        Assert.All(await Snapshot.AllAsync(),
            snapshot => Assert.Equal(new OpenDataSettings().ReportSchedule, (string?)snapshot.Settings["ReportSchedule"]));
    }

    [Fact]
    public void The_sample_says_what_the_defaults_are()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(Sample.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();

        // Of what has no default, an empty text says the same.
        var sample = configuration.Get<OpenDataSettings>()!;
        Assert.Equal(("", "", "", ""), (sample.PublicUrl, sample.PortalName, sample.ApiKeys, sample.FrontDoorId));
        Assert.Equal(new OpenDataSettings(),
            sample with
            {
                CachePath = new OpenDataSettings().CachePath,
                PublicUrl = null,
                PortalName = null,
                TimeZone = "UTC",
                ApiKeys = null,
                PseudonymSecret = null,
                FrontDoorId = null
            });
        Assert.Equal("Asia/Seoul", sample.TimeZone); // the sample is of Korea
        Assert.NotNull(StorageConnection.Open(configuration));
    }

    [GeneratedRegex(@"^\| `([A-Za-z_.]+)` \|", RegexOptions.Multiline)]
    private static partial Regex SettingRow();
}
