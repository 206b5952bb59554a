using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OpenData.LocalHost;

namespace OpenData.Tests.Infra;

/// <summary>
/// What can be said of a deployment before it is made: its variables arrive, and what Azure would refuse is refused here.
/// </summary>
public partial class DeploymentTests
{
    private const string Workflow = ".github/workflows/azure-dev.yml"; // the name for which azd pipeline config looks

    [Fact]
    public void Parameters_workflow_azd_and_guide_name_the_same_variables()
    {
        var read = Names(EnvironmentVariable(), "infra-bicep/main.bicepparam")
            .Where(name => name.StartsWith("OPENDATA_", StringComparison.Ordinal)).ToList();

        Assert.True(read.Count >= 14);
        Assert.Equal(read, Names(PipelineVariable(), "azure.yaml"));
        Assert.Equal(read, Names(HandedOn(), Workflow).Where(name => name.StartsWith("OPENDATA_", StringComparison.Ordinal)));
        Assert.Equal(read, Names(GuideVariable(), "docs/operations.md"));
        // What azd itself asks for, and who deploys.
        Assert.Equal(
            ["AZURE_CLIENT_ID", "AZURE_ENV_NAME", "AZURE_LOCATION", "AZURE_SUBSCRIPTION_ID", "AZURE_TENANT_ID"],
            Names(HandedOn(), Workflow).Where(name => name.StartsWith("AZURE_", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_workflow_is_who_azd_says_it_is()
    {
        var workflow = Read(Workflow);

        // A job with an environment has another subject than the one for which azd pipeline config makes a credential.
        Assert.DoesNotMatch(@"(?m)^    environment:", workflow);
        Assert.Contains("--federated-credential-provider github", workflow, StringComparison.Ordinal);
        Assert.DoesNotContain("useAzCliAuth", workflow, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"OPENDATA_[A-Z_]+: .*\|\|", workflow); // no default of the workflow's own
    }

    [BicepFact]
    public async Task A_variable_without_a_value_is_as_if_it_were_not_there_but_the_size_must_be_said()
    {
        var names = Names(EnvironmentVariable(), "infra-bicep/main.bicepparam")
            .Where(name => name.StartsWith("OPENDATA_", StringComparison.Ordinal)).ToList();
        var azd = new Dictionary<string, string> { ["AZURE_ENV_NAME"] = "test", ["AZURE_LOCATION"] = "koreacentral" };
        var empty = azd.Concat(names.Select(name => KeyValuePair.Create(name, name == "OPENDATA_ENVIRONMENT_TYPE" ? "dev" : "")))
            .ToDictionary();

        Assert.Equal(await ParametersAsync(azd), await ParametersAsync(empty));
        var (_, said) = await Bicep.RunAsync(
            new Dictionary<string, string>(empty) { ["OPENDATA_ENVIRONMENT_TYPE"] = "" }, "build-params", "main.bicepparam", "--stdout");
        Assert.Contains("'dev' | 'prod'", said, StringComparison.Ordinal);
    }

    [BicepFact]
    public async Task Variables_become_parameters()
    {
        var made = JsonNode.Parse(await ParametersAsync(new()
        {
            ["AZURE_ENV_NAME"] = "test",
            ["AZURE_LOCATION"] = "koreacentral",
            ["OPENDATA_ENVIRONMENT_TYPE"] = "prod",
            ["OPENDATA_ZONE_REDUNDANT"] = "True",
            ["OPENDATA_STORAGE_REDUNDANCY"] = "GZRS",
            ["OPENDATA_MONTHLY_BUDGET"] = "0",
            ["OPENDATA_AGENCY_IP_RANGES"] = "203.0.113.0/24,198.51.100.7",
        }))!["parameters"]!;

        Assert.True((bool)made["zoneRedundant"]!["value"]!);
        Assert.Equal("GZRS", (string?)made["storageRedundancy"]!["value"]);
        Assert.Equal(0, (int)made["monthlyBudget"]!["value"]!);
        Assert.Equal(["203.0.113.0/24", "198.51.100.7"], made["agencyIpRanges"]!["value"]!.AsArray().Select(range => (string)range!));
    }

    [BicepFact]
    public async Task What_Azure_would_refuse_after_minutes_is_refused_at_once()
    {
        Assert.Contains("BCP033", await Snapshot.DiagnosticsAsync("param location = 'atlantis'"), StringComparison.Ordinal);
        Assert.Contains("ukwest has no availability zones",
            await Snapshot.DiagnosticsAsync("param location = 'ukwest'\nparam zoneRedundant = true"), StringComparison.Ordinal);
        Assert.Equal("", await Snapshot.DiagnosticsAsync("param location = 'ukwest'"));
        Assert.Contains("storage takes no /31", await Snapshot.DiagnosticsAsync(
            "param location = 'koreacentral'\nparam environmentType = 'prod'\nparam agencyIpRanges = ['203.0.113.0/31']"),
                StringComparison.Ordinal);
    }

    [BicepFact]
    public async Task Zones_storage_and_budget_are_chosen_apart_from_the_size()
    {
        Assert.False((bool)(await Snapshot.DevAsync()).The("Microsoft.Web/serverfarms")["properties"]!["zoneRedundant"]!);
        Assert.True((bool)(await Snapshot.ProdAsync()).The("Microsoft.Web/serverfarms")["properties"]!["zoneRedundant"]!);
        Assert.Equal("Standard_LRS", (string?)(await Snapshot.DevAsync()).The("Microsoft.Storage/storageAccounts")["sku"]!["name"]);
        Assert.Equal("Standard_ZRS", (string?)(await Snapshot.ProdAsync()).The("Microsoft.Storage/storageAccounts")["sku"]!["name"]);
        // What may not change is an output, which azd hands in again.
        var outputs = (await Bicep.BuildAsync("main.bicep"))["outputs"]!.AsObject();
        Assert.All(["OPENDATA_BUDGET_START", "OPENDATA_STORAGE_REDUNDANCY"], name => Assert.NotNull(outputs[name]));
    }

    [BicepFact]
    public async Task A_fresh_subscription_gives_the_memory_that_is_asked_for()
    {
        const int QuotaMB = 512_000; // of all Flex Consumption apps of a subscription in a region
        var asked = (await Snapshot.AllAsync()).Sum(snapshot =>
        {
            var scale = snapshot.The("Microsoft.Web/sites")["properties"]!["functionAppConfig"]!["scaleAndConcurrency"]!;
            return (int)scale["instanceMemoryMB"]! * (int)scale["maximumInstanceCount"]!;
        });
        Assert.InRange(asked, 1, QuotaMB);
    }

    [BicepFact]
    public async Task No_setting_is_one_that_Flex_Consumption_refuses()
    {
        // From Microsoft's list of settings that are deprecated there: the plan has properties for them, or does it itself.
        string[] deprecated =
        [
            "ENABLE_ORYX_BUILD", "FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_WORKER_RUNTIME_VERSION",
            "FUNCTIONS_MAX_HTTP_CONCURRENCY", "FUNCTIONS_WORKER_PROCESS_COUNT", "FUNCTIONS_WORKER_DYNAMIC_CONCURRENCY_ENABLED",
            "SCM_DO_BUILD_DURING_DEPLOYMENT", "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING", "WEBSITE_CONTENTOVERVNET",
            "WEBSITE_CONTENTSHARE", "WEBSITE_DNS_SERVER", "WEBSITE_MAX_DYNAMIC_APPLICATION_SCALE_OUT", "WEBSITE_NODE_DEFAULT_VERSION",
            "WEBSITE_RUN_FROM_PACKAGE", "WEBSITE_SKIP_CONTENTSHARE_VALIDATION", "WEBSITE_VNET_ROUTE_ALL",
        ];
        foreach (var snapshot in await Snapshot.AllAsync())
        {
            Assert.Empty(snapshot.Settings.Select(setting => setting.Key).Intersect(deprecated));
            var site = snapshot.The("Microsoft.Web/sites")["properties"]!["siteConfig"]!.AsObject().Select(property => property.Key);
            Assert.Empty(site.Intersect(
                ["alwaysOn", "linuxFxVersion", "netFrameworkVersion", "functionAppScaleLimit", "minimumElasticInstanceCount",
                "preWarmedInstanceCount", "vnetRouteAllEnabled", "cors"]));
        }
    }

    private static async Task<string> ParametersAsync(Dictionary<string, string> environment)
    {
        var (output, said) = await Bicep.RunAsync(environment, "build-params", "main.bicepparam", "--stdout");
        Assert.Equal("", said);
        return (string)JsonNode.Parse(output)!["parametersJson"]!;
    }

    private static List<string> Names(Regex pattern, string file) =>
        [.. pattern.Matches(Read(file)).Select(name => name.Groups[1].Value).Distinct().Order(StringComparer.Ordinal)];

    private static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));

    [GeneratedRegex(@"readEnvironmentVariable\('([A-Z_]+)'")]
    private static partial Regex EnvironmentVariable();

    [GeneratedRegex(@"^    - (OPENDATA_[A-Z_]+)$", RegexOptions.Multiline)]
    private static partial Regex PipelineVariable();

    [GeneratedRegex(@"^      ([A-Z_]+): \$\{\{ vars\.\1 \}\}$", RegexOptions.Multiline)]
    private static partial Regex HandedOn();

    [GeneratedRegex(@"^\| `(OPENDATA_[A-Z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex GuideVariable();
}
