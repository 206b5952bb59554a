using OpenData.Catalog;
using OpenData.Lake;

namespace OpenData.Tests.Ingest.Typing;

public sealed class PointFieldsTests
{
    [Theory]
    [InlineData("lat,lon", "geo_point_2d")]
    [InlineData("위도,경도", "geo_point_2d")]
    [InlineData("Latitude,LNG", "geo_point_2d")]
    [InlineData("startLat,startLon", "start_geo_point_2d")]
    [InlineData("역사위도,역사경도", "역사_geo_point_2d")]
    [InlineData("Y좌표(WGS84),X좌표(WGS84)", "geo_point_2d")]
    [InlineData("Y좌표,X좌표", null)]
    [InlineData("시작 위도,끝 경도", null)]
    [InlineData("plat,plon", null)]
    public async Task Headers_say_which_pairs_are_points(string headers, string? name)
    {
        using var converted = await Converted.OfAsync($"이름,{headers}\n가,37.5,127.0\n나,-33.25,\n");
        var points = converted.Result.Fields.Where(field => field.Type == FieldType.GeoPoint).ToList();
        Assert.Equal(name, points.SingleOrDefault()?.Name);
        Assert.Equal(["가|37.50|127.0", "나|-33.25|∅"], converted.Rows);
        if (name is not null)
            Assert.Equal((converted.Result.Fields[1].Name, converted.Result.Fields[2].Name), (points[0].Latitude, points[0].Longitude));
    }

    [Theory]
    [InlineData("90.0001,127")]
    [InlineData("37.5,-180.5")]
    [InlineData("서울,127")]
    public async Task One_value_out_of_range_and_the_pair_is_no_point(string pair)
    {
        using var converted = await Converted.OfAsync($"이름,위도,경도\n가,37.5,127.0\n나,{pair}\n");
        Assert.DoesNotContain(converted.Result.Fields, field => field.Type == FieldType.GeoPoint);
    }

    [Fact]
    public async Task A_pair_can_be_declared_and_a_wrong_declaration_is_told()
    {
        using var converted = await Converted.OfAsync("이름,a,b\n가,37.5,127.0\n나,35.1,129.0\n", new DatasetMetadata
        {
            Ingest = new IngestDeclaration
            {
                Points =
                [
                    new PointDeclaration { Latitude = "a", Longitude = "b", Name = "위치" },
                    new PointDeclaration { Latitude = "b", Longitude = "a" },
                    new PointDeclaration { Latitude = "a", Longitude = "이름" },
                ],
            },
        });
        var point = Assert.Single(converted.Result.Fields, field => field.Type == FieldType.GeoPoint);
        Assert.Equal(("위치", "a, b", "a", "b"), (point.Name, point.Label, point.Latitude, point.Longitude));
        Assert.Equal(2, converted.Result.Problems.Count(problem => problem.Code == "point-not-made"));
    }
}
