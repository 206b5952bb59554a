using System.Text;
using CsCheck;
using OpenData.DuckDb;
using OpenData.Query.Compilation;
using OpenData.Query.Language;
using static OpenData.Tests.Query.TestTable;

namespace OpenData.Tests.Query;

/// <summary>
/// Whatever a caller writes, DuckDB sees one SELECT over the one table, with the caller's texts as values only. Each input is either
/// refused with an error of ours or planned; a plan must parse as that, in DuckDB's own opinion.
/// </summary>
public class HostileInputTests
{
    // Pieces of the language, and of attacks on it, in any order: far more of this is almost right than of random characters.
    private static readonly string[] Pieces =
    [
        "name", "`name`", "\"name\"", "population", "founded", "seen", "place", "tags", "capital", "id", "secret", "secrets", "cities",
        "k0", "a0", "\"k0\"",
        "*", "=", "!=", "<", ">=", ":", "+", "-", "/", "(", ")", "[", "]", "..", ",", "'", "\"", "`", "\\", ";", "--", "/*", "*/", "$1",
        "$2", "?", "%", "\0", "\n", "\uD800", "𝒳",
        " and ", " or ", " not ", " in ", " is null", " is not true", " like ", " as ", " desc", " asc", " to ", "null", "true", "date",
        "geom", "1", "-1", "1e9", "99999999999999999999", "0.1", "5km", "1 day", "1 M",
        "date'2020'", "date'2020-01-15T00:00:00Z'", "geom'POINT(1 2)'", "geom'POLYGON((0 0,1 0,1 1))'", "'text'", "\"te*\"",
        "count(*)", "count(distinct name)", "sum(", "avg(id)", "min(", "max(name)", "median(", "percentile(id, 50)", "envelope(place)",
        "range(id, 2)", "range(founded, 1 day)", "range(id,*,1,*)",
        "lower(", "length(", "upper(", "now()", "now(days=-1)", "year(", "date_format(founded, '", "ifnull(",
        "distance(place, geom'POINT(1 2)')", "random(1)", "include(", "exclude(n*)",
        "date_format(seen, 'yyyy xx ww E MMM')", "date_format(opened, 'D e H:m:s')", "ifnull(price, 0.5)", "ifnull(population, '0')",
        "range(price, 0.1)",
        "range(area, 0.1)", "range(population, *, 1.5, 9223372036854775808, *)", "date'9999-12-31'", "date'0001-01-01T00:00:00+09:00'",
        "date'٢٠٢٠'",
        "now(year=9999, month=12, day=31)", "9223372036854775808", "-1e39", "geom'POINT(1e308 0)'", "geom'POLYGON((1 1))'",
        "geom'POLYGON((0 0, 0 1))'",
        "geom'{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,1]]]}'", "geom'{\"type\":7}'", "extra", "labels", "area", "price", "opened",
        "json_format(extra, null)",
        "search(", "suggest(*, \"a\")", "startswith(name, 'x')", "within_distance(place, geom'POINT(1 2)', 1km)", "in_bbox(place,1,2,3,4)",
        "'; DROP TABLE cities; --", "' OR 1=1 --", "\"; SELECT * FROM secrets; --", "`id\" FROM secrets --`", "`x\"\"y`",
        "UNION SELECT secret FROM secrets", "read_csv('/etc/passwd')", "getenv('HOME')",
        "query('select 1')", "pragma_version()", "duckdb_settings()", "current_setting('a')", "(select secret from secrets)",
        "exists(select 1)", "case when", "cast(id as varchar)", "id::varchar", "%s", "{0}", "repeat('x', 1000000000)",
    ];

    private static readonly Gen<string[]> SomePieces = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[1, 12];

    private static readonly Gen<string> Clause = Gen.OneOf(
        SomePieces.Select(pieces => string.Concat(pieces)),
        SomePieces.Select(pieces => string.Join(' ', pieces)),
        Gen.String[0, 40]);

    private static readonly Gen<QueryRequest> Request = Gen.Select(
        Clause, Clause, Clause, Clause, Clause, Gen.Int[0, 31]).Select((select, where, groupBy, orderBy, refine, which) =>
        new QueryRequest
        {
            Select = (which & 1) == 0 ? null : select,
            Where = (which & 2) == 0 ? [] : [where],
            GroupBy = (which & 4) == 0 ? null : groupBy,
            OrderBy = (which & 8) == 0 ? null : orderBy,
            Refine = (which & 16) == 0 ? [] : [refine],
            TimeZone = (which & 3) == 3 ? "Asia/Seoul" : (which & 3) == 1 ? "America/New_York" : "UTC",
            Limit = 5,
        });

