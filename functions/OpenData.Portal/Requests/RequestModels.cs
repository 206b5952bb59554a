using OpenData.Demand.Requests;
using OpenData.Portal.Rendering;

namespace OpenData.Portal.Requests;

/// <summary>A data request in a list or on its own page.</summary>
/// <param name="Request">The request.</param>
/// <param name="GroupName">The name of the requester's group.</param>
/// <param name="DueOn">By when it is to be decided.</param>
/// <param name="Supporters">How many support it, of groups with five or more; null if no group has as many.</param>
public sealed record RequestModel(DataRequest Request, string GroupName, DateOnly DueOn, int? Supporters);

/// <summary>The board of requests.</summary>
/// <param name="Search">The words searched for; null for none.</param>
/// <param name="State">The state filtered by; null for all.</param>
/// <param name="Sort">The order: <c>opened</c> or <c>support</c>.</param>
/// <param name="Total">How many requests there are.</param>
/// <param name="Requests">Those of this page.</param>
public sealed record BoardModel(string? Search, string? State, string Sort, int Total, IReadOnlyList<RequestModel> Requests)
{
    /// <summary>How many requests are on a page.</summary>
    public const int PageSize = 20;
}

/// <summary>A request's own page.</summary>
/// <param name="Shown">The request.</param>
/// <param name="Groups">The groups that a supporter chooses from: id and name.</param>
/// <param name="Outcome">What the reader has just done: <c>opened</c>, <c>supported</c>, <c>already</c>; null for nothing.</param>
public sealed record RequestPageModel(RequestModel Shown, IReadOnlyList<(string Id, string Name)> Groups, string? Outcome);

/// <summary>The form for a new request.</summary>
public sealed record NewRequestModel
{
    /// <summary>What the reader has typed, by the names of the fields.</summary>
    public required IReadOnlyDictionary<string, string> Values { get; init; }

    /// <summary>What is wrong with a field, by its name; empty for what concerns all.</summary>
    public required IReadOnlyDictionary<string, string> Faults { get; init; }

    /// <summary>The requester groups: id and name.</summary>
    public required IReadOnlyList<(string Id, string Name)> Groups { get; init; }

    /// <summary>Datasets that may be what is asked for.</summary>
    public required IReadOnlyList<DatasetSummary> SimilarDatasets { get; init; }

    /// <summary>Requests that may ask for the same.</summary>
    public required IReadOnlyList<DataRequest> SimilarRequests { get; init; }

    /// <summary>Whether the request was taken and waits for a planner to look at it.</summary>
    public bool IsPending { get; init; }
}
