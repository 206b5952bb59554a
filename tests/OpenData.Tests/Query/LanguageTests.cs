using OpenData.Query.Compilation;
using OpenData.Query.Language;
using static OpenData.Tests.Query.TestTable;

namespace OpenData.Tests.Query;

/// <summary>What each construct of the language means, asked of a real DuckDB.</summary>
[Trait("Category", "Unit")]
public class LanguageTests
{
    [Theory]
    // comparisons
    [InlineData("population > 1000", "[1,2]")]
    [InlineData("population >= 25 and population < 3359000", "[4]")]
    [InlineData("1000 < population", "[1,2]")]
    [InlineData("population = 10 or population : 25", "[3,4]")]
    [InlineData("population != 10", "[1,2,4]")]
    [InlineData("population <> 10", "[1,2,4]")]
    [InlineData("population = '10'", "[3]")]
    [InlineData("population = 10.5", "[]")]
    [InlineData("population > -1", "[1,2,3,4]")]
    [InlineData("price = 0.01", "[3]")]
    [InlineData("price < -6.99", "[4]")]
    [InlineData("name = 'Seoul'", "[1]")]
    [InlineData("name = \"Seoul\"", "[1]")]
    [InlineData("name : 'Café d\\'Été'", "[3]")]
    [InlineData("`name`=\"Seoul\"", "[1]")]
    [InlineData("\"Seoul\" = name", "[1]")]
    [InlineData("name = note", "[]")]
    [InlineData("capital", "[1,4]")]
    [InlineData("capital is true", "[1,4]")]
    [InlineData("capital is false", "[2]")]
    [InlineData("capital = false", "[2]")]
    [InlineData("capital is not true", "[2,3,5]")]
    // null: a comparison with it is false, its negation true
    [InlineData("name is null", "[5]")]
    [InlineData("NAME IS NULL or name is not null", null)]
    [InlineData("name is not null", "[1,2,3,4]")]
    [InlineData("place is null", "[5]")]
    [InlineData("not population > 1000", "[3,4,5]")]
    [InlineData("not (population > 1000 or name is null)", "[3,4]")]
    // precedence
    [InlineData("id = 1 or id = 2 and id = 3", "[1]")]
    [InlineData("(id = 1 or id = 2) and not id = 1", "[2]")]
    [InlineData("id + 1 * 2 = 4", "[2]")]
    [InlineData("(id + 1) * 2 = 4", "[1]")]
    [InlineData("id - 1 - 1 = 0", "[2]")]
    [InlineData("-id = -3", "[3]")]
    [InlineData("population / 0 is null", "[1,2,3,4,5]")]
    [InlineData("population / 2 = 12.5", "[4]")]
    // lists and ranges
    [InlineData("id in (1, 3)", "[1,3]")]
    [InlineData("id not in (1, 3)", "[2,4,5]")]
    [InlineData("name in ('Seoul', \"Busan\")", "[1,2]")]
    [InlineData("id in [2..4]", "[2,3,4]")]
    [InlineData("id IN ]2..4[", "[3]")]
    [InlineData("id:[2 TO 4[", "[2,3]")]
    [InlineData("price in [0..3.25]", "[2,3]")]
    [InlineData("\"b\" in tags", "[1,2]")]
    [InlineData("tags = 'c'", "[4]")]
    [InlineData("tags in ('a', 'c')", "[1,4]")]
    // dates: a year, month or day is the whole of it
    [InlineData("founded = date'2020-01-15'", "[1]")]
    [InlineData("founded = '2020/01/15'", "[1]")]
    [InlineData("founded : date'2020'", "[1,2]")]
    [InlineData("founded > date'2020'", "[3]")]
    [InlineData("founded >= date'2020-02'", "[2,3]")]
    [InlineData("founded <= date'2020-02'", "[1,2,4]")]
    [InlineData("founded in [date'2020'..date'2021']", "[1,2,3]")]
    [InlineData("founded:['2020-01-01' TO '2020-02-20']", "[1,2]")]
    [InlineData("founded:[20200101 TO 20200219]", "[1]")]
    [InlineData("opened = date'2020-01-15'", "[1]")]
    [InlineData("opened >= date'2020-02-20T18:05:09'", "[2,3]")]
    [InlineData("opened < date'2020-01-15T09:30'", "[4]")]
    [InlineData("seen = date'2020-01-15T09:30:00+09:00'", "[1]")]
    [InlineData("seen >= date'2021-05-05T23:30:00Z'", "[3]")]
    [InlineData("founded in (date'2020-01', date'2019')", "[1,4]")]
    [InlineData("founded >= now(years=-1)", "[3]")]
    [InlineData("seen <= now(days=-1)", "[1,2,4]")]
    [InlineData("year(founded) = 2020", "[1,2]")]
    [InlineData("year(founded) = '2020'", "[1,2]")]
    [InlineData("date_format(founded, 'dd') = '20'", "[2]")]
    // texts
    [InlineData("\"seoul\"", "[1,4]")]
    [InlineData("'SEOUL' and 'park'", "[4]")]
    [InlineData("\"park seoul\"", "[4]")]
    [InlineData("\"seo\"", "[]")]
    [InlineData("\"seo*\"", "[1,4]")]
    [InlineData("not \"seoul\"", "[2,3,5]")]
    [InlineData("\"cafe\"", "[3]")]
    [InlineData("\"ECLAIR\"", "[3]")]
    [InlineData("\"항구\"", "[2]")]
    [InlineData("\"항\"", "[2]")]
    // Hangul: any part of a text, in any order, with or without spaces and particles; stars; underscores separate
    [InlineData("\"항구도시\"", "[2]")]
    [InlineData("\"도시 항구\"", "[2]")]
    [InlineData("search(note, \"도시를\")", "[2]")]
    [InlineData("search(note, \"항구의 도시\")", "[2]")]
    [InlineData("note like \"*구 도*\"", "[2]")]
    [InlineData("name like \"*eou*\"", "[1,4]")]
    [InlineData("name like \"*eoul\"", "[1,4]")]
    [InlineData("name like \"*eou\"", "[]")]
    [InlineData("name like \"eou*\"", "[]")]
    [InlineData("search(name, \"seoul_park\")", "[4]")]
    [InlineData("name = 'Cafe\u0301 d\\'E\u0301te\u0301'", "[3]")]
    [InlineData("search(\"\u1109\u116E\u1103\u1169\")", "[1]")]
    // JSON lists are fields with several values
    [InlineData("extra = '1'", "[2]")]
    [InlineData("'2' in extra", "[2]")]
    [InlineData("extra in ('1', 'none')", "[2]")]
    [InlineData("search(\"seo\")", "[1,4]")]
    [InlineData("search(*, \"park seo\")", "[4]")]
    [InlineData("search(name, \"par\")", "[4]")]
    [InlineData("search(name, note, \"pa sea\")", "[]")]
    // who mistypes a word of Latin letters finds it, but for the last: one letter of three to five, two of more
    [InlineData("search(note, \"teh prak seoul\")", "[]")]
    [InlineData("search(note, \"thé pork seo\")", "[4]")]
    [InlineData("search(note, \"quotd eclair\")", "[3]")]
    [InlineData("search(note, \"qoutid eclair\")", "[]")]
    [InlineData("search(note, \"eclaire quoted\")", "[3]")]
    [InlineData("search(note, \"quoted eclaire\")", "[]")]
    [InlineData("search(name, \"nw seoul park\")", "[]")]
    [InlineData("search(note, \"항만 도시\")", "[]")]
    [InlineData("\"pork seoul\"", "[]")]
    [InlineData("suggest(name, note, \"se pa\")", "[4]")]
    [InlineData("suggest(\"항\")", "[2]")]
    [InlineData("startswith(name, \"Seo\")", "[1]")]
    [InlineData("startswith(name, \"seo\")", "[]")]
    [InlineData("startswith(name, note, \"the\")", "[4]")]
    [InlineData("name like \"seoul\"", "[1,4]")]
    [InlineData("name like 'se*'", "[1,4]")]
    [InlineData("name not like 'se*'", "[2,3,5]")]
    [InlineData("note like \"quoted\"", "[3]")]
    [InlineData("\"b\"", "[1,2]")]
    [InlineData("lower(name) = 'busan'", "[2]")]
    [InlineData("upper(name) = 'BUSAN'", "[2]")]
    [InlineData("length(name) = 5", "[1,2]")]
    [InlineData("ifnull(population, 0) = 0", "[5]")]
    [InlineData("ifnull(founded, '2000-01-01') < date'2001'", "[5]")]
    // places
    [InlineData("within_distance(place, geom'POINT(126.978 37.5665)', 1km)", "[1]")]
    [InlineData("within_distance(place, GEOM'POINT(127 37.5)', 400km)", "[1,2]")]
    [InlineData("within_distance(place, geom'POINT(127 37.5)', 1 mi)", "[]")]
    [InlineData("within_distance(place, geom'{\"type\":\"Point\",\"coordinates\":[2.35,48.85]}', 5m)", "[3]")]
    [InlineData("in_bbox(place, 34, 125, 38, 130)", "[1,2]")]
    [InlineData("in_bbox(place, 38, 130, 34, 125)", "[1,2]")]
    [InlineData("within(place, geom'POLYGON((126 37, 128 37, 128 38, 126 38, 126 37))')", "[1]")]
    [InlineData("intersects(place, geom'POLYGON((120 30, 130 30, 130 40, 120 40),(126 37, 128 37, 128 38, 126 38))')", "[2]")]
    [InlineData("disjoint(place, geom'POLYGON((126 37, 128 37, 128 38, 126 38, 126 37))')", "[2,3,4]")]
    [InlineData("distance(place, geom'POINT(126.978 37.5665)') < 1", "[1]")]
    [InlineData(
        "intersects(place, geom'MULTIPOLYGON(((126 37, 128 37, 128 38, 126 38, 126 37)), ((2 48, 3 48, 3 49, 2 49, 2 48)))')", "[1,3]")]
    [InlineData(
        "within(place, geom'{\"type\":\"MultiPolygon\",\"coordinates\":[[[[126,37],[128,37],[128,38],[126,38],[126,37]]],[[[2,48],[3,48],"
        + "[3,49],[2,49],[2,48]]]]}')",
        "[1,3]")]
    // names of the API's version 2.0
    [InlineData("distance(place, geom'POINT(126.978 37.5665)', 1km)", "[1]")]
    [InlineData("polygon(place, geom'POLYGON((126 37, 128 37, 128 38, 126 38, 126 37))')", "[1]")]
    [InlineData("geometry(place, geom'POLYGON((126 37, 128 37, 128 38, 126 38, 126 37))')", "[1]")]
    [InlineData("geometry(place, geom'POLYGON((126 37, 128 37, 128 38, 126 38, 126 37))', INTERSECTS)", "[1]")]
    [InlineData("geometry(place, geom'POLYGON((126 37, 128 37, 128 38, 126 38, 126 37))', within)", "[1]")]
    [InlineData("geometry(place, geom'POLYGON((126 37, 128 37, 128 38, 126 38, 126 37))', DISJOINT)", "[2,3,4]")]
    [InlineData("geometry(place, geom'POLYGON((126 37, 128 37, 128 38, 126 38, 126 37))', CONTAINS)", null)]
    public void Where_(string where, string? ids)
    {
        // fields are case-sensitive, and there is no geometry of that kind
        if (ids is null) Assert.Throws<QueryException>(() => Ids(where));
        else Assert.Equal(ids, Ids(where));
    }

