namespace OpenData.Query.Subjects;

/// <summary>What the catalogue's index says of itself.</summary>
/// <param name="Rows">How many datasets are in the catalogue.</param>
/// <param name="Content">A hash of what is said of them: the same on every instance that has the same.</param>
/// <param name="DescribedAt">When one of them last changed.</param>
/// <param name="NextListed">When the next dataset will be in the catalogue whose time has not come yet; null if there is none.</param>
internal sealed record CatalogState(long Rows, ulong Content, DateTimeOffset DescribedAt, DateTimeOffset? NextListed);
