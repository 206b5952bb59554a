using System.Text.RegularExpressions;
using OpenData.LocalHost;

namespace OpenData.Tests.Infra;

/// <summary>Every query of alerts, workbook and operations guide is one that Azure Monitor understands.</summary>
public sealed partial class KustoLanguageTests
{
    [BicepFact]
    public async Task Microsofts_parser_has_nothing_against_any_query()
    {
        var prod = await Snapshot.ProdAsync();
        var alerts = prod.All("Microsoft.Insights/scheduledQueryRules")
            .Select(rule => (string)rule["properties"]!["criteria"]!["allOf"]![0]!["query"]!);
        var workbook = Tile().Matches(Read("infra-bicep/modules/workbook.bicep")).Select(tile => tile.Groups[1].Value);
        var guide = Example().Matches(Read("docs/operations.md"))
            .SelectMany(block => block.Groups[1].Value.Split("\n\n", StringSplitOptions.RemoveEmptyEntries));
        string[] queries = [.. alerts, .. workbook, .. guide];

        Assert.True(queries.Length >= 6 + 11 + 3, $"{queries.Length} queries were found");
        var wrong = (await KustoLanguage.DiagnoseAsync([.. queries, "AppMetrics | where Nme == 'x'", "AppMetrics | sumarize count()"]))
            .Zip(queries.Append("a column that is not there").Append("an operator that is none"), (said, query) => (said, query))
            .Where(each => each.said.Length > 0).Select(each => $"{each.query}\n{string.Join('\n', each.said)}").ToList();
        Assert.True(wrong.Count == 2, string.Join("\n\n", wrong)); // the two that are wrong on purpose
        Assert.Contains("'Nme' does not refer to any known column", wrong[0], StringComparison.Ordinal);
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));

    [GeneratedRegex(@"query: '''\n(.*?)'''", RegexOptions.Singleline)]
    private static partial Regex Tile();

    [GeneratedRegex(@"```kusto\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
