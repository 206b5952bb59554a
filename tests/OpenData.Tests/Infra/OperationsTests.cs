using System.Text.RegularExpressions;
using OpenData.LocalHost;

namespace OpenData.Tests.Infra;

/// <summary>Alerts, workbook and the operations guide speak of what there is.</summary>
public partial class OperationsTests
{
    private static readonly string Guide = Read("docs/operations.md");
    private static readonly string[] Askers =
        ["infra-bicep/modules/alerts.bicep", "infra-bicep/modules/workbook.bicep", "docs/operations.md"];

    [BicepFact]
    public async Task The_guide_says_what_to_do_on_each_alert()
    {
        var prod = await Snapshot.ProdAsync();
        var alerts = prod
            .Names("Microsoft.Insights/scheduledQueryRules")
            .Concat(prod.Names("Microsoft.Insights/metricAlerts"))
            .Order(StringComparer.Ordinal);

        Assert.Equal(alerts, AlertHeading().Matches(Guide).Select(heading => heading.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Alerts_workbook_and_guide_ask_for_instruments_and_spans_that_the_code_has()
    {
        var files = Directory.GetFiles(AppContext.BaseDirectory, "OpenData.*.dll").Select(file => Path.GetFileNameWithoutExtension(file));
        var texts = files.Where(name => name != "OpenData.Tests").SelectMany(CompiledTexts.Of).ToHashSet(StringComparer.Ordinal);
        var asked = Askers.SelectMany(file => Asked().Matches(Read(file)).Select(name => name.Groups[1].Value)).Distinct().ToList();

        Assert.True(asked.Count >= 15);
        Assert.All(asked, name => Assert.Contains(name, texts));
    }

    [Fact]
    public void The_guide_explains_host_json_and_the_host_adds_no_prefix_to_the_routes()
    {
        var host = System.Text.Json.Nodes.JsonNode.Parse(Read("host.json"))!;

        Assert.Equal("", (string?)host["extensions"]!["http"]!["routePrefix"]);
        Assert.All(
            host["extensions"]!.AsObject().SelectMany(extension => extension.Value!.AsObject().Select(setting => setting.Key)),
            setting => Assert.Matches($@"\| `.*\b{setting}\b.*` \|", Guide));
    }

    [Fact]
    public void Every_section_of_the_guide_names_the_sources_of_what_it_says_of_Azure()
    {
        var used = Note().Matches(Guide).Select(note => note.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(used, Source().Matches(Guide).Select(source => source.Groups[1].Value).Order(StringComparer.Ordinal));
        Assert.All(
            Section().Matches(Guide[..Source().Match(Guide).Index]).Where(section => section.Groups[1].Value != "Verify a deployment"),
            section => Assert.Matches(Note(), section.Value));
    }

    [BicepFact]
    public async Task Azd_deploys_the_app_that_bicep_makes_and_hands_its_outputs_on()
    {
        var azd = Read("azure.yaml");
        var hook = Read("infra-bicep/postdeploy.sh");
        var outputs = (await Bicep.BuildAsync("main.bicep"))["outputs"]!.AsObject().Select(output => output.Key).ToHashSet();

        Assert.Contains($"services:\n  {(await Snapshot.DevAsync()).The("Microsoft.Web/sites")["tags"]!["azd-service-name"]}:\n", azd,
            StringComparison.Ordinal);
        Assert.Contains("run: infra-bicep/postdeploy.sh\n", azd, StringComparison.Ordinal);
        var used = HookVariable().Matches(hook).Select(variable => variable.Groups[1].Value).ToHashSet();
        Assert.Equal(5, used.Count);
        Assert.Subset(outputs, used);
    }

    [Fact]
    public void Workflows_use_actions_at_a_commit_and_keep_no_secret()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, ".github", "workflows")))
        {
            var uses = UsesAction().Matches(File.ReadAllText(file));
            Assert.NotEmpty(uses);
            Assert.All(uses, action => Assert.Matches("^[0-9a-f]{40}$", action.Groups[1].Value));
            Assert.DoesNotContain("secrets.", File.ReadAllText(file), StringComparison.Ordinal);
        }
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));

    [GeneratedRegex("^### ([a-z]+-[a-z-]+)$", RegexOptions.Multiline)]
    private static partial Regex AlertHeading();

    [GeneratedRegex(@"['`]((?:opendata\.[a-z.]+[a-z])|(?:query\.[a-z]+)|(?:cache\.[a-z]+))['`]")]
    private static partial Regex Asked();

    [GeneratedRegex(@"\$\{?([A-Z_]{5,})")]
    private static partial Regex HookVariable();

    [GeneratedRegex(@"(?<!^)\[\^(\w+)\]", RegexOptions.Multiline)]
    private static partial Regex Note();

    [GeneratedRegex(@"^\[\^(\w+)\]: .*https://", RegexOptions.Multiline)]
    private static partial Regex Source();

    [GeneratedRegex(@"^## ([^\n]+)\n(?:(?!^## ).*\n?)+", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"uses: [^@\s]+@(\S+)")]
    private static partial Regex UsesAction();
}
