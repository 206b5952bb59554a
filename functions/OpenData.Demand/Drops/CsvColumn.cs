namespace OpenData.Demand.Drops;

/// <summary>One column of a planners' file.</summary>
/// <param name="Name">Its header.</param>
/// <param name="Korean">The header that serves as well.</param>
/// <param name="Required">Whether the file is rejected without it.</param>
internal sealed record CsvColumn(string Name, string Korean, bool Required = true);
