namespace OpenData.Demand;

/// <summary>The rule that no published count is of fewer than five people, so that none of them can be found in it.</summary>
public static class SmallCell
{
    /// <summary>The fewest people that a count may be of.</summary>
    public const int Least = 5;

    /// <summary>Whether a count of people must not be published. Zero may be published: it identifies no person.</summary>
    public static bool IsSmall(long people) => people is > 0 and < Least;
}
