using System.Text.Json.Serialization;
using OpenData.Lake;

namespace OpenData.Catalog;

/// <summary>How far a drop has come: the one list of states, shared by all who report on drops.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UploadState>))]
public enum UploadState
{
    /// <summary>Ingest has begun, and will begin again if it is interrupted.</summary>
    [JsonStringEnumMemberName("processing")] Processing,

    /// <summary>It is a version of its dataset, or its dataset's metadata.</summary>
    [JsonStringEnumMemberName("published")] Published,

    /// <summary>It could not be read; its bytes are in quarantine beside a report. What was served before is still served.</summary>
    [JsonStringEnumMemberName("rejected")] Rejected,

    /// <summary>A fault of the system, not of the file, came back on every try; its bytes are in quarantine.</summary>
    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>A version was built of it that is not served, because it lost too much or holds what must not be published.</summary>
    [JsonStringEnumMemberName("held")] Held,

    /// <summary>A version was built of it that is served once somebody has approved it.</summary>
    [JsonStringEnumMemberName("pending")] Pending,

    /// <summary>A version was built of it that is served from a stated time on.</summary>
    [JsonStringEnumMemberName("scheduled")] Scheduled,
}

/// <summary>What stopped the processing of a drop, where it was not the file.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Fault>))]
public enum Fault
{
    /// <summary>Nothing did.</summary>
    [JsonStringEnumMemberName("none")] None,

    /// <summary>A part of the system failed, such as storage.</summary>
    [JsonStringEnumMemberName("system")] System,

    /// <summary>There was not enough memory.</summary>
    [JsonStringEnumMemberName("memory")] Memory,

    /// <summary>The process ended while it was at it.</summary>
    [JsonStringEnumMemberName("cut-off")] CutOff,
}

/// <summary>What became of one drop. The same blob (path and ETag) is one upload, however often it is tried.</summary>
public sealed record Upload
{
    /// <summary>Stands for the agency in the record of a drop outside any agency's folder.</summary>
    public const string NoAgency = "_";

    /// <summary>The upload's name; later drops sort first.</summary>
    public required string UploadId { get; init; }

    /// <summary>The agency's folder name, or <c>_</c> for a drop outside any agency's folder.</summary>
    public required string Agency { get; init; }

    /// <summary>The dataset's folder name, or null for a drop outside any dataset's folder.</summary>
    public string? Dataset { get; init; }

    /// <summary>The blob's name in the incoming container.</summary>
    public required string Path { get; init; }

    /// <summary>The blob's ETag.</summary>
    [JsonPropertyName("etag")] // which the naming policy would spell e_tag
    public required string ETag { get; init; }

    /// <summary>The blob's size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>When it was dropped.</summary>
    public required DateTimeOffset DroppedAt { get; init; }

    /// <summary>How far it has come.</summary>
    public required UploadState State { get; init; }

    /// <summary>How many times the hosts have set about it; each of these calls tries several times.</summary>
    public int Calls { get; init; }

    /// <summary>While it is being processed: when it is tried again after a fault of the system; null while somebody is at it.</summary>
    public DateTimeOffset? NextTry { get; init; }

    /// <summary>
    /// What stopped the last call; <see cref="Fault.CutOff"/> is written before the call begins, so that it stays in the record if the
    /// process ends.
    /// </summary>
    public Fault Fault { get; init; }

    /// <summary>When the state was reached.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What the file was, such as <c>csv</c> or <c>csv.gz</c>; null where that could not be told.</summary>
    public string? Format { get; init; }

    /// <summary>The character encoding's name, where the format does not fix it.</summary>
    public string? Encoding { get; init; }

    /// <summary>Rows published.</summary>
    public long? Rows { get; init; }

    /// <summary>Fields published.</summary>
    public int? Columns { get; init; }

    /// <summary>How long ingest took, in milliseconds.</summary>
    public long? Milliseconds { get; init; }

    /// <summary>The version it became; while it is held, pending or scheduled, the one that was built of it.</summary>
    public string? Version { get; init; }

    /// <summary>The folder, in the quarantine container, that holds its bytes and its problem report.</summary>
    public string? Quarantine { get; init; }

    /// <summary>How many problems were found, also beyond those listed.</summary>
    public long ProblemCount { get; init; }

    /// <summary>The first problems; all of them are in the version's manifest or in the quarantine report.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];
}
