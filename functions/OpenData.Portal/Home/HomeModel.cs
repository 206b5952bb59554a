using OpenData.Portal.Rendering;

namespace OpenData.Portal.Home;

/// <summary>What the home page shows: numbers that are true now.</summary>
public sealed record HomeModel
{
    /// <summary>How many datasets there are.</summary>
    public required long Datasets { get; init; }

    /// <summary>How many records they have together.</summary>
    public required long Records { get; init; }

    /// <summary>How many data requests nobody has decided yet.</summary>
    public required long OpenRequests { get; init; }

    /// <summary>The themes and how many datasets each has, the largest first.</summary>
    public required IReadOnlyList<(string Name, long Count)> Themes { get; init; }

    /// <summary>The publishers and how many datasets each has, the largest first.</summary>
    public required IReadOnlyList<(string Name, long Count)> Publishers { get; init; }

    /// <summary>The datasets that changed last.</summary>
    public required IReadOnlyList<DatasetSummary> Latest { get; init; }

    /// <summary>The plan's name.</summary>
    public required string PlanName { get; init; }

    /// <summary>How many items the plan promises.</summary>
    public required int PlanItems { get; init; }

    /// <summary>How many of them are published.</summary>
    public required int PlanReleased { get; init; }
}
