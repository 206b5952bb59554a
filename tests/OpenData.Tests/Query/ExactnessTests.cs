using System.Globalization;
using System.Numerics;
using OpenData.Query.Compilation;
using OpenData.Query.Language;
using OpenData.Query.Schema;

namespace OpenData.Tests.Query;

/// <summary>
/// Comparisons, lists and ranges at the bounds of their types, against a reference in rational arithmetic that shares nothing with the
/// product.
/// </summary>
[Trait("Category", "Unit")]
public class ExactnessTests
{
    private static readonly string[] Whole =
        [
            "-9223372036854775808", "-9223372036854775807", "-10", "-1", "0", "1", "9", "10", "11", "9007199254740993",
            "9223372036854775806", "9223372036854775807"
        ];

    private static readonly string[] Decimals =
        [
            "-999999999999999999999999999999999999.99",
            "-0.35",
            "-0.30",
            "-0.01",
            "0.00",
            "0.01",
            "0.10",
            "0.20",
            "0.29",
            "0.30",
            "0.70",
            "999999999999999999999999999999999999.99",
        ];

    private static readonly string[] Numbers =
    [
        "-170141183460469231731687303715884105729", "-9223372036854775809", "-9223372036854775808", "-10.5", "-0.305", "-0.3", "-0.0000001",
        "0",
        "0.1", "0.10", "0.295", "0.3", "1e-2", "9.999", "10", "10.0", "10.5", "9007199254740992", "9007199254740993",
        "9223372036854775806.5",
        "9223372036854775807", "9223372036854775807.1", "9223372036854775808", "18446744073709551616", "1e37",
        "999999999999999999999999999999999999.99",
        "999999999999999999999999999999999999.999", "1e39",
    ];

    private static readonly Lazy<QueryTable> Table = new(() =>
    {
        using var connection = TestTable.Connect();
        connection.Execute(
            $"CREATE TABLE whole AS SELECT CAST(v AS BIGINT) AS v FROM (VALUES {string.Join(", ", Whole.Select(v => $"('{v}')"))}) t(v); "
            + "CREATE TABLE decimals AS SELECT CAST(v AS DECIMAL(38, 2)) AS v FROM (VALUES "
            + $"{string.Join(", ", Decimals.Select(v => $"('{v}')"))}) t(v)");
        return new QueryTable("whole", [new QueryField("v", "v", ValueKind.Int, "\"v\"")]);
    });

    private static QueryTable WholeTable => Table.Value;

    private static QueryTable DecimalTable =>
        Table.Value is null ? null! : new("decimals", [new QueryField("v", "v", ValueKind.Decimal, "\"v\"") { Scale = 2 }]);

    [Theory]
    [InlineData("=")]
    [InlineData("!=")]
    [InlineData("<")]
    [InlineData("<=")]
    [InlineData(">")]
    [InlineData(">=")]
    public void Comparisons_with_numbers_of_any_size_are_exact(string operation)
    {
        foreach (var number in Numbers)
        {
            foreach (var (table, values) in new[] { (WholeTable, Whole), (DecimalTable, Decimals) })
            {
                var expected = values.Where(value => Holds(Rational.Read(value).CompareTo(Rational.Read(number)), operation));
                Assert.Equal(expected, Values(table, $"v {operation} {number}"));
                Assert.Equal(expected, Values(table, $"v {operation} \"{number}\""));
            }
        }
    }

    [Fact]
    public void Lists_ranges_and_refinements_are_exact()
    {
        foreach (var (table, values) in new[] { (WholeTable, Whole), (DecimalTable, Decimals) })
        {
            Assert.Equal(
                values.Where(value => Numbers.Any(number => Rational.Read(value).CompareTo(Rational.Read(number)) == 0)),
                Values(table, $"v in ({string.Join(", ", Numbers)})"));
            foreach (var low in Numbers)
            {
                Assert.Equal(
                    values.Where(
                        value => Rational.Read(value).CompareTo(Rational.Read(low)) >= 0
                            && Rational.Read(value).CompareTo(Rational.Read("10.5")) < 0),
                    Values(table, $"v in [{low}..10.5["));
                Assert.Equal(
                    values.Where(value => Rational.Read(value).CompareTo(Rational.Read(low)) == 0),
                    Answer(table, new QueryRequest { Select = "v", Refine = [$"v:{low}"] }));
            }
        }
    }

