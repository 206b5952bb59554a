using OpenData.Query.Schema;

namespace OpenData.Query.Subjects;

/// <summary>A field of the catalogue.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Template">
/// Of a metadatum: its template. What has none is a part of the dataset's record, which <c>select=*</c> shows; the others lie in its metas.
/// </param>
/// <param name="Type">Its type in DuckDB.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="IsFacet">Whether it is counted where nobody says which facets.</param>
/// <param name="Of">Takes it from a dataset's record; null where it depends on the day, or is made of others, when it is asked for.</param>
internal sealed record CatalogColumn(
    string Name, string? Template, string Type, ValueKind Kind, bool IsFacet, Func<DatasetRecord, object?>? Of);
