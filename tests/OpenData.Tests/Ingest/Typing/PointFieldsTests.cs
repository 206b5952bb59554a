using OpenData.Catalog;
using OpenData.Lake;

namespace OpenData.Tests.Ingest.Typing;

[Trait("Category", "Unit")]
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
        {
            Assert.Equal((converted.Result.Fields[1].Name, converted.Result.Fields[2].Name), (points[0].Latitude, points[0].Longitude));
        }
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

    [Theory]
    [InlineData("좌표", "37.5665, 126.978", "-33.25,151.2", "latitude, longitude")]
    [InlineData("설치위치좌표", "126.978, 37.5665", "151.2, -33.25", "longitude, latitude")]
    [InlineData("위도,경도", "37.5665, 26.978", "1.5, 2.5", "latitude, longitude")]
    [InlineData("경도/위도", "26.978, 37.5665", "1.5, 2.5", "longitude, latitude")]
    [InlineData("latlng", "37.5665, 26.978", "1.5, 2.5", "latitude, longitude")]
    [InlineData("좌표", "37.5665, 26.978", "1.5, 2.5", null)]
    [InlineData("범위", "37.5665, 126.978", "1.5, 120.5", null)]
    [InlineData("좌표", "37.5665, 126.978", "37.5665, 226.978", null)]
    [InlineData("좌표", "37.5665, 126.978", "126.978, 37.5665", null)]
    [InlineData("좌표", "37.5665, 126.978", "없음", null)]
    public async Task A_text_with_both_numbers_is_a_point_where_its_order_is_clear(
        string header, string first, string second, string? format)
    {
        using var converted = await Converted.OfAsync($"이름,\"{header}\"\n가,\"{first}\"\n나,\n다,\"{second}\"\n");
        Assert.Equal([$"가|{first}", "나|∅", $"다|{second}"], converted.Rows);
        var field = converted.Result.Fields[1];
        Assert.Equal((FieldType.Text, format), (field.Type, field.Format));
        Assert.Equal(format, converted.Result.Fields.SingleOrDefault(one => one.Type == FieldType.GeoPoint)?.Format);
    }

    [Fact]
    public async Task A_text_with_both_numbers_can_be_declared_as_a_point()
    {
        var metadata = new DatasetMetadata
        {
            Ingest = new IngestDeclaration { Points = [new PointDeclaration { Latitude = "곳", Longitude = "곳", Name = "place" }] },
        };
        using var converted = await Converted.OfAsync("이름,곳\n가,\"37.5665, 26.978\"\n", metadata);
        var point = converted.Result.Fields[^1];
        Assert.Equal(
            ("place", FieldType.GeoPoint, "곳", "곳", "latitude, longitude"),
            (point.Name, point.Type, point.Latitude, point.Longitude, point.Format));
        using var wrong = await Converted.OfAsync("이름,곳\n가,\"37.5665, 26.978\"\n나,서울\n", metadata);
        Assert.Equal("point-not-made", wrong.Codes);
    }

    [Fact]
    public async Task A_text_beyond_the_sample_that_is_no_place_undoes_the_point()
    {
        using var converted = await Converted.OfAsync(
            "이름,좌표\n" + string.Concat(Enumerable.Repeat("가,\"37.5665, 126.978\"\n", 25_000)) + "나,서울\n");
        Assert.Equal((25_001, 2, null), (converted.Result.Rows, converted.Result.Fields.Count, converted.Result.Fields[1].Format));
    }
}
