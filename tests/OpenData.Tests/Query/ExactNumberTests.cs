using System.Globalization;
using System.Numerics;
using OpenData.Query.Compilation;
using OpenData.Query.Schema;

namespace OpenData.Tests.Query;

/// <summary>Numbers of any size: how they are read and written, and the SQL of comparisons at the bounds of the types.</summary>
[Trait("Category", "Unit")]
public class ExactNumberTests
{
    private const string LargestDecimal = "99999999999999999999999999999999999999"; // 38 digits

    [Theory]
    [InlineData("5", "5")]
    [InlineData(" -5 ", "-5")]
    [InlineData("+5", "5")]
    [InlineData("0", "0")]
    [InlineData("-0.05", "-0.05")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("1.50", "1.50")]
    [InlineData("1e3", "1000")]
    [InlineData("1.5E1", "15")]
    [InlineData("1.25e1", "12.5")]
    [InlineData("15e-1", "1.5")]
    [InlineData("-1e-3", "-0.001")]
    [InlineData("123456789012345678901234567890.5", "123456789012345678901234567890.5")]
    public void A_number_is_read_and_written_without_rounding(string text, string written)
    {
        Assert.True(ExactNumber.TryParse(text, out var number));
        Assert.Equal(written, number.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("1e1.5")]
    [InlineData("1.2.3")]
    [InlineData("five")]
    [InlineData("1,000")]
    [InlineData("1e401")]
    [InlineData("1e-401")]
    [InlineData("1e99999999999")]
    public void What_is_no_number_is_refused(string text) => Assert.False(ExactNumber.TryParse(text, out _));

    [Fact]
    public void Four_hundred_digits_are_read_and_one_more_is_not()
    {
        Assert.True(ExactNumber.TryParse(new string('9', 400), out var number));
        Assert.Equal(new string('9', 400), number.ToString());
        Assert.False(ExactNumber.TryParse(new string('9', 401), out _));
        Assert.True(ExactNumber.TryParse("1e400", out var large));
        Assert.Equal(BigInteger.Pow(10, 400), large.Unscaled);
        Assert.True(ExactNumber.TryParse("1e-400", out var small));
        Assert.Equal((BigInteger.One, 400), (small.Unscaled, small.Scale));
    }

    [Theory]
    [InlineData("1.500", "1.5")]
    [InlineData("1.000", "1")]
    [InlineData("100", "100")]
    [InlineData("0.00", "0")]
    [InlineData("-0.10", "-0.1")]
    public void Zeros_at_the_end_of_a_fraction_are_trimmed(string text, string trimmed) =>
        Assert.Equal(trimmed, Number(text).Trimmed().ToString());

    [Theory]
    [InlineData("1.29", 1, "1.2")]
    [InlineData("-1.29", 1, "-1.3")]
    [InlineData("-1.20", 1, "-1.2")]
    [InlineData("1.2", 1, "1.2")]
    [InlineData("1.2", 3, "1.200")]
    [InlineData("-0.5", 0, "-1")]
    public void The_floor_is_not_above_the_number(string text, int scale, string floor) =>
        Assert.Equal(floor, Number(text).Floor(scale).ToString());

    [Theory]
    // whole numbers: a parameter of 64 bits where it fits, a decimal where it does not
    [InlineData(true, "=", "9223372036854775807", "(n = CAST($1 AS BIGINT))")]
    [InlineData(true, "=", "-9223372036854775808", "(n = CAST($1 AS BIGINT))")]
    [InlineData(true, "<", "9223372036854775808", "(n < CAST($1 AS DECIMAL(38, 0)))")]
    [InlineData(true, ">", "-9223372036854775809", "(n > CAST($1 AS DECIMAL(38, 0)))")]
    [InlineData(true, "<", "1.5", "(n <= CAST($1 AS BIGINT))")]
    [InlineData(true, "=", "1.5", "FALSE")]
    [InlineData(true, "!=", "1.5", "(n IS NOT NULL)")]
    [InlineData(true, ">=", "1.5", "(n > CAST($1 AS BIGINT))")]
    // decimals with two digits after the point, of which the largest has 38 in all
    [InlineData(false, "<", "999999999999999999999999999999999999.99", "(n < CAST($1 AS DECIMAL(38, 2)))")]
    [InlineData(false, "<", "1000000000000000000000000000000000000", "(n IS NOT NULL)")]
    [InlineData(false, "<=", "1000000000000000000000000000000000000", "(n IS NOT NULL)")]
    [InlineData(false, ">", "1000000000000000000000000000000000000", "FALSE")]
    [InlineData(false, ">=", "-1000000000000000000000000000000000000", "(n IS NOT NULL)")]
    [InlineData(false, "<", "-1000000000000000000000000000000000000", "FALSE")]
    [InlineData(false, "=", "1000000000000000000000000000000000000", "FALSE")]
    [InlineData(false, "!=", "1000000000000000000000000000000000000", "(n IS NOT NULL)")]
    public void A_comparison_is_adjusted_to_what_the_type_can_hold(bool whole, string operation, string number, string sql)
    {
        var value = whole ? new TypedSql("n", ValueKind.Int) { Scale = 2 } : new TypedSql("n", ValueKind.Decimal) { Scale = 2 };

        Assert.Equal(sql, NumberComparison.Compare(value, operation, Number(number), new Parameters()));
    }

    [Fact]
    public void The_largest_decimal_is_still_compared()
    {
        var value = new TypedSql("n", ValueKind.Decimal) { Scale = 0 };

        Assert.NotEqual("(n IS NOT NULL)", NumberComparison.Compare(value, "<", Number(LargestDecimal), new Parameters()));
        var larger = BigInteger.Parse(LargestDecimal, CultureInfo.InvariantCulture) + 1;
        Assert.Equal("(n IS NOT NULL)", NumberComparison.Compare(value, "<", new ExactNumber(larger, 0), new Parameters()));
    }

    private static ExactNumber Number(string text)
    {
        Assert.True(ExactNumber.TryParse(text, out var number));
        return number;
    }
}