    [Fact]
    public void No_input_makes_DuckDB_see_anything_but_one_SELECT_over_the_one_table()
    {
        using var connection = Connect();
        var planned = 0;
        Request.Sample(
            request =>
            {
                if (TryPlan(request) is not { } statement) return;
                Interlocked.Increment(ref planned);
                Assert.Equal(["cities"], Tables(connection, statement.Sql));
            },
            time: 4, threads: 1);

        Assert.True(planned > 20, $"Only {planned} inputs were questions: the generator tests nothing.");
    }

    [Fact]
    public void What_is_planned_runs_or_fails_for_its_values_never_for_its_form()
    {
        Request.Sample(
            request =>
            {
                if (TryPlan(request) is not { } statement) return;
                try
                {
                    Run(statement);
                }
                catch (StatementException failure) when (failure.Error is StatementError.OutOfRange or StatementError.Conversion)
                {
                    // A number too large is the caller's own.
                }
            },
            time: 4, threads: 1);
    }

    [Theory]
    [InlineData(
        "((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((1"
        + "))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))",
        "levels deep")]
    [InlineData("name = in", "Expected a field, a value or a function, found the keyword 'in'.")]
    [InlineData("name = ", "Expected a field, a value or a function, found the end.")]
    [InlineData("name = 'x", "is not closed")]
    [InlineData("nane = 'x'", "Did you mean 'name'?")]
    [InlineData("name > 5 and", "found the end")]
    [InlineData("population > 'many'", "Expected a number")]
    [InlineData("founded > 'soon'", "is not a date")]
    [InlineData("name = null", "is null")]
    [InlineData("frobnicate(name)", "Unknown function: frobnicate()")]
    [InlineData("sum(id) > 3", "aggregate")]
    [InlineData("name", "Expected a condition")]
    [InlineData("name ; drop", "means nothing here")]
    [InlineData("and = 1", "backticks")]
    [InlineData("within_distance(place, geom'POINT(1 200)', 1km)", "latitudes")]
    [InlineData("in_bbox(name, 1, 2, 3, 4)", "geo_point_2d")]
    public void Errors_say_what_is_wrong_and_where(string where, string reason)
    {
        var error = Assert.Throws<QueryException>(() => Ids(where));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("at offset ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Clause(s) containing the error(s): where.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bounds_are_kept_quickly_and_without_exhausting_the_stack()
    {
        foreach (var where in new[]
                 {
                     new string('(', 100_000), string.Concat(Enumerable.Repeat("not ", 20_000))
                         + "capital", string.Concat(Enumerable.Repeat("-", 20_000)) + "1 = 1",
                     "id = 1" + string.Concat(Enumerable.Repeat("+1", 3_000)), "id in ("
                         + string.Join(',', Enumerable.Range(0, 2_000)) + ")",
                     string.Join(
                         " or ",
                         Enumerable.Repeat(
                             "id = 1", 5_000)), $"\"{new string('x', 1_000)}\"", $"\"{string.Join(' ', Enumerable.Range(0, 100))}\"",
                     "lower(" + string.Concat(Enumerable.Repeat("lower(", 500)), new string('a', 60_000),
                 })
        {
            Assert.Throws<QueryException>(() => Ids(where));
        }

        // Just within the bounds it works.
        Assert.Equal("[1,2,3,4,5]", Ids(string.Join(" or ", Enumerable.Repeat("id >= 1", 900))));
        Assert.Equal("[1,2]", Ids("id in (" + string.Join(',', Enumerable.Range(-997, 1_000)) + ")"));
    }

    private static Statement? TryPlan(QueryRequest request)
    {
        try
        {
            return Planner.Rows(Table, request, new DateTimeOffset(2021, 5, 6, 12, 34, 55, TimeSpan.Zero));
        }
        catch (QueryException)
        {
            return null;
        }
    }

    // The tables that DuckDB's parser finds in a statement, which it must find to be one SELECT. Parameters stand for nothing here.
    private static List<string> Tables(Connection connection, string sql)
    {
        const string Ours = "SELECT json_extract_string(json_serialize_sql(CAST($1 AS VARCHAR)), '$.error'), "
            + "json_array_length(json_serialize_sql(CAST($1 AS VARCHAR)), '$.statements'), "
            + "array_to_string(list_distinct(json_extract_string(json_serialize_sql(CAST($1 AS VARCHAR)), '$..table_name')), ',')";
        using var rows = connection.Stream(Ours, [sql], CancellationToken.None);
        using var chunk = rows.Next(CancellationToken.None)!;
        Assert.Equal("false", Encoding.UTF8.GetString(chunk[0].Text(0)));
        Assert.Equal(1, (int)chunk[1].Integer(0));
        return [.. Encoding.UTF8
            .GetString(chunk[2].Text(0))
            .Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Where(name => name.Length > 0)];
    }
}
