using System.Text.Json;

namespace OpenData.Ingest.Json;

/// <summary>The position of a point in GeoJSON, with its numbers as they are written.</summary>
internal readonly ref struct GeoJsonPoint
{
    /// <summary>The first coordinate: the longitude in degrees, or the easting in metres.</summary>
    public required double X { get; init; }

    /// <summary>The second coordinate: the latitude in degrees, or the northing in metres.</summary>
    public required double Y { get; init; }

    /// <summary>The first coordinate as it is written.</summary>
    public required ReadOnlySpan<byte> XText { get; init; }

    /// <summary>The second coordinate as it is written.</summary>
    public required ReadOnlySpan<byte> YText { get; init; }

    /// <summary>The third coordinate as it is written: metres above the ellipsoid; nothing if there is none.</summary>
    public ReadOnlySpan<byte> AltitudeText { get; init; }

    /// <summary>Whether it has a third coordinate.</summary>
    public bool HasAltitude => !AltitudeText.IsEmpty;

    /// <summary>Reads a geometry, and leaves the reader on its end; false if it is no point with two or three numbers.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, out GeoJsonPoint point)
    {
        point = default;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return false;
        }

        var isPoint = false;
        ReadOnlySpan<byte> x = default, y = default, z = default;
        var (numbers, named) = (0, 0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isCoordinates = reader.ValueTextEquals("coordinates"u8);
            // ArcGIS names the two.
            var (isX, isY) = (reader.ValueTextEquals("x"u8), reader.ValueTextEquals("y"u8));
            reader.Read();
            if ((isX || isY) && reader.TokenType == JsonTokenType.Number)
            {
                if (isX) x = reader.ValueSpan;
                else y = reader.ValueSpan;
                named++;
            }

            if (isType) isPoint = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("Point"u8);
            if (!isCoordinates || reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType == JsonTokenType.Number)
                {
                    if (numbers == 0) x = reader.ValueSpan;
                    else if (numbers == 1) y = reader.ValueSpan;
                    else if (numbers == 2) z = reader.ValueSpan;
                    numbers++;
                }
                else
                {
                    numbers = int.MinValue / 2;
                    reader.Skip();
                }
            }
        }

        if ((!isPoint || numbers is not (2 or 3)) && (named != 2 || numbers != 0)) return false;
        if (!System.Buffers.Text.Utf8Parser.TryParse(x, out double first, out _)
            || !System.Buffers.Text.Utf8Parser.TryParse(y, out double second, out _))
        {
            return false;
        }

        point = new GeoJsonPoint { X = first, Y = second, XText = x, YText = y, AltitudeText = z };
        return true;
    }
}
