using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Typing;

/// <summary>
/// Reads what nearly every value is: a plain number of at most 18 digits, a day of ten characters, a time of eight. Several characters at
/// once, without a branch for each. Whatever is not so plain is left to <see cref="NumberText"/> and <see cref="MomentText"/>, which know
/// everything that is allowed.
/// </summary>
internal static class PlainText
{
    /// <summary>Characters of a day such as <c>2024-01-05</c>, and of a time such as <c>10:20:30</c>.</summary>
    public const int DayLength = 10, TimeLength = 8;

    private const int MostDigits = 18;

    /// <summary>Days from 1 March of the year 0, where years begin whose leap day is their last, to 1970.</summary>
    private const int MarchToUnixEpoch = 719_468;

    private static Vector128<byte> Lanes => Vector128<byte>.Indices;

    /// <summary>Powers of ten that a 64-bit number holds.</summary>
    public static readonly long[] PowersOfTen = [.. Enumerable.Range(0, 19).Select(i => (long)Math.Pow(10, i))];

    /// <summary>Reads <c>-1234.50</c> as -123450 with two digits after the point. False only means: not so plain.</summary>
    /// <param name="buffer">Has a <see cref="RowBatch.Margin"/> before the number.</param>
    /// <param name="cell">The number.</param>
    /// <param name="digits">Its digits as one whole number.</param>
    /// <param name="fractionDigits">Digits after the point.</param>
    /// <param name="integerDigits">Digits before the point, a lone zero counted.</param>
    public static bool TryReadNumber(byte[] buffer, CellPlace cell, out long digits, out int fractionDigits, out int integerDigits)
    {
        (digits, fractionDigits, integerDigits) = (0, 0, 0);
        var (start, length) = (cell.Start, cell.Length);
        if (length == 0) return false;

        var negative = buffer[start] == '-';
        if (negative) (start, length) = (start + 1, length - 1);

        // The point is no digit.
        if ((uint)(length - 1) > MostDigits) return false;

        // The last 16 characters, with zeros for what stands before the number.
        var last = Vector128<byte>.Count;
        var values = Vector128.Create(buffer.AsSpan(start + length - last)) - Vector128.Create((byte)'0');
        values &= Vector128.GreaterThanOrEqual(Lanes.AsSByte(), Vector128.Create((sbyte)(last - length))).AsByte();
        integerDigits = length;
        var points = Vector128.Equals(values, Vector128.Create(unchecked((byte)('.' - '0')))).ExtractMostSignificantBits();
        if (points != 0)
        {
            var point = BitOperations.TrailingZeroCount(points);
            fractionDigits = last - 1 - point;
            integerDigits = length - 1 - fractionDigits;
            if (fractionDigits == 0) return false;

            // What stands before the point moves into its place.
            values = Vector128.ShuffleNative(values, Lanes + Vector128.LessThanOrEqual(Lanes, Vector128.Create((byte)point)));
        }

        if (Vector128.GreaterThanAny(values, Vector128.Create((byte)9))) return false;

        var value = EightDigits(values.AsUInt64()[0]) * 100_000_000 + EightDigits(values.AsUInt64()[1]);
        if (length > last
            && !AddHead(
                buffer.AsSpan(start, length - last),
                PowersOfTen[points != 0 ? last - 1 : last],
                ref value,
                ref fractionDigits,
                ref integerDigits))
        {
            return false;
        }

        if (integerDigits == 0 || integerDigits > 1 && buffer[start] == '0'
            || integerDigits + fractionDigits > MostDigits || negative && value == 0)
        {
            return false;
        }

        digits = negative ? -value : value;
        return true;
    }

    /// <summary>Adds the up to three characters before the last sixteen.</summary>
    private static bool AddHead(ReadOnlySpan<byte> head, long unit, ref long value, ref int fractionDigits, ref int integerDigits)
    {
        long leading = 0;
        for (var i = 0; i < head.Length; i++)
        {
            if (head[i] == '.' && fractionDigits == 0)
            {
                fractionDigits = integerDigits - i - 1;
                integerDigits = i;
                continue;
            }

            var digit = (uint)(head[i] - '0');
            if (digit > 9) return false;

            leading = leading * 10 + digit;
        }

        if (integerDigits + fractionDigits > MostDigits) return false;

        value += leading * unit;
        return true;
    }

    /// <summary>Eight digits, the most significant in the lowest byte, as one number: neighbours are joined three times.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long EightDigits(ulong digits)
    {
        const ulong pairs = 0x000000FF_000000FF;
        digits = digits * 10 + (digits >> 8);
        return (long)(((digits & pairs) * (100 + (1_000_000ul << 32)) + ((digits >> 16) & pairs) * (1 + (10_000ul << 32))) >> 32);
    }

    /// <summary>Reads <c>2024-01-05</c>, with this separator, as days since 1970. False only means: not so plain, or no such day.</summary>
    public static bool TryReadDay(byte[] buffer, int start, byte separator, out int days)
    {
        var text = buffer.AsSpan(start, DayLength);
        days = 0;
        if (text[4] != separator || text[7] != separator) return false;

        if (!TwoDigits(text, 0, out var century) || !TwoDigits(text, 2, out var year)
            || !TwoDigits(text, 5, out var month) || !TwoDigits(text, 8, out var day))
        {
            return false;
        }

        year += century * 100;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > 28 && day > DateTime.DaysInMonth(year, month)) return false;

        // Months from March on: then a leap day only ever comes last
        // (https://howardhinnant.github.io/date_algorithms.html#days_from_civil).
        if (month < 3) (year, month) = (year - 1, month + 12);

        days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * (month - 3) + 2) / 5 + day - 1 - MarchToUnixEpoch;
        return true;
    }

    /// <summary>Reads <c>10:20:30</c> as seconds of the day. False only means: not so plain, or no such time.</summary>
    public static bool TryReadTime(byte[] buffer, int start, out int seconds)
    {
        var text = buffer.AsSpan(start, TimeLength);
        seconds = 0;
        if (text[2] != ':' || text[5] != ':'
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
