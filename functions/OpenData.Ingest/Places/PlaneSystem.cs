using System.Globalization;

namespace OpenData.Ingest.Places;

/// <summary>One of Korea's systems of plane coordinates, whose points it turns into WGS 84.</summary>
internal sealed class PlaneSystem
{
    private static readonly IReadOnlyDictionary<int, PlaneSystem> Systems = Known().ToDictionary(system => system.Code);

    private readonly TransverseMercator _projection;
    private readonly bool _isKorean1985;

    private PlaneSystem(
        int code, string name, bool isKorean1985, double centralMeridian, double scale, double falseEasting, double falseNorthing)
    {
        (Code, Name, _isKorean1985) = (code, name, isKorean1985);
        _projection = new TransverseMercator(
            isKorean1985 ? Ellipsoid.Bessel1841 : Ellipsoid.Grs80, 38, centralMeridian, scale, falseEasting, falseNorthing);
    }

    /// <summary>Its number in the EPSG registry.</summary>
    public int Code { get; }

    /// <summary>Its name in the EPSG registry.</summary>
    public string Name { get; }

    /// <summary>How a field names it: <c>EPSG:5174</c>.</summary>
    public string Identifier => string.Create(CultureInfo.InvariantCulture, $"EPSG:{Code}");

    /// <summary>The system with this number in the EPSG registry, or null if it is none of Korea's that is known here.</summary>
    public static PlaneSystem? Of(int code) => Systems.GetValueOrDefault(code);

    /// <summary>The system that a text such as <c>EPSG:5174</c> or <c>5174</c> names; null if it names none that is known here.</summary>
    public static PlaneSystem? Named(string text)
    {
        var digits = text.StartsWith("EPSG", StringComparison.OrdinalIgnoreCase) ? text[4..].TrimStart(':', ' ') : text;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? Of(code) : null;
    }

    /// <summary>
    /// The place of a point. Systems of Korea 2000 differ from WGS 84 by nothing (EPSG:15831, accuracy 1 m); those of Korean 1985 are
    /// shifted (<see cref="DatumShift"/>).
    /// </summary>
    /// <param name="easting">Metres, to the east; people call it X.</param>
    /// <param name="northing">Metres, to the north; people call it Y.</param>
    public GeographicPoint ToWgs84(double easting, double northing)
    {
        var point = _projection.Unproject(easting, northing);
        return _isKorean1985 ? DatumShift.Korean1985ToWgs84(point) : point;
    }

    /// <summary>Whether a point lies in the country's box: what EPSG gives as the area of the datum Korea 2000, land and sea.</summary>
    public static bool IsInKorea(GeographicPoint point) => point is { Latitude: >= 32.5 and <= 38.7, Longitude: >= 124 and <= 132.2 };

    // Belts of Korean 1985 and Korea 2000 are two degrees wide, with the same false origin; in 2003 the one of Jeju was put 50 km to the
    // north, and in 2010 all of them 100 km. The modified ones correct a survey that was 10.405 seconds off.
    private static IEnumerable<PlaneSystem> Known()
    {
        const double modified = 10.405 / 3600;
        (string Name, double Meridian)[] belts = [("West Belt", 125), ("Central Belt", 127), ("East Belt", 129), ("East Sea Belt", 131)];
        int[] korean1985 = [
            2098, 2097, 2096, 5167
        ], modified1985 = [5173, 5174, 5176, 5177], korea2000 = [5180, 5181, 5183, 5184], korea2010 = [5185, 5186, 5187, 5188];
        for (var i = 0; i < belts.Length; i++)
        {
            var (name, meridian) = belts[i];
            yield return new(korean1985[i], $"Korean 1985 / {name}", true, meridian, 1, 200_000, 500_000);
            yield return new(modified1985[i], $"Korean 1985 / Modified {name}", true, meridian + modified, 1, 200_000, 500_000);
            yield return new(korea2000[i], $"Korea 2000 / {name}", false, meridian, 1, 200_000, 500_000);
            yield return new(korea2010[i], $"Korea 2000 / {name} 2010", false, meridian, 1, 200_000, 600_000);
        }

        yield return new(5168, "Korean 1985 / Central Belt Jeju", true, 127, 1, 200_000, 550_000);
        yield return new(5175, "Korean 1985 / Modified Central Belt Jeju", true, 127 + modified, 1, 200_000, 550_000);
        yield return new(5178, "Korean 1985 / Unified CS", true, 127.5, 0.9996, 1_000_000, 2_000_000);
        yield return new(5179, "Korea 2000 / Unified CS", false, 127.5, 0.9996, 1_000_000, 2_000_000);
        yield return new(5182, "Korea 2000 / Central Belt Jeju", false, 127, 1, 200_000, 550_000);
    }
}
