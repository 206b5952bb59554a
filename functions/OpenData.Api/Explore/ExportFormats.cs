using OpenData.Query.Formats;
using OpenData.Query.Subjects;

namespace OpenData.Api.Explore;

/// <summary>One format that an export comes in.</summary>
/// <param name="Name">Its name in the path; also the file's extension.</param>
/// <param name="Format">How it is written.</param>
/// <param name="MediaType">Of the answer.</param>
/// <param name="Select">What is exported where nothing is selected; null for all fields.</param>
public sealed record ExportFormat(string Name, RecordFormat Format, string MediaType, string? Select = null);

/// <summary>The formats on offer.</summary>
public static class ExportFormats
{
    // The catalogue's records are nested; a table shows the flat side of them.
    // Clients of the API read these columns' names.
    private const string FlatCatalog =
        "dataset_id as datasetid, title as `default.title`, description as `default.description`, publisher as `default.publisher`, "
        + "theme as `default.theme`, keyword as `default.keyword`, license as `default.license`, modified as `default.modified`, "
        + "data_processed as `default.data_processed`, records_count as `default.records_count`, accrualperiodicity as "
        + "`dcat.accrualperiodicity`, "
        + "features, version";

    private static readonly ExportFormat Csv = new("csv", RecordFormat.Csv, "text/csv; charset=utf-8");
    private static readonly ExportFormat Json = new("json", RecordFormat.Json, "application/json; charset=utf-8");
    private static readonly ExportFormat Jsonl = new("jsonl", RecordFormat.Jsonl, "application/x-ndjson; charset=utf-8");
    private static readonly ExportFormat Xlsx =
        new("xlsx", RecordFormat.Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    private static readonly ExportFormat Parquet = new("parquet", RecordFormat.Parquet, "application/vnd.apache.parquet");
    private static readonly ExportFormat GeoJson = new("geojson", RecordFormat.GeoJson, "application/geo+json; charset=utf-8");

    private static readonly ExportFormat[] Plain = [Csv, Json, Jsonl, Xlsx, Parquet];
    private static readonly ExportFormat[] WithPlaces = [.. Plain, GeoJson];

    /// <summary>All formats of datasets.</summary>
    public static IReadOnlyList<ExportFormat> All => WithPlaces;

    /// <summary>Of the catalogue as a table.</summary>
    public static IReadOnlyList<ExportFormat> OfCatalog { get; } =
        [Csv with { Select = FlatCatalog }, Json, Xlsx with { Select = FlatCatalog }];

    /// <summary>Of a dataset.</summary>
    public static IReadOnlyList<ExportFormat> OfDataset(ServedDataset dataset) => dataset.HasPoint ? WithPlaces : Plain;
}
