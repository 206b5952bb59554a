using OpenData.Ingest.Places;

namespace OpenData.Tests.Ingest.Places;

/// <summary>Points that PROJ 9.1 (cs2cs, EPSG operations 5191 and 15831) turned into WGS 84.</summary>
[Trait("Category", "Unit")]
public sealed class PlaneSystemTests
{
    [Theory]
    [InlineData(5174, 499147.9828, 530998.1969, 38.23228096, 130.416973035)]
    [InlineData(5174, 353828.8837, 429191.4872, 37.35205096, 128.736931033)]
    [InlineData(5174, 35005.3635, 96413.4172, 34.352483959, 125.207540024)]
    [InlineData(5174, 104755.5713, 433025.0482, 37.394424956, 125.925212031)]
    [InlineData(2097, 461561.8551, 8230.8818, 33.538620967, 129.813563022)]
    [InlineData(2097, 163986.5934, 10667.1086, 33.591989963, 126.609958022)]
    [InlineData(2097, 128694.1113, 85275.3025, 34.262771961, 126.223710024)]
    [InlineData(2097, 326597.824, 232779.7067, 35.586721961, 128.394699028)]
    [InlineData(5179, 999200.4669, 1926513.517, 37.337636, 127.490973999)]
    [InlineData(5179, 895001.1683, 1977013.8757, 37.78679, 126.307543001)]
    [InlineData(5179, 1216065.6897, 1809675.4019, 36.260185, 129.905042)]
    [InlineData(5179, 1283861.1945, 1939330.0451, 37.409632, 130.707156)]
    [InlineData(5181, 543030.3883, 66458.6936, 34.036671, 130.71368)]
    [InlineData(5181, 340178.7029, 118902.8361, 34.556035, 128.527294)]
    [InlineData(5181, 446248.2518, 266693.9535, 35.866754, 129.72622)]
    [InlineData(5181, 48725.2142, 449144.6228, 37.529409, 125.288634)]
    [InlineData(5186, 293227.7322, 185011.596, 34.255891, 128.01215)]
    [InlineData(5186, 345876.8043, 383951.5323, 36.042306, 128.618709)]
    [InlineData(5186, 201883.5774, 459175.1701, 36.731129, 127.021087)]
    [InlineData(5186, 189117.1534, 377762.6732, 35.997398, 126.879303)]
    [InlineData(5187, 188416.2317, 415175.75, 36.334559, 128.870978)]
    [InlineData(5187, -91014.9912, 476685.1816, 36.844122, 125.737745)]
    [InlineData(5187, 66663.5679, 131758.6824, 33.771585, 127.560627)]
    [InlineData(5187, 216142.7283, 478297.2705, 36.903304, 129.181126)]
    public void A_point_lies_where_PROJ_puts_it(int code, double easting, double northing, double latitude, double longitude)
    {
        const double tenthOfAMetre = 0.1 / 111_320;
        var place = PlaneSystem.Of(code)!.ToWgs84(easting, northing);

        Assert.Equal(latitude, place.Latitude, tenthOfAMetre);
        Assert.Equal(longitude, place.Longitude, tenthOfAMetre);
    }

    [Theory]
    [InlineData("EPSG:5174", 5174)]
    [InlineData("epsg: 5186", 5186)]
    [InlineData("5179", 5179)]
    public void A_system_is_known_by_its_number(string text, int code) => Assert.Equal(code, PlaneSystem.Named(text)?.Code);

    [Theory]
    [InlineData("EPSG:4326")]
    [InlineData("WGS84")]
    public void Other_systems_are_not_known(string text) => Assert.Null(PlaneSystem.Named(text));
}
