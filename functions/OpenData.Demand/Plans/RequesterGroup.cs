namespace OpenData.Demand.Plans;

/// <summary>One group of requesters.</summary>
/// <param name="Id">Its id in surveys and requests, such as <c>small-business</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Weight">What it weighs in demand, 0 to 1.</param>
public sealed record RequesterGroup(string Id, BilingualText Name, double Weight)
{
    /// <summary>The groups that hold where the plan names none, all of the same weight.</summary>
    public static IReadOnlyList<RequesterGroup> Default { get; } =
    [
        new("citizen", new("시민", "Citizens"), 1.0 / 6),
        new("small-business", new("중소기업", "Small business"), 1.0 / 6),
        new("large-business", new("대기업", "Large business"), 1.0 / 6),
        new("academia", new("학계·연구", "Academia"), 1.0 / 6),
        new("civil-society", new("시민사회", "Civil society"), 1.0 / 6),
        new("government", new("정부·공공기관", "Government"), 1.0 / 6),
    ];
}
