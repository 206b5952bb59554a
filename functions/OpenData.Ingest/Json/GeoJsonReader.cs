using System.Buffers.Text;
using System.Text.Json;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Json;

/// <summary>One feature of GeoJSON after another as the cells of a record.</summary>
/// <param name="values">The features; disposed with this.</param>
/// <param name="table">How the file holds them.</param>
/// <param name="layout">Their fields.</param>
/// <param name="problems">Takes the deviations.</param>
internal sealed class GeoJsonReader(JsonValues values, JsonTable table, GeoJsonLayout layout, ProblemLog problems) : RecordReader
{
    /// <summary>Digits of a degree after the point that are a tenth of a millimetre.</summary>
    private const int DegreeDigits = 9;

    private readonly JsonCells _cells = new(layout.Labels.Count);

    /// <inheritdoc/>
    public override int Count => layout.Labels.Count;

    /// <inheritdoc/>
    public override long Line => values.Line;

    /// <inheritdoc/>
    public override long ByteOffset => values.ByteOffset;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Cell(int index) => _cells.Text(index);

    /// <inheritdoc/>
    public override bool IsAbsent(int index) => _cells.IsAbsent(index);

    /// <inheritdoc/>
    public override bool IsJson(int index) => _cells.IsJson(index);

    /// <inheritdoc/>
    public override bool Read()
    {
        while (values.Next())
        {
            try
            {
                Take();
                return true;
            }
            catch (JsonException e) when (table.Kind == JsonTableKind.Lines)
            {
                problems.Add(JsonProblems.BadLine(e, Line, ByteOffset, values.Value));
            }
        }

        return false;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) values.Dispose();
        base.Dispose(disposing);
    }

    private void Take()
    {
        _cells.Begin(Count);
        var reader = new Utf8JsonReader(values.Value, JsonText.Options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(table.PropertiesName))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.StartObject) TakeProperties(ref reader);
                else reader.Skip();
            }
            else if (reader.ValueTextEquals("geometry"u8))
            {
                reader.Read();
                TakeGeometry(ref reader);
            }
            else
            {
                var column = layout.Member(JsonText.Name(ref reader));
                reader.Read();
                if (column >= 0) TakeValue(ref reader, column);
                else reader.Skip();
            }
        }

        if (reader.Read()) throw new JsonException("Something follows the value.");
    }

    private void TakeProperties(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var column = layout.Property(JsonText.Name(ref reader));
            reader.Read();
            TakeValue(ref reader, column);
        }
    }

    private void TakeGeometry(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return;
        var shape = reader;
        if (!GeoJsonPoint.TryRead(ref reader, out var point) || layout.IsNotWgs84)
        {
            TakeValue(ref shape, layout.Geometry);
            return;
        }

        if (layout.System is { } system)
        {
            var place = system.ToWgs84(point.X, point.Y);
            TakeDegrees(place.Latitude, layout.Latitude);
            TakeDegrees(place.Longitude, layout.Longitude);
        }
        else
        {
            _cells.Take(point.YText, layout.Latitude);
            _cells.Take(point.XText, layout.Longitude);
        }

        if (point.HasAltitude) _cells.Take(point.AltitudeText, layout.Altitude);
    }

    private void TakeDegrees(double degrees, int column)
    {
        Span<byte> text = stackalloc byte[32];
        Utf8Formatter.TryFormat(degrees, text, out var length, new System.Buffers.StandardFormat('F', DegreeDigits));
        _cells.Take(text[..length], column);
    }

    private void TakeValue(ref Utf8JsonReader reader, int column)
    {
        if (!_cells.TryTake(ref reader, values.Value, column, out var rest))
        {
            problems.Add(
                JsonProblems.DuplicateProperty(Line, ByteOffset, layout.Labels[column], rest));
        }
        else if (rest.Length > 0)
        {
            problems.Add(JsonProblems.UndecodableText(Line, ByteOffset, layout.Labels[column], rest));
        }
    }
}
