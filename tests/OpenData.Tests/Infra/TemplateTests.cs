using System.Text.Json.Nodes;

namespace OpenData.Tests.Infra;

public class TemplateTests
{
    [BicepFact]
    public async Task Every_file_compiles_under_the_strict_rules_without_a_word()
    {
        var files = Directory.GetFiles(Bicep.Folder, "*.bicep").Select(file => Path.GetFileName(file)).ToList();

        Assert.Contains("main.bicep", files);
        Assert.All(await Task.WhenAll(files.Select(Bicep.BuildAsync)), Assert.NotNull);
    }

    [Fact]
    public void Every_linter_rule_is_an_error_but_the_one_that_comes_with_age()
    {
        var rules = JsonNode.Parse(
            File.ReadAllText(Path.Combine(Bicep.Folder, "bicepconfig.json")))!["analyzers"]!["core"]!["rules"]!.AsObject();

        // A release must go on compiling as it grows old; these tests take a warning for an error and say when versions are to be raised.
        Assert.Equal("warning", (string?)rules["use-recent-api-versions"]!["level"]);
        Assert.All(rules.Where(rule => rule.Key != "use-recent-api-versions"),
            rule => Assert.Equal("error", (string?)rule.Value!["level"]));
        Assert.True(rules.Count > 40);
    }
}
