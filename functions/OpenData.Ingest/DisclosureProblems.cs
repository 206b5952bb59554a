using System.Globalization;
using OpenData.Disclosure;
using OpenData.Lake;

namespace OpenData.Ingest;

/// <summary>What the scan for personal data has to say about a file. No problem carries a value: examples are masked.</summary>
internal static class DisclosureProblems
{
    private const string NotShown = "(not shown: the file holds personal data)";

    /// <summary>Pseudonyms are declared, and the platform has no secret to make them with.</summary>
    public static Problem NoSecret { get; } = new(
        "protection-without-secret", Severity.Error, "dataset.json asks for pseudonyms (hash), and this platform has no secret for them.",
        "Ask the operators to set PseudonymSecret; or use mask or drop instead.")
    {
        Action = "Nothing of this file was published.",
    };

    /// <summary>A column that is to be protected is not in the file: its values may be in another one.</summary>
    public static Problem NoColumn(string column) => new(
        "protected-column-missing", Severity.Error, $"dataset.json protects the column '{column}', which this file does not have.",
        "Give the column its header back, or change 'column' in dataset.json to the new one.")
    {
        Column = column,
        Action = "Nothing of this file was published, because the values may stand under another header now.",
    };

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
                "If these are persons, declare \"protect\": \"mask\" or \"drop\" for the column in dataset.json, or leave it out. "
                + "If they are offices, an approver lets it be published.")
            {
                Action = "It is published as it is once an approver has decided so.",
            };
        return problem with { Column = finding.Column, RawValue = finding.Example, Kind = finding.Kind };
    }

    private static string Count(Finding finding) =>
        finding.Cells == 1 ? "one cell" : string.Create(CultureInfo.InvariantCulture, $"{finding.Cells:n0} cells");
}
