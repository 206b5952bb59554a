namespace OpenData.Ingest.Places;

/// <summary>
/// The inverse of the Transverse Mercator projection (EPSG method 9807) by the series of Krüger up to the sixth power of the third
/// flattening, as given by Karney, Transverse Mercator with an accuracy of a few nanometers (2011, equations 12, 14, 36;
/// https://arxiv.org/abs/1002.1417). Within 10 degrees of the central meridian its error is below a micrometre.
/// </summary>
internal sealed class TransverseMercator
{
    private const double RadiansPerDegree = Math.PI / 180;

    private readonly double _centralMeridian, _falseEasting, _falseNorthing, _scaledRadius, _originArc, _eccentricity;
    private readonly double[] _beta;

    /// <summary>A projection.</summary>
    /// <param name="ellipsoid">The figure that is projected.</param>
    /// <param name="latitudeOfOrigin">Degrees.</param>
    /// <param name="centralMeridian">Degrees.</param>
    /// <param name="scale">The scale on the central meridian.</param>
    /// <param name="falseEasting">The easting of the central meridian, in metres.</param>
    /// <param name="falseNorthing">The northing of the origin, in metres.</param>
    public TransverseMercator(
        Ellipsoid ellipsoid, double latitudeOfOrigin, double centralMeridian, double scale, double falseEasting, double falseNorthing)
    {
        var n = ellipsoid.ThirdFlattening;
        var (n2, n3, n4, n5, n6) = (n * n, n * n * n, Math.Pow(n, 4), Math.Pow(n, 5), Math.Pow(n, 6));
        _beta =
        [
            n / 2 - 2 * n2 / 3 + 37 * n3 / 96 - n4 / 360 - 81 * n5 / 512 + 96_199 * n6 / 604_800,
            n2 / 48 + n3 / 15 - 437 * n4 / 1_440 + 46 * n5 / 105 - 1_118_711 * n6 / 3_870_720,
            17 * n3 / 480 - 37 * n4 / 840 - 209 * n5 / 4_480 + 5_569 * n6 / 90_720,
            4_397 * n4 / 161_280 - 11 * n5 / 504 - 830_251 * n6 / 7_257_600,
            4_583 * n5 / 161_280 - 108_847 * n6 / 3_991_680,
            20_648_693 * n6 / 638_668_800,
        ];
        double[] alpha =
        [
            n / 2 - 2 * n2 / 3 + 5 * n3 / 16 + 41 * n4 / 180 - 127 * n5 / 288 + 7_891 * n6 / 37_800,
            13 * n2 / 48 - 3 * n3 / 5 + 557 * n4 / 1_440 + 281 * n5 / 630 - 1_983_433 * n6 / 1_935_360,
            61 * n3 / 240 - 103 * n4 / 140 + 15_061 * n5 / 26_880 + 167_603 * n6 / 181_440,
            49_561 * n4 / 161_280 - 179 * n5 / 168 + 6_601_661 * n6 / 7_257_600,
            34_729 * n5 / 80_640 - 3_418_889 * n6 / 1_995_840,
            212_378_941 * n6 / 319_334_400,
        ];
        _scaledRadius = scale * ellipsoid.SemiMajorAxis / (1 + n) * (1 + n2 / 4 + n4 / 64 + n6 / 256);
        _eccentricity = Math.Sqrt(ellipsoid.SquaredEccentricity);
        (_centralMeridian, _falseEasting, _falseNorthing) = (centralMeridian, falseEasting, falseNorthing);

        var origin = Math.Atan(ConformalTangent(Math.Tan(latitudeOfOrigin * RadiansPerDegree)));
        _originArc = origin;
        for (var j = 0; j < alpha.Length; j++) _originArc += alpha[j] * Math.Sin(2 * (j + 1) * origin);
    }

    /// <summary>The place of a point of the plane, on the projection's own datum.</summary>
    /// <param name="easting">Metres, to the east.</param>
    /// <param name="northing">Metres, to the north.</param>
    public GeographicPoint Unproject(double easting, double northing)
    {
        var xi = (northing - _falseNorthing) / _scaledRadius + _originArc;
        var eta = (easting - _falseEasting) / _scaledRadius;
        var (xi0, eta0) = (xi, eta);
        for (var j = 0; j < _beta.Length; j++)
        {
            var k = 2 * (j + 1);
            xi0 -= _beta[j] * Math.Sin(k * xi) * Math.Cosh(k * eta);
            eta0 -= _beta[j] * Math.Cos(k * xi) * Math.Sinh(k * eta);
        }

        var sinh = Math.Sinh(eta0);
        var cos = Math.Cos(xi0);
        var conformal = Math.Sin(xi0) / Math.Sqrt(sinh * sinh + cos * cos);
        var longitude = _centralMeridian + Math.Atan2(sinh, cos) / RadiansPerDegree;
        return new GeographicPoint(Math.Atan(GeodeticTangent(conformal)) / RadiansPerDegree, longitude);
    }

    /// <summary>The tangent of the conformal latitude (Karney, equation 7).</summary>
    private double ConformalTangent(double tangent)
    {
        var secant = Math.Sqrt(1 + tangent * tangent);
        var sigma = Math.Sinh(_eccentricity * Math.Atanh(_eccentricity * tangent / secant));
        return tangent * Math.Sqrt(1 + sigma * sigma) - sigma * secant;
    }

    /// <summary>
    /// The tangent of the geodetic latitude by Newton's method (Karney, equations 19 to 21); three steps are exact to the last digit.
    /// </summary>
    private double GeodeticTangent(double conformal)
    {
        var tangent = conformal;
        var e2 = _eccentricity * _eccentricity;
        for (var i = 0; i < 3; i++)
        {
            var reached = ConformalTangent(tangent);
            tangent += (conformal - reached) / Math.Sqrt(1 + reached * reached)
                * (1 + (1 - e2) * tangent * tangent) / ((1 - e2) * Math.Sqrt(1 + tangent * tangent));
        }

        return tangent;
    }
}
