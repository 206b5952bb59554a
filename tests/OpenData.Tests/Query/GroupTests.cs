using OpenData.Query.Compilation;
using OpenData.Query.Language;
using static OpenData.Tests.Query.TestTable;

namespace OpenData.Tests.Query;

/// <summary>What groups, aggregates and facets mean, asked of a real DuckDB.</summary>
[Trait("Category", "Unit")]
public class GroupTests
{
    [Theory]
    [InlineData("count(*)", null, null, "{\"count(*)\":5}")]
    [InlineData("count(name) as n, count(distinct capital) as d", null, null, "{\"n\":4,\"d\":2}")]
    [InlineData(
        "sum(population), avg(id), min(founded), max(name)",
        null,
        null,
        "{\"sum(population)\":12770035,\"avg(id)\":3.0,\"min(founded)\":\"2019-12-31\",\"max(name)\":\"Seoul\"}")]
    [InlineData(
        "median(id), percentile(id, 25) as p, stddev(id)", null, null, "{\"median(id)\":3.0,\"p\":2.0,\"stddev(id)\":1.4142135623730951}")]
    [InlineData("sum(population) / count(*) as mean", null, null, "{\"mean\":2554007.0}")]
    [InlineData("count(distinct ifnull(name, '?'))", null, null, "{\"count(distinct ifnull(name, '?'))\":5}")]
    [InlineData(
        "envelope(place) as e",
        null,
        null,
        "{\"e\":{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[2.35,48.85],[151.2,-33.8],[129.0756,35.1796],"
        + "[126.978,37.5665],[2.35,48.85]]]},\"properties\":{}}}")]
    [InlineData("count(*) as n", "capital", null, "{\"n\":1,\"capital\":false},{\"n\":2,\"capital\":true},{\"n\":2,\"capital\":null}")]
    [InlineData(null, "capital", null, "{\"capital\":false},{\"capital\":true},{\"capital\":null}")]
    [InlineData("capital as c, count(*) as n", "capital", "-n, c", "{\"c\":true,\"n\":2},{\"c\":null,\"n\":2},{\"c\":false,\"n\":1}")]
    [InlineData(
        "count(*)",
        "capital as c",
        "count(*) desc, c",
        "{\"count(*)\":2,\"c\":true},{\"count(*)\":2,\"c\":null},{\"count(*)\":1,\"c\":false}")]
    [InlineData(
        "sum(id)",
        "year(founded)",
        null,
        "{\"sum(id)\":4,\"year(founded)\":2019},{\"sum(id)\":3,\"year(founded)\":2020},{\"sum(id)\":3,\"year(founded)\":2021},"
        + "{\"sum(id)\":5,\"year(founded)\":null}")]
    [InlineData(
        "count(*) as n",
        "year(founded) as y, month(founded) as m",
        "y desc, m",
        "{\"n\":1,\"y\":2021,\"m\":5},{\"n\":1,\"y\":2020,\"m\":1},{\"n\":1,\"y\":2020,\"m\":2},{\"n\":1,\"y\":2019,\"m\":12},{\"n\":1,"
        + "\"y\":null,\"m\":null}")]
    [InlineData(
        "count(*) as n",
        "date_format(founded, 'YYYY-MM') as ym",
        "ym",
        "{\"n\":1,\"ym\":\"2019-12\"},{\"n\":1,\"ym\":\"2020-01\"},{\"n\":1,\"ym\":\"2020-02\"},{\"n\":1,\"ym\":\"2021-05\"},{\"n\":1,"
        + "\"ym\":null}")]
    [InlineData(
        "count(*) as n", "RANGE(id, 2) as r", null, "{\"n\":1,\"r\":\"[0, 2[\"},{\"n\":2,\"r\":\"[2, 4[\"},{\"n\":2,\"r\":\"[4, 6[\"}")]
    [InlineData(
        "count(*) as n, range(id, 2) as r",
        "range(id, 2)",
        "range(id, 2) desc",
        "{\"n\":2,\"r\":\"[4, 6[\"},{\"n\":2,\"r\":\"[2, 4[\"},{\"n\":1,\"r\":\"[0, 2[\"}")]
    [InlineData("count(*) as n, range(id, 3) as r", "range(id, 2)", null, null)]
    [InlineData("count(*) as n", "range(id, 1e400)", null, null)]
    [InlineData(
        "count(*) as n",
        "tags",
        "n desc, tags",
        "{\"n\":2,\"tags\":\"b\"},{\"n\":2,\"tags\":null},{\"n\":1,\"tags\":\"a\"},{\"n\":1,\"tags\":\"c\"}")]
    [InlineData(
        "count(*) as n",
        "tags, labels",
        "tags, labels",
        "{\"n\":1,\"tags\":\"a\",\"labels\":\"x\"},{\"n\":1,\"tags\":\"a\",\"labels\":\"y\"},{\"n\":2,\"tags\":\"b\",\"labels\":\"x\"},"
        + "{\"n\":1,\"tags\":\"b\",\"labels\":\"y\"},{\"n\":1,\"tags\":\"c\",\"labels\":null},{\"n\":2,\"tags\":null,\"labels\":null}")]
    [InlineData(
        "length(l) as n",
        "lower(name) as l",
        "length(l), l",
        "{\"n\":5,\"l\":\"busan\"},{\"n\":5,\"l\":\"seoul\"},{\"n\":10,\"l\":\"café d'été\"},{\"n\":14,\"l\":\"new seoul park\"},"
        + "{\"n\":null,\"l\":null}")]
    [InlineData("length(k) as n", "lower(name) as l", null, null)]
    [InlineData(
        "count(*) as n, min(id) as m",
        "geo_cluster(place, 1) as g",
        "n desc, m",
        "{\"n\":2,\"m\":1,\"g\":{\"lon\":128.0268,\"lat\":36.37305}},{\"n\":1,\"m\":3,\"g\":{\"lon\":2.35,\"lat\":48.85}},{\"n\":1,"
        + "\"m\":4,\"g\":{\"lon\":151.2,\"lat\":-33.8}},{\"n\":1,\"m\":5,\"g\":null}")]
    [InlineData(
        "max(id) as m, geo_cluster(place, 12, 60) as g",
        "geo_cluster(place, 12, 60)",
        "m",
        "{\"m\":1,\"g\":{\"lon\":126.978,\"lat\":37.5665}},{\"m\":2,\"g\":{\"lon\":129.0756,\"lat\":35.1796}},{\"m\":3,"
        + "\"g\":{\"lon\":2.35,\"lat\":48.85}},{\"m\":4,\"g\":{\"lon\":151.2,\"lat\":-33.8}},{\"m\":5,\"g\":null}")]
    [InlineData(
        "max(id) as m",
        "geo_cluster(place, 12) as g",
        "distance(g, geom'POINT(151 -33)')",
        "{\"m\":4,\"g\":{\"lon\":151.2,\"lat\":-33.8}},{\"m\":2,\"g\":{\"lon\":129.0756,\"lat\":35.1796}},{\"m\":1,\"g\":{\"lon\":126.978,"
        + "\"lat\":37.5665}},{\"m\":3,\"g\":{\"lon\":2.35,\"lat\":48.85}},{\"m\":5,\"g\":null}")]
    [InlineData("count(*)", "geo_cluster(place, 26)", null, null)]
    [InlineData("count(*)", "geo_cluster(name, 5)", null, null)]
    [InlineData(
        "count(*) as n",
        "range(population, *, 10, 50, 1000000, *) as r",
        null,
        "{\"n\":2,\"r\":\"[10, 49]\"},{\"n\":2,\"r\":\"[1000000, *]\"},{\"n\":1,\"r\":null}")]
    [InlineData("count(*) as n", "range(id, 1, 2, 3) as r", null, "{\"n\":1,\"r\":\"[1, 1]\"},{\"n\":1,\"r\":\"[2, 2]\"}")]
    [InlineData("count(*) as n", "range(area, 0.5, *) as r", null, "{\"n\":4,\"r\":\"[0.5, *[\"},{\"n\":1,\"r\":null}")]
    [InlineData(
        "count(*) as n",
        "range(founded, *, date'2020-01-01', date'2021-01-01') as r",
        null,
        "{\"n\":1,\"r\":\"[*, 2020-01-01T00:00:00.000Z[\"},{\"n\":2,\"r\":\"[2020-01-01T00:00:00.000Z, 2021-01-01T00:00:00.000Z[\"},"
        + "{\"n\":1,\"r\":null}")]
    [InlineData("count(*) as n", "range(founded, 1 month) as r", "n desc, r limit", null)]
    [InlineData(
        "count(*) as n",
        "range(founded, 1 year) as r",
        "r desc",
        "{\"n\":1,\"r\":\"[2021-01-01T00:00:00.000Z, 2022-01-01T00:00:00.000Z[\"},{\"n\":2,\"r\":\"[2020-01-01T00:00:00.000Z, "
        + "2021-01-01T00:00:00.000Z[\"},{\"n\":1,\"r\":\"[2019-01-01T00:00:00.000Z, 2020-01-01T00:00:00.000Z[\"},{\"n\":1,\"r\":null}")]
    [InlineData(
        "count(*) as n",
        "lower(name) as l",
        "l",
        "{\"n\":1,\"l\":\"busan\"},{\"n\":1,\"l\":\"café d'été\"},{\"n\":1,\"l\":\"new seoul park\"},{\"n\":1,\"l\":\"seoul\"},{\"n\":1,"
        + "\"l\":null}")]
    [InlineData("name, count(*) as n", "capital", null, null)]
    public void Groups_(string? select, string? groupBy, string? orderBy, string? rows)
    {
        var request = new QueryRequest { Select = select, GroupBy = groupBy, OrderBy = orderBy };
        if (rows is null) Assert.Throws<QueryException>(() => Ask(request));
        else Assert.Equal($"[{rows}]", Ask(request));
    }

