namespace OpenData.Disclosure;

/// <summary>Looks through a table for personal data: column by column, and for names beside what tells whose they are.</summary>
public sealed class TableScan
{
    private readonly ColumnScan[] _columns;

    /// <summary>Begins with a table's headings.</summary>
    /// <param name="headings">The columns' headings, in order.</param>
    /// <param name="rules">The rules.</param>
    public TableScan(IReadOnlyList<string> headings, RuleSet rules) =>
        _columns = [.. headings.Select(heading => new ColumnScan(rules, heading))];

    /// <summary>The columns, in the headings' order.</summary>
    public IReadOnlyList<ColumnScan> Columns => _columns;

    /// <summary>What was found, by column and kind. Call it once all cells were taken.</summary>
    public IReadOnlyList<Finding> Findings()
    {
        var persons = PersonHeadings.Default;
        var found = _columns.Select(column => column.Findings(inTableOfPersons: false).ToList()).ToList();
        var names = _columns.FirstOrDefault(column => column.HoldsNames);
        var describesPersons = names is not null || found.Exists(findings => findings.Exists(finding => !finding.Exceptable));
        if (describesPersons) found = [.. _columns.Select(column => column.Findings(inTableOfPersons: true).ToList())];

        var findings = found.SelectMany(one => one).ToList();
        if (names is not null)
        {
            var details = _columns.FirstOrDefault(column =>
                column != names && (persons.IsBirth(column.Folded) || persons.IsHome(column.Folded) || persons.IsPhone(column.Folded)));
            if ((details?.Heading ?? findings.FirstOrDefault(finding => finding.Column != names.Heading)?.Column) is { } beside)
            {
                findings.Add(new Finding(
                    names.Heading, "person-name", $"name of a person beside {beside}", $"{beside} 항목과 함께 있는 개인 성명", names.Cells, "***",
                    Exceptable: true));
            }
        }

        return findings;
    }

    /// <summary>What one text holds by itself, such as a citizen's request.</summary>
    public static IReadOnlyList<Finding> Of(string text, RuleSet rules)
    {
        var table = new TableScan([""], rules);
        table.Columns[0].Text(System.Text.Encoding.UTF8.GetBytes(text));
        return table.Findings();
    }
}
