using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace OpenData.Tests.Api;

/// <summary>Parameters in the address or in the body of a POST: their ranges, misspelled names, and what is left alone.</summary>
public class ExploreParameterTests(FiresFixture fires) : IClassFixture<FiresFixture>
{
    [Theory]
    [InlineData("limit=101", "at most 100")]
    [InlineData("limit=100&offset=9901", "at most 10000")]
    [InlineData("limit=20001&group_by=day", "at most 20000")]
    [InlineData("limit=-2", "at least -1")]
    [InlineData("limit=ten", "whole number")]
    [InlineData("offset=-1", "at least 0")]
    [InlineData("timezone=Mars/Phobos", "IANA")]
    [InlineData("lang=xx", "lang")]
    [InlineData("include_links=perhaps", "true or false")]
    [InlineData("epsg=3857", "4326")]
    [InlineData("limit=5&limit=6", "limit stands 2 times")]
    [InlineData("select=day&select=casualties", "select stands 2 times")]
    // what is almost a parameter
    [InlineData("wher=casualties>1", "Did you mean 'where'?")]
    [InlineData("wehre=casualties>1", "Did you mean 'where'?")]
    [InlineData("where[]=casualties>1", "Did you mean 'where'?")]
    [InlineData("orderby=day", "Did you mean 'order_by'?")]
    [InlineData("groupBy=day", "Did you mean 'group_by'?")]
    [InlineData("limits=5", "Did you mean 'limit'?")]
    [InlineData("time-zone=UTC", "Did you mean 'timezone'?")]
    [InlineData("include_app_meta=true", "Did you mean 'include_app_metas'?")]
    [InlineData("rows=5", "Did you mean 'limit'?")]
    [InlineData("q=fire", "?where=search(\"fire\")")]
    [InlineData("page=3&perPage=20", "?offset=40&limit=20")]
    [InlineData("pageNo=2&numOfRows=5&serviceKey=x", "?offset=5&limit=5")]
    [InlineData("시도=서울특별시", "?where=시도=\"서울특별시\"")]
    [InlineData("cond[시도::EQ]=서울특별시&cond[casualties::GTE]=1", "?where=시도=\"서울특별시\" and casualties>=\"1\"")]
    [InlineData("filters={\"arson\":[\"true\",\"false\"],\"시도\":\"부산광역시\"}", "?where=arson in (\"true\", \"false\") and 시도=\"부산광역시\"")]
    [InlineData("refine.시도=부산광역시&rows=3", "?refine=시도:부산광역시&limit=3")]
    [InlineData("$where=casualties > 1&$limit=2&where=damage > 0", "?where=casualties > 1 and damage > 0&limit=2")]
    [InlineData("search=화재", "?where=search(\"화재\")")]
    public async Task A_parameter_that_cannot_be_honoured_is_an_error_that_says_why(string query, string reason)
    {
        var api = fires.Api;

        var answer = await api.GetAsync($"{TestFires.Path}/records?{query}", HttpStatusCode.BadRequest);

        Assert.Contains(reason, answer.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("_=1700000000")]
    [InlineData("utm_source=mail&ref=x&t=1&callback=f&session=4&format=json")]
    [InlineData("LIMIT=10&Where=casualties is null or casualties >= 0")]
    [InlineData("facet=day&delimiter=|&apikey=")]
    [InlineData("limit=5&limit=5&select=&select=day&group_by=")]
    public async Task A_parameter_that_is_nothing_like_ours_or_means_nothing_here_is_left_alone(string query) =>
        Assert.Equal(3, (await fires.Api.GetAsync($"{TestFires.Path}/records?{query}")).GetProperty("total_count").GetInt32());

    [Fact]
    public async Task A_limit_of_minus_one_is_the_maximum()
    {
        var api = fires.Api;

        Assert.Equal(3, (await api.GetAsync($"{TestFires.Path}/records?limit=-1")).GetProperty("results").GetArrayLength());
        Assert.Equal(0, (await api.GetAsync($"{TestFires.Path}/records?limit=0")).GetProperty("results").GetArrayLength());
    }

    [Fact]
    public async Task Long_questions_come_by_POST()
    {
        var api = fires.Api;
        var list = string.Join(", ", Enumerable.Range(0, 900).Select(n => $"\"city {n}\"").Append("\"부산광역시\""));

        using var response = await api.Http.PostAsJsonAsync(
            $"{TestFires.Path}/records", new { select = "casualties", where = new[] { $"시도 in ({list})", "casualties = 0" }, limit = 5 });
        using var broken = await api.Http.PostAsync(
            $"{TestFires.Path}/records", new StringContent("[1", Encoding.UTF8, "application/json"));

        Assert.Equal("""{"total_count":1,"results":[{"casualties":0}]}""", await response.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
    }

    [Theory]
    [InlineData("{\"wher\":\"casualties > 1\"}", "Did you mean 'where'?")]
    [InlineData("{\"utm_source\":\"mail\"}", "There is no parameter 'utm_source'.")]
    [InlineData("{\"where\":\"\\ud800\"}", "unpaired surrogate")]
    [InlineData("{\"where\":\"\u0080\"}", "must be in UTF-8: the bytes at offset 10")]
    [InlineData("{\"where\":{}}", "where must be a text")]
    [InlineData("{\"where\":[[]]}", "where must be a text")]
    [InlineData("[]", "must be one JSON object")]
    [InlineData("{\"limit\":1}}", "not JSON at line 1, byte 12")]
    [InlineData("{\"limit\":1.5}", "whole number")]
    public async Task A_body_that_cannot_be_read_is_an_error_that_says_why(string body, string reason)
    {
        // Latin-1, so that a test can hold bytes that are no UTF-8.
        using var response = await fires.Api.Http.PostAsync(
            $"{TestFires.Path}/records", new ByteArrayContent(Encoding.Latin1.GetBytes(body)));
        var answer = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(reason, answer.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clauses_of_one_question_are_bounded_together()
    {
        await RefusedAsync(new { where = Enumerable.Repeat("casualties in (1, 2, 3)", 3_000) }, "at most 50000");
        await RefusedAsync(
            new { where = string.Join(" or ", Enumerable.Range(0, 101).Select(n => $"search(\"a{n}\")")) }, "more than 100 words");
        await RefusedAsync(new { facet = new[] { "facet(name=\"day\", limit=20000)", "day" } }, "more than 20000", "facets");

        async Task RefusedAsync(object body, string reason, string path = "records")
        {
            using var response = await fires.Api.Http.PostAsJsonAsync($"{TestFires.Path}/{path}", body);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains(reason, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }
}
