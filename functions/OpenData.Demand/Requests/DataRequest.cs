using System.Text.Json.Serialization;

namespace OpenData.Demand.Requests;

/// <summary>How far a data request has come.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RequestState>))]
public enum RequestState
{
    /// <summary>Nobody has decided yet.</summary>
    [JsonStringEnumMemberName("open")] Open,

    /// <summary>An agency has promised the data.</summary>
    [JsonStringEnumMemberName("accepted")] Accepted,

    /// <summary>An agency has refused it, for a reason.</summary>
    [JsonStringEnumMemberName("refused")] Refused,

    /// <summary>The data is published.</summary>
    [JsonStringEnumMemberName("released")] Released,
}

/// <summary>Why an agency refuses.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RefusalReason>))]
public enum RefusalReason
{
    /// <summary>The agency does not hold such data.</summary>
    [JsonStringEnumMemberName("not-held")] NotHeld,

    /// <summary>It would disclose persons, also after anonymisation.</summary>
    [JsonStringEnumMemberName("personal-data")] PersonalData,

    /// <summary>Others hold rights in it.</summary>
    [JsonStringEnumMemberName("third-party-rights")] ThirdPartyRights,

    /// <summary>It would endanger security.</summary>
    [JsonStringEnumMemberName("security")] Security,

    /// <summary>Another law forbids it.</summary>
    [JsonStringEnumMemberName("legal-restriction")] LegalRestriction,

    /// <summary>It is published already; the note says where.</summary>
    [JsonStringEnumMemberName("already-published")] AlreadyPublished,

    /// <summary>The effort is out of proportion.</summary>
    [JsonStringEnumMemberName("disproportionate-effort")] DisproportionateEffort,
}

/// <summary>Whether a text that somebody sent in is shown.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Moderation>))]
public enum Moderation
{
    /// <summary>It is shown.</summary>
    [JsonStringEnumMemberName("shown")] Shown,

    /// <summary>It waits for a planner, because it may hold personal data or advertising.</summary>
    [JsonStringEnumMemberName("pending")] Pending,

    /// <summary>A planner has taken it down.</summary>
    [JsonStringEnumMemberName("hidden")] Hidden,
}

/// <summary>One wish for data that is not there.</summary>
public sealed record DataRequest
{
    /// <summary>Its id: the day it was opened and eight hexadecimal digits.</summary>
    public required string RequestId { get; init; }

    /// <summary>What it is called, 5 to 150 characters.</summary>
    public required string Title { get; init; }

    /// <summary>The data that is wanted, 10 to 2,000 characters.</summary>
    public required string Wanted { get; init; }

    /// <summary>What it is wanted for, up to 1,000 characters.</summary>
    public string? Purpose { get; init; }

    /// <summary>The requester's group, by its id in the plan.</summary>
    public required string Group { get; init; }

    /// <summary>The agency it is addressed to, or that has taken it up.</summary>
    public string? Agency { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>How far it has come.</summary>
    public RequestState State { get; init; }

    /// <summary>Why it was refused.</summary>
    public RefusalReason? Reason { get; init; }

    /// <summary>The dataset as which it was released.</summary>
    public string? DatasetId { get; init; }

    /// <summary>The plan's item that it asks for, as a planner has matched it.</summary>
    public string? Candidate { get; init; }

    /// <summary>Whether it is shown.</summary>
    public Moderation Moderation { get; init; }

    /// <summary>Every change, the first one first.</summary>
    public IReadOnlyList<RequestChange> Changes { get; init; } = [];

    /// <summary>How many of each group support it, the requester included; a caller counts once a day.</summary>
    public IReadOnlyDictionary<string, int> SupportersByGroup { get; init; } = new Dictionary<string, int>();
}

/// <summary>One change of a data request.</summary>
/// <param name="At">When.</param>
/// <param name="By">The agency whose key it was made with.</param>
/// <param name="State">The state it changed to, or null if that stayed.</param>
/// <param name="Reason">The reason of a refusal.</param>
/// <param name="DatasetId">The dataset of a release.</param>
/// <param name="Candidate">The plan's item it was matched to.</param>
/// <param name="Moderation">What it changed to, or null if that stayed.</param>
/// <param name="Note">The agency's words to the requester.</param>
public sealed record RequestChange(
    DateTimeOffset At,
    string By,
    RequestState? State,
    RefusalReason? Reason,
    string? DatasetId,
    string? Candidate,
    Moderation? Moderation,
    string? Note);
