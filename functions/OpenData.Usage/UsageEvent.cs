using System.Text.Json.Serialization;

namespace OpenData.Usage;

/// <summary>What a caller did.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UsageKind>))]
public enum UsageKind
{
    /// <summary>Listed or searched the catalogue.</summary>
    [JsonStringEnumMemberName("catalog")] Catalog,

    /// <summary>Looked at one dataset's description.</summary>
    [JsonStringEnumMemberName("dataset")] Dataset,

    /// <summary>Queried a dataset's records or facets.</summary>
    [JsonStringEnumMemberName("records")] Records,

    /// <summary>Exported a dataset's records.</summary>
    [JsonStringEnumMemberName("export")] Export,

    /// <summary>Downloaded an original file.</summary>
    [JsonStringEnumMemberName("download")] Download,

    /// <summary>Harvested or exported the catalogue.</summary>
    [JsonStringEnumMemberName("harvest")] Harvest,

    /// <summary>Read a report.</summary>
    [JsonStringEnumMemberName("report")] Report,

    /// <summary>Read the state of uploads.</summary>
    [JsonStringEnumMemberName("uploads")] Uploads,

    /// <summary>Asked for data, supported a request, gave feedback, or read what others asked for.</summary>
    [JsonStringEnumMemberName("demand")] Demand,

    /// <summary>Asked whether the service is well.</summary>
    [JsonStringEnumMemberName("health")] Health,

    /// <summary>Read how to ask.</summary>
    [JsonStringEnumMemberName("reference")] Reference,
}

/// <summary>One answered request. It names no person: no address, no header, no cookie.</summary>
public sealed record UsageEvent
{
    /// <summary>When the answer was finished, in UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What was asked for.</summary>
    public required UsageKind Kind { get; init; }

    /// <summary>The dataset concerned, as <c>{dataset}@{agency}</c>.</summary>
    public string? DatasetId { get; init; }

    /// <summary>The version that answered.</summary>
    public string? Version { get; init; }

    /// <summary>The HTTP status of the answer; 499 if the caller went away.</summary>
    public required int Status { get; init; }

    /// <summary>Rows in the answer.</summary>
    public long Rows { get; init; }

    /// <summary>Bytes of the answer's body, before compression.</summary>
    public long Bytes { get; init; }

    /// <summary>How long the answer took, in milliseconds.</summary>
    public double Milliseconds { get; init; }

    /// <summary>What was searched for, as typed, cut after 200 characters.</summary>
    public string? Search { get; init; }

    /// <summary>How many datasets or rows the search found; null where nothing was searched for.</summary>
    public long? Hits { get; init; }

    /// <summary>The fields that the caller selected or grouped by, by name; null means all.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>The fields that the caller filtered by, by name, never the values.</summary>
    public IReadOnlyList<string>? Filters { get; init; }

    /// <summary>The format of an export, such as <c>csv</c>.</summary>
    public string? Format { get; init; }

    /// <summary>The caller's pseudonym of the day, 16 hexadecimal digits; see <see cref="DailySalt"/>.</summary>
    public string? Client { get; init; }

    /// <summary>Whether the caller says that it is a robot or a probe: kept, and left out of every figure of demand.</summary>
    public bool Bot { get; init; }
}