    [Theory]
    [InlineData("refine", "name:Seoul", "1")]
    [InlineData("refine", "name:\"Seoul\"", "1")]
    [InlineData("refine", "founded:2020", "1,2")]
    [InlineData("refine", "founded:2020/02", "2")]
    [InlineData("refine", "founded:2020/02/20", "2")]
    [InlineData("refine", "capital:true", "1,4")]
    [InlineData("refine", "population:10", "3")]
    [InlineData("refine", "tags:b", "1,2")]
    [InlineData("refine", "extra:2", "2")]
    [InlineData("refine", "place:1", null)]
    [InlineData("exclude", "capital:true", "2,3,5")]
    [InlineData("exclude", "founded:2020", "3,4,5")]
    public void Facets_refine_and_exclude(string parameter, string value, string? ids)
    {
        var request = new QueryRequest { Select = "id" };
        request = parameter == "refine" ? request with { Refine = [value] } : request with { Exclude = [value] };
        if (ids is null)
        {
            Assert.Throws<QueryException>(() => Ask(request));
            return;
        }

        Assert.Equal($"[{string.Join(",", ids.Split(',').Select(id => $"{{\"id\":{id}}}"))}]", Ask(request));
    }

    [Theory]
    [InlineData("name:Seoul|name:Busan", null, "1,2")] // a field with one value: alternatives
    [InlineData("founded:2020|founded:2020/02", null, "2")] // one is a part of the other
    [InlineData("founded:2020/01|founded:2019", null, "1,4")]
    [InlineData("tags:a|tags:b", null, "1")] // a field with several values: all of them
    [InlineData("tags:a|tags:c", "facet(name=\"tags\", disjunctive=true)", "1,4")]
    [InlineData("tags:a|capital:true|name:Seoul|name:Busan", "tags", "1")]
    public void Several_values_of_a_facet_mean_the_same_for_records_and_for_facets(string refine, string? facet, string ids)
    {
        var facets = new[] { facet ?? "name" };
        var request = new QueryRequest { Select = "id", Refine = refine.Split('|'), Facets = facet is null ? [] : facets };

        Assert.Equal($"[{string.Join(",", ids.Split(',').Select(id => $"{{\"id\":{id}}}"))}]", Ask(request));

        var counted = new FacetPlanner(Table, request with { Facets = facets }, DateTimeOffset.UnixEpoch).Run(ReadFacet)[0];
        foreach (var value in counted.Facets.Where(value => value.State == "displayed"))
        {
            // Whatever a facet offers finds its count again by refine.
            var others = request.Refine.Where(one => !one.StartsWith(counted.Name, StringComparison.Ordinal));
            var refined = request with { Facets = facets, Refine = [.. others, $"{counted.Name}:{value.Value}"] };
            Assert.True(System.Text.RegularExpressions.Regex.Count(Ask(refined), "\"id\"") >= value.Count);
        }
    }

    private static List<(string Value, long Count)> ReadFacet(Statement statement)
    {
        using var connection = Connect();
        using var rows = statement.Start(connection, CancellationToken.None);
        var values = new List<(string, long)>();
        foreach (var chunk in rows.Chunks(CancellationToken.None))
        {
            for (var row = 0; row < chunk.Rows; row++)
            {
                values.Add((System.Text.Encoding.UTF8.GetString(chunk[0].Text(row)), chunk[1].Long(row)));
            }
        }

        return values;
    }
}
