using OpenData.DuckDb;
using OpenData.Query.Language;
using OpenData.Query.Schema;

namespace OpenData.Query.Formats;

/// <summary>Writes each row as a GeoJSON feature: its first point is the geometry, everything else a property.</summary>
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
