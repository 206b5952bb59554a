namespace OpenData.Ingest.Places;

/// <summary>
/// Korean 1985 to WGS 84 (EPSG:5191, accuracy 1 m): the Molodensky-Badekas transformation with coordinate frame rotation (EPSG method 9636,
/// IOGP Guidance Note 7-2, section 4.3.3), which turns and scales about a point in Korea and then moves it.
/// </summary>
internal static class DatumShift
{
    private const double RadiansPerDegree = Math.PI / 180, RadiansPerSecond = RadiansPerDegree / 3600;

    private const double X = -145.907, Y = 505.034, Z = 685.756;
    private const double RotationX = -1.162 * RadiansPerSecond, RotationY = 2.347 * RadiansPerSecond, RotationZ = 1.592 * RadiansPerSecond;
    private const double Scale = 1 + 6.342e-6;
    private const double PivotX = -3_159_521.31, PivotY = 4_068_151.32, PivotZ = 3_748_113.85;

    /// <summary>The same place on WGS 84, taken to lie on the surface of the ellipsoid.</summary>
    /// <param name="korean1985">A place on the datum Korean 1985, that is on <see cref="Ellipsoid.Bessel1841"/>.</param>
    public static GeographicPoint Korean1985ToWgs84(GeographicPoint korean1985)
    {
        var (x, y, z) = ToGeocentric(korean1985, Ellipsoid.Bessel1841);
        (x, y, z) = (x - PivotX, y - PivotY, z - PivotZ);
        return ToGeographic(
            Scale * (x + RotationZ * y - RotationY * z) + PivotX + X,
            Scale * (-RotationZ * x + y + RotationX * z) + PivotY + Y,
            Scale * (RotationY * x - RotationX * y + z) + PivotZ + Z,
            Ellipsoid.Wgs84);
    }

    private static (double X, double Y, double Z) ToGeocentric(GeographicPoint point, Ellipsoid ellipsoid)
    {
        var (sin, cos) = Math.SinCos(point.Latitude * RadiansPerDegree);
        var (sinLongitude, cosLongitude) = Math.SinCos(point.Longitude * RadiansPerDegree);
        var e2 = ellipsoid.SquaredEccentricity;
        var radius = ellipsoid.SemiMajorAxis / Math.Sqrt(1 - e2 * sin * sin);
        return (radius * cos * cosLongitude, radius * cos * sinLongitude, radius * (1 - e2) * sin);
    }

    /// <summary>The angles of a place by Bowring's formula (1976): near the ground its error is far below a millimetre.</summary>
    private static GeographicPoint ToGeographic(double x, double y, double z, Ellipsoid ellipsoid)
    {
        var a = ellipsoid.SemiMajorAxis;
        var e2 = ellipsoid.SquaredEccentricity;
        var b = a * Math.Sqrt(1 - e2);
        var distance = Math.Sqrt(x * x + y * y);
        var (sin, cos) = Math.SinCos(Math.Atan2(z * a, distance * b));
        var latitude = Math.Atan2(z + e2 / (1 - e2) * b * sin * sin * sin, distance - e2 * a * cos * cos * cos);
        return new GeographicPoint(latitude / RadiansPerDegree, Math.Atan2(y, x) / RadiansPerDegree);
    }
}