    [Theory]
    [InlineData("0.1")]
    [InlineData("0.25")]
    [InlineData("3")]
    [InlineData("7.5")]
    [InlineData("999999999999999999")]
    public void Equal_widths_put_every_value_into_the_interval_that_has_it(string width)
    {
        foreach (var table in new[] { WholeTable, DecimalTable })
        {
            // Beyond these, an interval's end has more digits than the type: that is an error, not a rounding.
            var request = new QueryRequest
            {
                Select = "min(v) as low, max(v) as high",
                GroupBy = $"range(v, {width}) as r",
                Where = ["v in [-1e30..1e30]"],
            };
            var rows = Answer(table, request, columns: 3);
            foreach (var row in rows.Chunk(3))
            {
                var bounds = row[2].Trim('[').Split(", ").Select(Rational.Read).ToArray();
                Assert.True(
                    Rational.Read(row[0]).CompareTo(bounds[0]) >= 0 && Rational.Read(row[1]).CompareTo(bounds[1]) < 0,
                    $"{row[0]} to {row[1]} in {row[2]}");
                Assert.Equal(0, bounds[0].Plus(Rational.Read(width)).CompareTo(bounds[1]));
                Assert.True(bounds[0].IsMultipleOf(Rational.Read(width)), row[2]);
            }
        }
    }

    [Theory]
    [InlineData("founded <= date'9999'", "[1,2,3,4]")]
    [InlineData("founded > date'9999-12-31'", "[]")]
    [InlineData("founded >= date'0001-01-01'", "[1,2,3,4]")]
    [InlineData("seen >= date'0001-01-01T00:00:00+14:00'", null)]
    [InlineData("seen <= date'9999-12-31T23:59:59.9999999Z'", "[1,2,3,4]")]
    [InlineData("seen <= date'9999-12-31T23:59:59-14:00'", null)]
    [InlineData("seen = date'2020-01-15T14:30:00+14:00'", "[1]")]
    [InlineData("seen = date'2020-01-15T14:45:00+14:15'", null)]
    [InlineData("founded = date'٢٠٢٠'", null)]
    [InlineData("opened = date'2021-05-06T00:00:00.250000999'", "[3]")]
    public void Dates_at_the_edges_of_the_calendar_are_read_or_refused(string where, string? ids)
    {
        if (ids is null) Assert.Throws<QueryException>(() => TestTable.Ids(where));
        else Assert.Equal(ids, TestTable.Ids(where));
    }

    [Theory]
    [InlineData("ifnull(price, 0.5)", "12.5")]
    [InlineData("ifnull(population, '0')", "9411000")]
    [InlineData("ifnull(population, 0.5)", "9411000.0")]
    [InlineData("ifnull(population, price)", "9411000.0")]
    public void Alternatives_of_other_kinds_are_numbers_too(string expression, string value) =>
        Assert.Equal(value, TestTable.Value(expression));

    private static bool Holds(int order, string operation) => operation switch
    {
        "=" => order == 0,
        "!=" => order != 0,
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };

    private static List<string> Values(QueryTable table, string where) => Answer(table, new QueryRequest { Select = "v", Where = [where] });

    private static List<string> Answer(QueryTable table, QueryRequest request, int columns = 1)
    {
        var json = TestTable.Run(Planner.Rows(table, request, DateTimeOffset.UnixEpoch));
        var values = System.Text.RegularExpressions.Regex
            .Matches(json, "\"\\w+\":(\"[^\"]*\"|[^,}]+)")
            .Select(match => match.Groups[1].Value.Trim('"'))
            .ToList();
        Assert.Equal(0, values.Count % columns);
        return values;
    }

    /// <summary>A fraction of two whole numbers.</summary>
    private sealed record Rational(BigInteger Over, BigInteger Under)
    {
        public static Rational Read(string text)
        {
            var parts = text.Split('e', 'E');
            var point = parts[0].IndexOf('.', StringComparison.Ordinal);
            var over = BigInteger.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
            var exponent = (parts.Length > 1
                ? int.Parse(parts[1], CultureInfo.InvariantCulture)
                : 0) - (point < 0 ? 0 : parts[0].Length - point - 1);
            return exponent >= 0 ? new(over * BigInteger.Pow(10, exponent), 1) : new(over, BigInteger.Pow(10, -exponent));
        }

        public int CompareTo(Rational other) => (Over * other.Under).CompareTo(other.Over * Under);

        public Rational Plus(Rational other) => new((Over * other.Under) + (other.Over * Under), Under * other.Under);

        public bool IsMultipleOf(Rational other) => Over * other.Under % (other.Over * Under) == 0;
    }
}
