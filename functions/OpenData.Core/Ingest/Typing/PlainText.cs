using System.Buffers.Binary;

namespace OpenData.Ingest.Typing;

/// <summary>
/// Reads what nearly every value is: a plain number of at most 18 digits, a day of ten characters. Whatever is not so plain is
/// left to <see cref="NumberText"/> and <see cref="MomentText"/>, which know everything that is allowed.
/// </summary>
internal static class PlainText
{
    private const int MostDigits = 18;

    /// <summary>Powers of ten that a 64-bit number holds.</summary>
    public static readonly long[] PowersOfTen = [.. Enumerable.Range(0, 19).Select(i => (long)Math.Pow(10, i))];

    private static readonly int UnixEpoch = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>Reads <c>-1234.50</c> as -123450 with two digits after the point. False only means: not so plain.</summary>
    public static bool TryReadNumber(ReadOnlySpan<byte> text, out long digits, out int fractionDigits, out int integerDigits)
    {
        digits = 0;
        fractionDigits = integerDigits = 0;
        var i = 0;
        var negative = text.Length > 1 && text[0] == '-';
        if (negative)
            i++;

        // The sign and the point are no digits.
        if (text.Length - i > MostDigits + 1)
            return false;

        var first = i;
        long value = 0;
        for (; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit > 9)
                break;

            value = value * 10 + digit;
        }

        integerDigits = i - first;
        if (integerDigits == 0 || integerDigits > 1 && text[first] == '0')
            return false;

        if (i < text.Length)
        {
            if (text[i++] != '.')
                return false;

            var point = i;
            for (; i < text.Length; i++)
            {
                var digit = (uint)(text[i] - '0');
                if (digit > 9)
                    return false;

                value = value * 10 + digit;
            }

            fractionDigits = i - point;
            if (fractionDigits == 0)
                return false;
        }

        if (integerDigits + fractionDigits > MostDigits || negative && value == 0)
            return false;

        digits = negative ? -value : value;
        return true;
    }

    /// <summary>Reads <c>2024-01-05</c>, with this separator, as days since 1970. False only means: not so plain, or no such day.</summary>
    public static bool TryReadDay(ReadOnlySpan<byte> text, byte separator, out int days)
    {
        days = 0;
        if (text.Length < 10 || text[4] != separator || text[7] != separator)
            return false;

        if (!TwoDigits(text, 0, out var century) || !TwoDigits(text, 2, out var year) || !TwoDigits(text, 5, out var month) || !TwoDigits(text, 8, out var day))
            return false;

        year += century * 100;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > 28 && day > System.DateTime.DaysInMonth(year, month))
            return false;

        days = new DateOnly(year, month, day).DayNumber - UnixEpoch;
        return true;
    }

    /// <summary>Reads <c>10:20:30</c> as seconds of the day. False only means: not so plain, or no such time.</summary>
    public static bool TryReadTime(ReadOnlySpan<byte> text, out int seconds)
    {
        seconds = 0;
        if (text.Length != 8 || text[2] != ':' || text[5] != ':'
            || !TwoDigits(text, 0, out var hour) || !TwoDigits(text, 3, out var minute) || !TwoDigits(text, 6, out var second)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        seconds = (hour * 60 + minute) * 60 + second;
        return true;
    }

    private static bool TwoDigits(ReadOnlySpan<byte> text, int at, out int value)
    {
        // Both at once: the tens are the low byte.
        var pair = (uint)BinaryPrimitives.ReadUInt16LittleEndian(text[at..]) - 0x3030u;
        uint tens = pair & 0xFF, ones = pair >> 8;
        value = (int)(tens * 10 + ones);
        return tens <= 9 && ones <= 9;
    }
}
