namespace OpenData.Query.Formats;

/// <summary>How records are written.</summary>
public enum RecordFormat
{
    /// <summary>A JSON array of objects.</summary>
    Json,

    /// <summary>A JSON object a line.</summary>
    Jsonl,

    /// <summary>CSV with a header.</summary>
    Csv,

    /// <summary>A GeoJSON FeatureCollection.</summary>
    GeoJson,

    /// <summary>An Excel workbook.</summary>
    Xlsx,

    /// <summary>Parquet.</summary>
    Parquet,
}
