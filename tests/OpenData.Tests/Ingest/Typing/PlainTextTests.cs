using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using OpenData.Ingest.Records;
using OpenData.Ingest.Typing;

namespace OpenData.Tests.Ingest.Typing;

/// <summary>Several characters at once, and one after another, are the same number, day and time.</summary>
[Trait("Category", "Unit")]
public sealed partial class PlainTextTests
{
    private static readonly Gen<string> AnyNumber = Gen.Char["0123456789.-"].Array[0, 21].Select(characters => new string(characters));

    private static readonly Gen<string> Number = Gen.Select(
        Gen.Bool, Gen.ULong[0, 999_999_999_999_999_999], Gen.Int[0, 19], Gen.Int[1, 19], (negative, digits, point, length) =>
        {
            var text = digits.ToString(CultureInfo.InvariantCulture);
            text = text[..Math.Min(length, text.Length)];
            return (negative ? "-" : "") + (point < text.Length ? text.Insert(point, ".") : text);
        });

    [Fact]
    public void A_number_is_read_as_its_digits_one_by_one() => Gen.OneOf(AnyNumber, Number).Sample(text =>
    {
        var (buffer, cell) = InBuffer(text);
        var read = PlainText.TryReadNumber(buffer, cell, out var digits, out var fractionDigits, out var integerDigits);
        var match = Plain().Match(text);
        var (whole, fraction) = (match.Groups["whole"].Value, match.Groups["fraction"].Value);
        Assert.Equal(
            match.Success && whole.Length + fraction.Length <= 18 && !(text[0] == '-' && (whole + fraction).All(c => c == '0')), read);
        if (read)
        {
            Assert.Equal(
                (long.Parse((text[0] == '-' ? "-" : "") + whole + fraction, CultureInfo.InvariantCulture), fraction.Length, whole.Length),
                (digits, fractionDigits, integerDigits));
        }
    }, iter: 200_000);

    [Fact]
    public void Every_day_of_the_calendar_is_read_and_no_other()
    {
        var first = new DateOnly(1, 1, 1);
        for (var day = first.DayNumber; day <= DateOnly.MaxValue.DayNumber; day += 1 + day % 13)
        {
            var (buffer, cell) = InBuffer(DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            Assert.True(PlainText.TryReadDay(buffer, cell.Start, (byte)'-', out var days));
            Assert.Equal(day - new DateOnly(1970, 1, 1).DayNumber, days);
        }

        foreach (var other in (string[])[
            "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-04-31", "2024-01-00", "0000-01-01", "2024/01/01", "2o24-01-01",
            "2024-1-011"
        ])
        {
            var (buffer, cell) = InBuffer(other);
            Assert.False(PlainText.TryReadDay(buffer, cell.Start, (byte)'-', out _), other);
        }
    }

    private static (byte[] Buffer, CellPlace Cell) InBuffer(string text)
    {
        // What stands around it is of no account, digits least of all.
        var around = new string('7', RowBatch.Margin);
        return (Encoding.UTF8.GetBytes(around + text + around), new CellPlace(RowBatch.Margin, text.Length));
    }

    [GeneratedRegex(@"^-?(?<whole>0|[1-9][0-9]*)(\.(?<fraction>[0-9]+))?$")]
    private static partial Regex Plain();
}
