using System.Globalization;
using OpenData.DuckDb;
using OpenData.Query.Schema;

namespace OpenData.Query.Formats;

/// <summary>Writes single values as UTF-8, straight from DuckDB's vectors.</summary>
internal static class Utf8Values
{
    private const int DaysOfUnixEpoch = 719_162; // since 0001-01-01
    private const int DaysOfCalendar = 3_652_059; // from 0001-01-01 to 9999-12-31
    private const long MicrosecondsPerDay = 86_400_000_000;
    private const long MicrosecondsOfUnixEpoch = DaysOfUnixEpoch * MicrosecondsPerDay;

    /// <summary>A value of any kind as bare text; nothing for one that has no text.</summary>
    public static void Plain(Utf8Output output, ColumnVector vector, int row, ValueKind kind, ReadOnlySpan<byte> listSeparator)
    {
        switch (kind)
        {
            case ValueKind.Int:
            case ValueKind.Decimal:
                Integer(output, vector, row);
                break;
            case ValueKind.Double:
                TryDouble(output, vector.Double(row));
                break;
            case ValueKind.Boolean:
                output.Write(vector.Boolean(row) ? "true"u8 : "false"u8);
                break;
            case ValueKind.Date:
                TryDate(output, vector.Days(row));
                break;
            case ValueKind.DateTime:
            case ValueKind.Instant:
                TryTime(output, vector, row);
                break;
            case ValueKind.Point:
                // Latitude first, as the API writes points in CSV.
                TryDouble(output, vector.Member(1).Double(row));
                output.Write(", "u8);
                TryDouble(output, vector.Member(0).Double(row));
                break;
            case ValueKind.TextList:
                var (start, count) = vector.ItemsOf(row);
                var items = vector.Items();
                for (var i = start; i < start + count; i++)
                {
                    if (i > start) output.Write(listSeparator);
                    if (!items.IsNull(i)) output.Write(items.Text(i));
                }

                break;
            case ValueKind.Points:
                Hull.TryWrite(output, vector, row);
                break;
            case ValueKind.Null:
                break;
            default:
                output.Write(vector.Text(row));
                break;
        }
    }

    /// <summary>A whole number, or a decimal with its point.</summary>
    public static void Integer(Utf8Output output, ColumnVector vector, int row)
    {
        const int longest = 48;
        var span = output.GetSpan(longest);
        int length;
        if (vector.IsWide) vector.Integer(row).TryFormat(span, out length, default, CultureInfo.InvariantCulture);
        else vector.Long(row).TryFormat(span, out length, default, CultureInfo.InvariantCulture);
        output.Advance(vector.Scale == 0 ? length : WithPoint(span, length, vector.Scale));
    }

    /// <summary>Puts the point into a decimal's digits, and before it at least one digit. Returns the new length.</summary>
    private static int WithPoint(Span<byte> span, int length, int scale)
    {
        var first = span[0] == '-' ? 1 : 0;
        var padding = Math.Max(0, scale + 1 - (length - first));
        if (padding > 0)
        {
            span[first..length].CopyTo(span[(first + padding)..]);
            span.Slice(first, padding).Fill((byte)'0');
            length += padding;
        }

        var point = length - scale;
        span[point..length].CopyTo(span[(point + 1)..]);
        span[point] = (byte)'.';
        return length + 1;
    }

    /// <summary>A floating point number in its shortest form that reads back as itself; false if it is not a number.</summary>
    public static bool TryDouble(Utf8Output output, double value)
    {
        if (!double.IsFinite(value)) return false;
        var span = output.GetSpan(32);
        value.TryFormat(span, out var length, default, CultureInfo.InvariantCulture);
        // A whole number still shows that it is a floating point one.
        if (!span[..length].ContainsAny(".E"u8))
        {
            ".0"u8.CopyTo(span[length..]);
            length += 2;
        }

        output.Advance(length);
        return true;
    }

    /// <summary>Whether a date lies in the years 1 to 9999, which ISO 8601 can write; DuckDB's infinite dates do not.</summary>
    public static bool IsWritableDate(int daysSince1970) => daysSince1970 is >= -DaysOfUnixEpoch and < DaysOfCalendar - DaysOfUnixEpoch;

    /// <summary>Whether a time lies in the years 1 to 9999 on the clock that it is written by.</summary>
    public static bool IsWritableTime(ColumnVector vector, int row) =>
        IsWritableTime(vector.IsStruct ? vector.Member(0).Microseconds(row) : vector.Microseconds(row));

    private static bool IsWritableTime(long wall) =>
        wall is >= -MicrosecondsOfUnixEpoch and < (DaysOfCalendar * MicrosecondsPerDay) - MicrosecondsOfUnixEpoch;

    /// <summary>A day, <c>2024-03-05</c>; false beyond the years 1 to 9999.</summary>
    public static bool TryDate(Utf8Output output, int daysSince1970)
    {
        if (!IsWritableDate(daysSince1970)) return false;
        var span = output.GetSpan(10);
        Day(span, DateTime.MinValue.AddDays(daysSince1970 + DaysOfUnixEpoch));
        output.Advance(10);
        return true;
    }

    /// <summary>
    /// A time as ISO 8601 with its offset, <c>2024-03-05T09:30:00+09:00</c>: in UTC a bare timestamp, in any other zone a struct of
    /// what the zone's clock shows and the instant. False beyond the years 1 to 9999.
    /// </summary>
    public static bool TryTime(Utf8Output output, ColumnVector vector, int row)
    {
        if (!vector.IsStruct) return TryTime(output, vector.Microseconds(row), 0);
        var (wall, instant) = (vector.Member(0).Microseconds(row), vector.Member(1).Microseconds(row));
        return TryTime(output, wall, (int)((wall - instant) / 60_000_000));
    }

    private static bool TryTime(Utf8Output output, long wall, int offsetMinutes)
    {
        if (!IsWritableTime(wall)) return false;
        var time = new DateTime((wall + MicrosecondsOfUnixEpoch) * TimeSpan.TicksPerMicrosecond);
        var span = output.GetSpan(32);
        Day(span, time);
        span[10] = (byte)'T';
        Two(span[11..], time.Hour);
        span[13] = (byte)':';
        Two(span[14..], time.Minute);
        span[16] = (byte)':';
        Two(span[17..], time.Second);
        var length = 19;
        var fraction = (int)(time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond);
        if (fraction != 0)
        {
            span[length++] = (byte)'.';
            Two(span[length..], fraction / 10_000);
            Two(span[(length + 2)..], fraction / 100 % 100);
            Two(span[(length + 4)..], fraction % 100);
            length += 6;
        }

        span[length++] = offsetMinutes < 0 ? (byte)'-' : (byte)'+';
        var offset = Math.Abs(offsetMinutes);
        Two(span[length..], offset / 60);
        span[length + 2] = (byte)':';
        Two(span[(length + 3)..], offset % 60);
        output.Advance(length + 5);
        return true;
    }

    private static void Day(Span<byte> span, DateTime day)
    {
        Two(span, day.Year / 100);
        Two(span[2..], day.Year % 100);
        span[4] = (byte)'-';
        Two(span[5..], day.Month);
        span[7] = (byte)'-';
        Two(span[8..], day.Day);
    }

    private static void Two(Span<byte> span, int number)
    {
        span[0] = (byte)('0' + (number / 10));
        span[1] = (byte)('0' + (number % 10));
    }
}
