namespace OpenData.Demand.Requests;

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

    /// <summary>How many verified people of each group support it; a person counts once.</summary>
    public IReadOnlyDictionary<string, int> VerifiedSupportersByGroup { get; init; } = new Dictionary<string, int>();

    /// <summary>How many unverified voices of each group support it, the requester's included; a caller counts once a day.</summary>
    public IReadOnlyDictionary<string, int> SupportersByGroup { get; init; } = new Dictionary<string, int>();
}
