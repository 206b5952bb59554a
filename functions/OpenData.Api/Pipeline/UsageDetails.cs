using OpenData.Usage;

namespace OpenData.Api.Pipeline;

/// <summary>What an answer was made of; an endpoint fills it in for the usage event while it answers.</summary>
public sealed class UsageDetails
{
    /// <summary>What was asked for, where the route alone does not tell; null for what the route says.</summary>
    public UsageKind? Kind { get; set; }

    /// <summary>The dataset concerned, as the caller wrote it, where it is not in the route.</summary>
    public string? DatasetId { get; set; }

    /// <summary>The version that answered.</summary>
    public string? Version { get; set; }

    /// <summary>Rows in the answer.</summary>
    public long Rows { get; set; }

    /// <summary>What was searched for, as the caller typed it: free text only, never a filter's value.</summary>
    public string? Search { get; set; }

    /// <summary>How many datasets or rows a search found.</summary>
    public long? Hits { get; set; }

    /// <summary>The names of the fields selected or grouped by; null means all.</summary>
    public IReadOnlyList<string>? Fields { get; set; }

    /// <summary>The names of the fields filtered by.</summary>
    public IReadOnlyList<string>? Filters { get; set; }

    /// <summary>The format of an export, such as <c>csv</c>.</summary>
    public string? Format { get; set; }
}
