using System.Text.Json;
using OpenData.Ingest.Places;

namespace OpenData.Ingest.Json;

/// <summary>What the fields of GeoJSON's features are (RFC 7946): the properties, what else a feature has, and its place.</summary>
/// <param name="propertiesName">The member of a feature that holds its properties.</param>
/// <param name="system">The coordinate system of the points, where the document names one of Korea's; null for degrees.</param>
internal sealed class GeoJsonLayout(string propertiesName, PlaneSystem? system)
{
    private const double MostLatitude = 90, MostLongitude = 180;

    private readonly JsonFields _fields = new(), _others = new();
    private bool _hasPoints, _hasAltitudes, _hasShapes, _isOutside;

    /// <summary>The fields.</summary>
    public IReadOnlyList<string> Labels => _fields.Names;

    /// <summary>The coordinate system of the points; null for degrees.</summary>
    public PlaneSystem? System => system;

    /// <summary>The columns of a point's parts, and of other shapes; -1 where there are none.</summary>
    public int Latitude { get; private set; } = -1;

    /// <inheritdoc cref="Latitude"/>
    public int Longitude { get; private set; } = -1;

    /// <inheritdoc cref="Latitude"/>
    public int Altitude { get; private set; } = -1;

    /// <inheritdoc cref="Latitude"/>
    public int Geometry { get; private set; } = -1;

    /// <summary>Whether points are coordinates that are no degrees.</summary>
    public bool IsNotWgs84 => _isOutside;

    /// <summary>Whether there are shapes other than points.</summary>
    public bool HasShapes => _hasShapes;

    /// <summary>The column of a property, or -1.</summary>
    public int Property(string name) => _fields.Find(name);

    /// <summary>The column of another member of features, such as their id; -1 for those that make a feature one.</summary>
    public int Member(string name) => _others.Find(name) is >= 0 and var place ? _memberColumns[place] : -1;

    private readonly List<int> _memberColumns = [];

    /// <summary>Takes note of a feature.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public void Note(ReadOnlySpan<byte> feature)
    {
        var reader = new Utf8JsonReader(feature, JsonText.Options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(propertiesName))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.StartObject) _fields.NoteObject(ref reader);
                else reader.Skip();
            }
            else if (reader.ValueTextEquals("geometry"u8))
            {
                NoteGeometry(ref reader);
            }
            else
            {
                if (!reader.ValueTextEquals("type"u8) && !reader.ValueTextEquals("bbox"u8)) _others.Add(JsonText.Name(ref reader));
                reader.Skip();
            }
        }
    }

    /// <summary>Ends learning: the place goes behind the properties.</summary>
    public void Finish()
    {
        foreach (var member in _others.Names) _memberColumns.Add(_fields.AddUnused(member, "feature_"));
        if (_hasPoints && !_isOutside)
        {
            Latitude = _fields.AddUnused("latitude", "point_");
            Longitude = _fields.AddUnused("longitude", "point_");
            if (_hasAltitudes) Altitude = _fields.AddUnused("altitude", "point_");
        }

        if (_hasShapes || _isOutside) Geometry = _fields.AddUnused("geometry", "feature_");
    }

    private void NoteGeometry(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return;
        if (GeoJsonPoint.TryRead(ref reader, out var point))
        {
            _hasPoints = true;
            _hasAltitudes |= point.HasAltitude;
            var place = system?.ToWgs84(point.X, point.Y) ?? new GeographicPoint(point.Y, point.X);
            _isOutside |= !(Math.Abs(place.Latitude) <= MostLatitude && Math.Abs(place.Longitude) <= MostLongitude);
        }
        else
        {
            _hasShapes = true;
        }
    }
}
