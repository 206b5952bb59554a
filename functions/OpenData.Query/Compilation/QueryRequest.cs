using System.Text.Json.Serialization;

namespace OpenData.Query.Compilation;

/// <summary>One question, in the API's own parameters.</summary>
public sealed record QueryRequest
{
    /// <summary>The languages that names of days and months are known in.</summary>
    public static IReadOnlyCollection<string> Languages => CalendarNames.Languages;

    /// <summary>Which fields and expressions; null for all fields.</summary>
    public string? Select { get; init; }

    /// <summary>The conditions, all of which must hold.</summary>
    public IReadOnlyList<string> Where { get; init; } = [];

    /// <summary>What the records are grouped by.</summary>
    public string? GroupBy { get; init; }

    /// <summary>What the answer is sorted by.</summary>
    public string? OrderBy { get; init; }

    /// <summary>Facet values, <c>facet:value</c>, that records must have.</summary>
    public IReadOnlyList<string> Refine { get; init; } = [];

    /// <summary>Facet values, <c>facet:value</c>, that records must not have.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>The most rows of the answer; null for all.</summary>
    public long? Limit { get; init; }

    /// <summary>How many rows to leave out before it.</summary>
    public long Offset { get; init; }

    /// <summary>The IANA time zone in which datetimes are shown and read.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The language of names of days and months, such as <c>en</c> or <c>ko</c>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>
    /// Facets, as <c>name</c> or <c>facet(name="…", disjunctive=true, …)</c>. Their options decide what <see cref="Refine"/> and
    /// <see cref="Exclude"/> mean; the facets route counts them.
    /// </summary>
    public IReadOnlyList<string> Facets { get; init; } = [];

    /// <summary>Whether records come with their <c>_id</c>, <c>_timestamp</c> and <c>_size</c>.</summary>
    public bool WithIds { get; init; }

    /// <summary>The URL of a record but for its id; null if records come without links.</summary>
    public string? RecordUrl { get; init; }

    /// <summary>Who asks, so that turns are shared fairly; the answer does not depend on it. Empty where nobody is told apart.</summary>
    [JsonIgnore]
    public string Caller { get; init; } = "";

    /// <summary>Whether the answer depends on the moment it is given.</summary>
    public bool DependsOnNow =>
        new[] { Select, GroupBy, OrderBy }.Concat(Where).Any(clause => clause?.Contains("now", StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>The same question with all texts in Unicode's normal form C, in which the data is published.</summary>
    internal QueryRequest Composed() => this with
    {
        Select = Select is null ? null : UnicodeText.Nfc(Select),
        Where = [.. Where.Select(UnicodeText.Nfc)],
        GroupBy = GroupBy is null ? null : UnicodeText.Nfc(GroupBy),
        OrderBy = OrderBy is null ? null : UnicodeText.Nfc(OrderBy),
        Refine = [.. Refine.Select(UnicodeText.Nfc)],
        Exclude = [.. Exclude.Select(UnicodeText.Nfc)],
        Facets = [.. Facets.Select(UnicodeText.Nfc)],
    };
}