    [Theory]
    [InlineData("seen = date'2020-01-15'", "Asia/Seoul", "[1]")]
    [InlineData("seen = date'2021-05-06'", "Asia/Seoul", "[3]")]
    [InlineData("seen < date'2020-01-01T00:00:00'", "America/New_York", "[4]")]
    [InlineData("seen < date'2020-01-01T00:00:00'", "Asia/Seoul", "[]")]
    [InlineData("opened = date'2020-01-15T00:30:00Z'", "Asia/Seoul", "[1]")]
    [InlineData("hour(seen) = 8", "Asia/Seoul", "[3,4]")]
    public void Time_zones_move_instants_and_never_wall_clocks(string where, string zone, string ids) =>
        Assert.Equal(ids, Ids(where, zone));

    [Theory]
    [InlineData("population * 2", "18822000")]
    [InlineData("population * 0.5", "4705500.0")]
    [InlineData("price", "12.50")]
    [InlineData("price + 1", "13.5")]
    [InlineData("length(name)", "5")]
    [InlineData("lower('JAZZ')", "\"jazz\"")]
    [InlineData("\"hello\"", "\"hello\"")]
    [InlineData("founded", "\"2020-01-15\"")]
    [InlineData("opened", "\"2020-01-15T09:30:00+00:00\"")]
    [InlineData("year(founded)", "2020")]
    [InlineData("tags", "[\"a\",\"b\"]")]
    [InlineData("extra", "{\"k\":1}")]
    [InlineData("json_format('[1, {\"a\": null}]')", "[1, {\"a\": null}]")]
    [InlineData("json_format(name)", "\"Seoul\"")]
    [InlineData("json_format(name, 'bad json')", "\"bad json\"")]
    [InlineData("json_format(name, null)", "null")]
    [InlineData("json_format('12', null)", "12")]
    [InlineData("place", "{\"lon\":126.978,\"lat\":37.5665}")]
    [InlineData("now()", "\"2021-05-06T12:34:55+00:00\"")]
    [InlineData("now(year=2000)", "\"2000-05-06T12:34:55+00:00\"")]
    [InlineData("now(years=-1)", "\"2020-05-06T12:34:55+00:00\"")]
    [InlineData("now(year=2001, months=-1)", "\"2001-04-06T12:34:55+00:00\"")]
    [InlineData("now(day=31,month=2)", "\"2021-02-28T12:34:55+00:00\"")]
    [InlineData("now(weekday=0)", "\"2021-05-10T12:34:55+00:00\"")]
    [InlineData("now(mondays=+1)", "\"2021-05-10T12:34:55+00:00\"")]
    [InlineData("now(mondays=-1)", "\"2021-05-03T12:34:55+00:00\"")]
    [InlineData("date_format(founded, 'dd/MM/YYYY')", "\"15/01/2020\"")]
    [InlineData("date_format(founded, \"'The date is 'dd/MM/YYYY\")", "\"The date is 15/01/2020\"")]
    [InlineData("date_format(founded, \"'The date is '''dd/MM/YYYY''\")", "\"The date is '15/01/2020'\"")]
    [InlineData(
        "date_format(opened, 'E EEEE H HH yy M MMMM d D DDD e w ww m mm s ss')",
        "\"Wed. Wednesday 9 09 20 1 January 15 15 015 3 3 03 30 30 0 00\"")]
    public void Select_values(string expression, string value) => Assert.Equal(value, Value(expression));

