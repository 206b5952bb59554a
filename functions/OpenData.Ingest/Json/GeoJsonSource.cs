using System.Text.Json;
using System.Text.Unicode;
using OpenData.Catalog;
using OpenData.Ingest.Places;
using OpenData.Ingest.Records;
using OpenData.Ingest.Text;

namespace OpenData.Ingest.Json;

/// <summary>
/// GeoJSON as records: a feature is a row, its properties are the fields, its point is a latitude and a longitude; any other shape is kept
/// as GeoJSON text.
/// </summary>
internal sealed class GeoJsonSource : RecordSource
{
    /// <summary>What the points are called.</summary>
    private const string PointName = "geo_point_2d";

    private readonly SourceContent _source;
    private readonly TextEncoding _encoding;
    private readonly JsonTable _table;
    private readonly GeoJsonLayout _layout;

    /// <summary>Reads the file once to find what fields its features have.</summary>
    /// <exception cref="WrongEncodingException">The guess at the encoding is wrong.</exception>
    public GeoJsonSource(SourceContent source, TextEncoding encoding, bool guessed, JsonTable table)
    {
        (_source, _encoding, _table) = (source, encoding, table);
        _layout = new GeoJsonLayout(table.PropertiesName, table.CoordinateSystem is { } name ? PlaneSystem.Named(name) : null);
        using var values = JsonReading.Values(source, encoding, table, new ProblemLog());
        while (values.Next())
        {
            if (guessed && !Utf8.IsValid(values.Value)) throw new WrongEncodingException();
            try
            {
                _layout.Note(values.Value);
            }
            catch (JsonException) when (table.Kind == JsonTableKind.Lines)
            {
                // The reader of the features reports the line.
            }
        }

        _layout.Finish();
    }

    /// <inheritdoc/>
    public override string Format => "geojson";

    /// <inheritdoc/>
    public override string? Encoding => _encoding.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Labels => _layout.Labels;

    /// <inheritdoc/>
    public override IReadOnlyList<PointDeclaration> Points => _layout.Latitude < 0 ? [] :
        [new PointDeclaration { Latitude = Labels[_layout.Latitude], Longitude = Labels[_layout.Longitude], Name = PointName }];

    /// <inheritdoc/>
    public override RecordReader Open(ProblemLog problems)
    {
        if (_layout.IsNotWgs84) problems.Add(JsonProblems.NotWgs84(_table.CoordinateSystem, Labels[_layout.Geometry]));
        else if (_layout.HasShapes) problems.Add(JsonProblems.GeometryKept(Labels[_layout.Geometry]));
        return new GeoJsonReader(JsonReading.Values(_source, _encoding, _table, problems), _table, _layout, problems);
    }
}
