namespace OpenData.Ingest.Places;

/// <summary>The figure of the earth that a coordinate system is computed on.</summary>
/// <param name="SemiMajorAxis">Its equatorial radius in metres.</param>
/// <param name="InverseFlattening">1/f, where f is the flattening.</param>
internal sealed record Ellipsoid(double SemiMajorAxis, double InverseFlattening)
{
    /// <summary>Bessel 1841 (EPSG:7004).</summary>
    public static Ellipsoid Bessel1841 { get; } = new(6_377_397.155, 299.1528128);

    /// <summary>GRS 1980 (EPSG:7019).</summary>
    public static Ellipsoid Grs80 { get; } = new(6_378_137, 298.257222101);

    /// <summary>WGS 84 (EPSG:7030).</summary>
    public static Ellipsoid Wgs84 { get; } = new(6_378_137, 298.257223563);

    /// <summary>The third flattening, n = f / (2 - f).</summary>
    public double ThirdFlattening => 1 / (2 * InverseFlattening - 1);

    /// <summary>The squared first eccentricity, e² = f (2 - f).</summary>
    public double SquaredEccentricity => (2 - 1 / InverseFlattening) / InverseFlattening;
}