    [Fact]
    public void Names_of_days_and_months_follow_the_language()
    {
        Assert.Equal("\"수요일 1월\"", Value("date_format(founded, 'EEEE MMMM')", language: "ko"));
        Assert.Equal("\"mercredi janvier\"", Value("date_format(founded, 'EEEE MMMM')", language: "fr"));
    }

    [Fact]
    public void Datetimes_show_the_clock_of_the_zone_asked_for()
    {
        Assert.Equal("\"2020-01-15T09:30:00+09:00\"", Value("seen", timeZone: "Asia/Seoul"));
        Assert.Equal("\"2020-01-15T09:30:00+09:00\"", Value("opened", timeZone: "Asia/Seoul"));
        Assert.Equal("\"2020-01-14T19:30:00-05:00\"", Value("seen", timeZone: "America/New_York"));
        Assert.Equal("\"2021-05-06T00:00:00.250000+00:00\"", Value("opened", id: 3));
    }

    [Theory]
    [InlineData("id, name", "{\"id\":1,\"name\":\"Seoul\"}")]
    [InlineData("name as n, id as `my id`", "{\"n\":\"Seoul\",\"my id\":1}")]
    [InlineData("include(po*)", "{\"population\":9411000}")]
    [InlineData("include(id), include(name)", "{\"id\":1,\"name\":\"Seoul\"}")]
    [InlineData("exclude(*), id", "{\"id\":1}")]
    [InlineData(
        "id, *, exclude(n*), exclude(p*), exclude(tags), exclude(extra), exclude(seen), exclude(opened), exclude(l*)",
        "{\"id\":1,\"area\":605.2,\"capital\":true,\"founded\":\"2020-01-15\"}")]
    [InlineData("id * 2 as double, id + id", "{\"double\":2,\"id + id\":2}")]
    public void Select_shapes_the_records(string select, string record) =>
        Assert.Equal($"[{record}]", Ask(new QueryRequest { Select = select, Where = ["id = 1"] }));

    [Theory]
    [InlineData("population", "3,4,2,1,5")]
    [InlineData("population desc", "1,2,4,3,5")]
    [InlineData("-population", "1,2,4,3,5")]
    [InlineData("capital desc, id desc", "4,1,2,5,3")]
    [InlineData("n", "3,4,2,1,5")]
    [InlineData("length(name) desc, name", "4,3,2,1,5")]
    [InlineData("distance(place, geom'POINT(129 35)')", "2,1,4,3,5")]
    public void Order_puts_nulls_last(string orderBy, string ids)
    {
        var answer = Ask(new QueryRequest { Select = "id, population as n", OrderBy = orderBy });
        Assert.Equal(
            ids,
            string.Join(",", System.Text.RegularExpressions.Regex.Matches(answer, "\"id\":(\\d)").Select(match => match.Groups[1].Value)));
    }

    [Fact]
    public void A_random_order_is_repeatable()
    {
        string Shuffled(int seed) => Ask(new QueryRequest { Select = "id", OrderBy = $"random({seed})" });

        Assert.Equal(Shuffled(1), Shuffled(1));
        Assert.NotEqual(Shuffled(1), Shuffled(7));
    }
}
