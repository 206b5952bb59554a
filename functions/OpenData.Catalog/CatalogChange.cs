using OpenData.Lake;

namespace OpenData.Catalog;

/// <summary>One entry of the feed of changes: a dataset as it was then.</summary>
/// <param name="Sequence">Its place in the feed, from 1.</param>
/// <param name="Id">The dataset.</param>
/// <param name="Revision">The revision of the dataset's entry; an entry of a lower revision says nothing new.</param>
/// <param name="Record">What there is of the dataset; null where it is to be read from the dataset's own row and manifest.</param>
public sealed record CatalogChange(long Sequence, DatasetId Id, long Revision, CatalogRecord? Record);
