using OpenData.DuckDb;
using OpenData.Query.Plan;

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

/// <summary>What can be chosen about a format.</summary>
public sealed record FormatOptions
{
    /// <summary>How CSV is written.</summary>
    public CsvOptions Csv { get; init; } = new();

    /// <summary>Whether headers have the fields' labels instead of their names.</summary>
    public bool UseLabels { get; init; }

    /// <summary>Parquet's codec: <c>snappy</c> or <c>zstd</c>.</summary>
    public string ParquetCompression { get; init; } = "snappy";
}

/// <summary>Writes rows one after another in some format. Used by one thread at a time, for one result.</summary>
internal abstract class RowWriter
{
    /// <summary>
    /// Whether a row's text depends on nothing but the row, so that several writers may share a result: the first begins and ends it, and any writes
    /// any rows.
    /// </summary>
    public virtual bool IsSharing => true;

    /// <summary>What stands between two rows.</summary>
    protected virtual ReadOnlySpan<byte> Separator => default;

    public static RowWriter Create(RecordFormat format, IReadOnlyList<OutputColumn> columns, FormatOptions options) => format switch
    {
        RecordFormat.Json => new JsonArrayWriter(columns),
        RecordFormat.Jsonl => new JsonLinesWriter(columns),
        RecordFormat.Csv => new CsvWriter(columns, options),
        RecordFormat.GeoJson => new GeoJsonWriter(columns),
        RecordFormat.Xlsx => new XlsxWriter(columns, options),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "This format is not written row by row."),
    };

    public virtual void Begin(Utf8Output output)
    {
    }

    /// <summary>Some rows of a chunk.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="chunk">The chunk.</param>
    /// <param name="from">The first row.</param>
    /// <param name="until">The row behind the last.</param>
    /// <param name="first">Whether no row of the result stands before them.</param>
    public void Rows(Utf8Output output, DataChunk chunk, int from, int until, bool first)
    {
        for (var row = from; row < until; row++)
        {
            if (row > from || !first) output.Write(Separator);
            Row(output, chunk, row);
        }
    }

    public virtual void End(Utf8Output output)
    {
    }

    /// <summary>One row.</summary>
    protected abstract void Row(Utf8Output output, DataChunk chunk, int row);
}

internal sealed class JsonArrayWriter(IReadOnlyList<OutputColumn> columns) : RowWriter
{
    private readonly JsonRows _json = new(columns);

    protected override ReadOnlySpan<byte> Separator => ","u8;

    public override void Begin(Utf8Output output) => output.Write("["u8);

    public override void End(Utf8Output output) => output.Write("]"u8);

    protected override void Row(Utf8Output output, DataChunk chunk, int row) => _json.Write(output, chunk, row);
}

internal sealed class JsonLinesWriter(IReadOnlyList<OutputColumn> columns) : RowWriter
{
    private readonly JsonRows _json = new(columns);

    protected override void Row(Utf8Output output, DataChunk chunk, int row)
    {
        _json.Write(output, chunk, row);
        output.Write("\n"u8);
    }
}

/// <summary>A feature a record: its first point is its geometry, everything else a property.</summary>
internal sealed class GeoJsonWriter : RowWriter
{
    private readonly JsonRows _properties;
    private readonly int _point;

    public GeoJsonWriter(IReadOnlyList<OutputColumn> columns)
    {
        _point = columns.ToList().FindIndex(column => column.Kind == ValueKind.Point);
        if (_point < 0) throw new QueryException("select", null, "GeoJSON needs a geo_point_2d field among what is selected.");
        _properties = new JsonRows(columns, _point);
    }

    protected override ReadOnlySpan<byte> Separator => ","u8;

    public override void Begin(Utf8Output output) => output.Write("{\"type\":\"FeatureCollection\",\"features\":["u8);

    public override void End(Utf8Output output) => output.Write("]}"u8);

    protected override void Row(Utf8Output output, DataChunk chunk, int row)
    {
        output.Write("{\"type\":\"Feature\",\"geometry\":"u8);
        var point = chunk[_point];
        if (point.IsNull(row))
        {
            output.Write("null"u8);
        }
        else
        {
            output.Write("{\"type\":\"Point\",\"coordinates\":["u8);
            JsonRows.Value(output, point.Member(0), row, ValueKind.Double);
            output.Write(","u8);
            JsonRows.Value(output, point.Member(1), row, ValueKind.Double);
            output.Write("]}"u8);
        }

        output.Write(",\"properties\":"u8);
        _properties.Write(output, chunk, row);
        output.Write("}"u8);
    }
}
