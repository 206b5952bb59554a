using System.Net;
using System.Text;

namespace OpenData.Tests.Api;

public class RecordsTests(FiresFixture fires) : IClassFixture<FiresFixture>
{
    private const string Fires = TestFires.Path;

    [Fact]
    public async Task Records_come_with_every_type_in_the_API_s_form()
    {
        var api = fires.Api;

        var answer = await api.GetAsync($"{Fires}/records?limit=1&timezone=Asia/Seoul");

        Assert.Equal(
            """{"total_count":3,"results":[{"시도":"서울특별시","casualties":3,"damage":1200.50,"day":"2026-01-02","reported":"2026-01-02T09:30:"""
                + """00+09:00","seen":"2026-01-02T09:30:00+09:00","lat":37.5,"lon":"""
            + """127.0,"arson":false,"place":{"lon":127.0,"lat":37.5}}]}""",
            answer.GetRawText());
    }

    [Theory]
    [InlineData("casualties > 1", 1)]
    [InlineData("casualties = 0 or casualties is null", 2)]
    [InlineData("시도 = \"부산광역시\"", 1)]
    [InlineData("day >= date'2026-01' and day <= date'2026-01'", 2)]
    [InlineData("damage : 0.05", 1)]
    [InlineData("\"특별\"", 2)]
    [InlineData("suggest(시도, \"서울\")", 1)]
    [InlineData("시도 like \"부산*\"", 1)]
    [InlineData("startswith(시도, \"서울\")", 1)]
    [InlineData("within_distance(place, geom'POINT(127.0 37.51)', 5km)", 1)]
    [InlineData("in_bbox(place, 34, 128, 36, 130)", 1)]
    [InlineData("seen >= date'2026-01-15T23:00:00+09:00'", 1)]
    [InlineData("year(day) = 2026 and month(day) < 2", 2)]
    public async Task Where_filters(string where, int expected)
    {
        var api = fires.Api;

        var answer = await api.GetAsync($"{Fires}/records?where={Uri.EscapeDataString(where)}");

        Assert.Equal(expected, answer.GetProperty("total_count").GetInt32());
        Assert.Equal(expected, answer.GetProperty("results").GetArrayLength());
    }

    [Fact]
    public async Task An_unknown_field_is_an_error_that_names_the_clause_and_the_nearest_field()
    {
        var api = fires.Api;

        var answer = await api.GetAsync($"{Fires}/records?where=casualtys%3E1", HttpStatusCode.BadRequest);

        Assert.Equal("ODSQLError", answer.GetProperty("error_code").GetString());
        Assert.Contains("Did you mean 'casualties'?", answer.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("Clause(s) containing the error(s): where.", answer.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groups_are_counted_and_summed()
    {
        var api = fires.Api;

        var answer = await api.GetAsync(
            $"{Fires}/records?select=month(day) as m, count(*) as n, sum(casualties)&group_by=month(day)&order_by=-n");

        Assert.Equal("""{"results":[{"m":1,"n":2,"sum(casualties)":3},{"m":2,"n":1,"sum(casualties)":null}]}""", answer.GetRawText());
    }

    [Fact]
    public async Task Exports_are_whole_files()
    {
        var api = fires.Api;

        var csv = Encoding.UTF8.GetString(await api.Http.GetByteArrayAsync($"{Fires}/exports/csv?select=시도,damage,place,seen"));
        var json = await api.GetAsync($"{Fires}/exports/json?limit=-1");
        var parquet = await api.Http.GetByteArrayAsync($"{Fires}/exports/parquet");

        Assert.Equal(
            "\uFEFF시도;damage;place;seen\r\n서울특별시;1200.50;37.5, 127.0;2026-01-02T00:30:00+00:00\r\n"
            + "부산광역시;0.05;35.1, 129.0;2026-01-15T14:59:59.500000+00:00\r\n\"제주 \"\"특별\"\" 자치도\";;;\r\n", csv);
        Assert.Equal(3, json.GetArrayLength());
        Assert.Equal("PAR1"u8.ToArray(), parquet[..4]);
    }

    [Fact]
    public async Task The_catalogue_lists_what_is_published()
    {
        var api = fires.Api;

        var list = await api.GetAsync($"{TestApi.Explore}/datasets/");
        var one = await api.GetAsync(Fires + "/");

        Assert.Equal(1, list.GetProperty("total_count").GetInt32());
        Assert.Equal("fires@nfa", one.GetProperty("dataset_id").GetString());
        Assert.Equal(3, one.GetProperty("metas").GetProperty("default").GetProperty("records_count").GetInt32());
        Assert.Equal("double", one.GetProperty("fields")[2].GetProperty("type").GetString());
        await api.GetAsync($"{TestApi.Explore}/datasets/nothing@nfa", HttpStatusCode.NotFound);
    }
}
