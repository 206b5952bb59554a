namespace OpenData.Planning.Compaction;

/// <summary>A day that the usage log covers.</summary>
/// <param name="Day">The day.</param>
/// <param name="Zone">
/// The time zone in which it was counted; <c>mixed</c> for a day on which the setting changed. Days of different zones are not compared.
/// </param>
internal sealed record LoggedDay(DateOnly Day, string Zone);
