using System.Globalization;
using CsCheck;
using OpenData.Ingest.Typing;

namespace OpenData.Tests.Ingest.Typing;

/// <summary>The fast way and the library agree on which texts are the shortest of their double, and on the double.</summary>
[Trait("Category", "Unit")]
public sealed class ShortestDoubleTests
{
    private static readonly Gen<(long Digits, int Fraction)> AnyDecimal =
        Gen.Select(Gen.Long[-999_999_999_999_999_999, 999_999_999_999_999_999], Gen.Int[0, 18]);

    /// <summary>What programs write: the shortest text of a measured number, as digits and places.</summary>
    private static readonly Gen<(long Digits, int Fraction)> Written = Gen.Select(Gen.Double.Unit, Gen.Int[-3, 6])
        .Select(one => (one.Item1 * Math.Pow(10, one.Item2)).ToString("R", CultureInfo.InvariantCulture))
        .Where(text => !text.Contains('E') && text.Count(char.IsDigit) <= 18)
        .Select(
            text => (Digits: long.Parse(text.Replace(".", ""), CultureInfo.InvariantCulture), Fraction: text.Contains('.')
                ? text.Length - 1 - text.IndexOf('.')
                : 0));

    [Fact]
    public void What_it_reads_is_what_the_library_reads_and_writes_back()
    {
        Gen.OneOf(AnyDecimal, Written, Written.Select(one => (Digits: one.Digits + 1, one.Fraction))).Sample(one =>
        {
            if (!ShortestDouble.TryRead(one.Digits, one.Fraction, out var value)) return;
            var expected = double.Parse(Text(one.Digits, one.Fraction), CultureInfo.InvariantCulture);
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(value));
            Assert.Equal(Significant(Text(one.Digits, one.Fraction)), Significant(expected.ToString("R", CultureInfo.InvariantCulture)));
        }, iter: 100_000);
    }

    [Fact]
    public void It_reads_nearly_everything_that_programs_write()
    {
        var unread = 0;
        Written.Where(one => one.Digits >= 1_000_000_000_000_000).Sample(one =>
        {
            if (!ShortestDouble.TryRead(one.Digits, one.Fraction, out _)) Interlocked.Increment(ref unread);
        }, iter: 10_000);
        Assert.InRange(unread, 0, 100);
    }

    private static string Text(long digits, int fraction)
    {
        var text = Math.Abs(digits).ToString(CultureInfo.InvariantCulture).PadLeft(fraction + 1, '0');
        return (digits < 0 ? "-" : "") + (fraction == 0 ? text : text[..^fraction] + "." + text[^fraction..]);
    }

    private static decimal Significant(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
