using System.Text.Json.Serialization;

namespace OpenData.Disclosure;

/// <summary>
/// One kind of personal data: how it is written, how it is checked, and which words near it speak for or against it. Rules are data, one
/// JSON file a country in <c>Rules/</c>; a rule says what a single match is worth, and <see cref="ColumnScan"/> weighs what a whole
/// column holds.
/// </summary>
public sealed record DisclosureRule
{
    /// <summary>A stable identifier such as <c>kr-resident-number</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The kind's English name, in the singular.</summary>
    public required string English { get; init; }

    /// <summary>The kind's Korean name.</summary>
    public required string Korean { get; init; }

    /// <summary>
    /// Layouts of digits: lengths of groups joined by <c>-</c>, such as <c>6-7</c> (two groups with a separator between them) or
    /// <c>13</c>
    /// (one group without). Separators in data may be hyphens, dots, slashes, closing parentheses and spaces.
    /// </summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Of <see cref="Groups"/>: the digits that a match may begin with, separators left out; empty for any.</summary>
    public IReadOnlyList<string> Starts { get; init; } = [];

    /// <summary>A regular expression over the folded text (see <see cref="FoldedText"/>), for what is not only digits.</summary>
    public string? Pattern { get; init; }

    /// <summary>The fewest characters of each sort in a text that <see cref="Pattern"/> matches.</summary>
    public TextCounts Needs { get; init; }

    /// <summary>The name of the check in <see cref="Checks"/> that a match goes through; null for none.</summary>
    public string? Check { get; init; }

    /// <summary>The confidence of a match that passes its check without support from heading or context.</summary>
    public MatchStrength Strength { get; init; } = MatchStrength.Strong;

    /// <summary>Words in a column's heading that make even weak matches findings. Lower case, without spaces.</summary>
    public IReadOnlyList<string> Headings { get; init; } = [];

    /// <summary>Words in a column's heading that say that this is something else, such as a corporate registration number.</summary>
    public IReadOnlyList<string> OtherHeadings { get; init; } = [];

    /// <summary>Words in the same cell that make a weak match a finding.</summary>
    public IReadOnlyList<string> Context { get; init; } = [];

    /// <summary>Words in the same cell that say that a match is something else.</summary>
    public IReadOnlyList<string> OtherContext { get; init; } = [];

    /// <summary>
    /// The share of a column's cells, 0 to 1, that must consist of a match for weak matches to count without heading or context; 0 if no
    /// share is enough.
    /// </summary>
    public double Share { get; init; }

    /// <summary>
    /// Whether weak matches count in a table that describes persons (one with a column of their names, birth dates or numbers).
    /// </summary>
    public bool InTablesOfPersons { get; init; }

    /// <summary>
    /// Whether an approver may let it be published on a legal basis. Never for numbers that the state issues to identify a person.
    /// </summary>
    public bool Exceptable { get; init; } = true;
}

/// <summary>What a match is worth.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MatchStrength>))]
public enum MatchStrength
{
    /// <summary>Not a match: a check failed.</summary>
    None,

    /// <summary>It may be one: heading, context, or the rest of its column decides.</summary>
    Weak,

    /// <summary>It is one by itself, unless heading or context says otherwise.</summary>
    Strong,
}
