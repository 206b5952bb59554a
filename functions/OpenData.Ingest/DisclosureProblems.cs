using System.Globalization;
using OpenData.Disclosure;
using OpenData.Lake;

namespace OpenData.Ingest;

/// <summary>What the scan for personal data has to say about a file. No problem carries a value: examples are masked.</summary>
internal static class DisclosureProblems
{
    private const string NotShown = "(not shown: the file holds personal data)";

    /// <summary>
    /// Whether a finding keeps the file from being published: numbers that a state issues to identify a person are never open data.
    /// </summary>
    public static bool Stops(Finding finding) => !finding.Exceptable;

    /// <summary>One problem a finding, those that stop the file first.</summary>
    public static IEnumerable<Problem> Of(IReadOnlyList<Finding> findings) => findings.OrderBy(finding => finding.Exceptable).Select(Of);

    /// <summary>Problems without the values that they quote, for a file whose values must not be read by anybody else.</summary>
    public static IEnumerable<Problem> WithoutValues(IEnumerable<Problem> problems) =>
        problems.Select(static problem => problem.RawValue is null ? problem : problem with { RawValue = NotShown });

    private static Problem Of(Finding finding)
    {
        var problem = Stops(finding)
            ? new Problem(
                "personal-identity-number", Severity.Error, $"The column holds personal data: {finding.English}, in {Count(finding)}.",
                "Leave the column out, or replace the numbers by ones that identify nobody, and upload the file again.")
            {
                Action = "Nothing of this file was published. What was published before stays served.",
            }
            : new Problem(
                "personal-data", Severity.Warning, $"The column seems to hold personal data: {finding.English}, in {Count(finding)}.",
                "If these are persons and not offices, leave the column out or mask it, and upload the file again.")
            {
                Action = "It was published as it is.",
            };
        return problem with { Column = finding.Column, RawValue = finding.Example };
    }

    private static string Count(Finding finding) =>
        finding.Cells == 1 ? "one cell" : string.Create(CultureInfo.InvariantCulture, $"{finding.Cells:n0} cells");
}
