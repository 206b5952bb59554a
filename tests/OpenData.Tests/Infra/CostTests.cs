using System.Data;
using System.Globalization;
using System.Text.RegularExpressions;
using OpenData.LocalHost;

namespace OpenData.Tests.Infra;

/// <summary>The sums of the operations guide are right, and made of what is deployed.</summary>
public partial class CostTests
{
    private static readonly string Guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));

    [Fact]
    [Trait("Category", "Unit")]
    public void Every_sum_of_the_guide_is_what_it_says()
    {
        var tables = CostTable().Matches(Guide).Select(table => Rows(table.Value)).ToList();

        Assert.Equal(2, tables.Count);
        foreach (var rows in tables)
        {
            Assert.All(rows[..^1],
                row => Assert.True(Close(Evaluate(row.Sum), row.Amount),
                $"{row.What}: {row.Sum} is {Evaluate(row.Sum):0.00}, not {row.Amount}"));
            Assert.Equal(Number(rows[^1].Amount), rows[..^1].Sum(row => Number(row.Amount)), 2);
        }

        Assert.All(SumInText().Matches(Guide), sum => Assert.True(Close(Evaluate(sum.Groups[1].Value), sum.Groups[2].Value), sum.Value));
        Assert.Equal(2, SumInText().Count(Guide)); // what nobody pays, and what zones cost
    }

    [BicepFact]
    public async Task Sums_count_the_alerts_groups_and_instances_that_are_deployed()
    {
        foreach (var (snapshot, sum) in new[] { (await Snapshot.DevAsync(), "`{0} * 0.50 + {2} * 0.10`"),
            (await Snapshot.ProdAsync(), "`{1} * 1.50 + {0} * 0.50 + {2} * 0.10`") })
        {
            var log = snapshot.All("Microsoft.Insights/scheduledQueryRules")
                .Select(rule => (string?)rule["properties"]!["evaluationFrequency"]).ToList();
            var counts = new object[] { log.Count(every => every != "PT5M"), log.Count(every => every == "PT5M"),
                snapshot.All("Microsoft.Insights/metricAlerts").Count };
            Assert.Contains(string.Format(CultureInfo.InvariantCulture, sum, counts), Guide, StringComparison.Ordinal);
        }

        // HTTP functions are one group, and blob functions one; every other function is one for itself. What polls is not published.
        var groups = FunctionApp.Function.All.Select(function => (string?)function.Trigger["type"] switch
        {
            "httpTrigger" => "http",
            "blobTrigger" => "blob",
            _ => function.Name,
        }).Distinct().Count();
        var scale = (await Snapshot.ProdAsync()).The("Microsoft.Web/sites")["properties"]!["functionAppConfig"]!["scaleAndConcurrency"]!;
        var (gigabytes, warm) = ((int)scale["instanceMemoryMB"]! / 1024, (int)scale["alwaysReady"]![0]!["instanceCount"]!);
        Assert.Contains($"`{groups} * 2 * {gigabytes} * 2628000 * 0.000004`", Guide, StringComparison.Ordinal);
        Assert.Contains($"`{warm} * {gigabytes} * 2628000 * 0.000004`", Guide, StringComparison.Ordinal);
    }

    private static List<(string What, string Sum, string Amount)> Rows(string table) =>
    [
        .. from line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2)
           let cells = line.Trim('|').Split('|')
           select (cells[0].Trim(), Formula().Match(cells[1]).Groups[1].Value, cells[2].Trim(' ', '*')),
    ];

    // Whole dollars may be rounded; where cents are written they are right.
    private static bool Close(double value, string amount) =>
        Math.Abs(value - Number(amount)) <= (amount.Contains('.') ? 0.005 : 0.5) + 1e-9;

    private static double Number(string amount) =>
        double.Parse(amount, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    // Numbers with a point, so that nothing is computed in whole numbers.
    private static double Evaluate(string sum)
    {
        using var computer = new DataTable { Locale = CultureInfo.InvariantCulture };
        return Convert.ToDouble(computer.Compute(WholeNumber().Replace(sum, "$0.0"), null), CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^\| what \| sum \| a month \|\n(?:\|.*\n)+", RegexOptions.Multiline)]
    private static partial Regex CostTable();

    [GeneratedRegex(@"`([\d\s.+*/()-]+)`")]
    private static partial Regex Formula();

    [GeneratedRegex(@"`([\d\s.+*/()-]+)` = ([\d.,]*\d)")]
    private static partial Regex SumInText();

    [GeneratedRegex(@"(?<![\d.])\d+(?![\d.])")]
    private static partial Regex WholeNumber();
}
