using System.Globalization;

namespace OpenData.Ingest.Workbooks;

/// <summary>Excel's days since 1900 or 1904 as ISO 8601 text.</summary>
internal static class ExcelTime
{
    // Excel counts a 29 February 1900, its day 60, which did not exist: earlier days are offset from the epoch by one more than later ones.
    private static readonly DateTime Epoch1900 = new(1899, 12, 30);
    private static readonly DateTime Epoch1904 = new(1904, 1, 1);

    private const double LastDay = 2_958_466; // the day after 9999-12-31, counted from 1900

    /// <summary>Writes <c>2024-01-05</c>, <c>2024-01-05T10:30:00</c> or <c>10:30:00</c>; null if the number is no such thing.</summary>
    public static string? Write(double number, ExcelFormat format, bool from1904)
    {
        if (!(number >= 0 && number < LastDay - (from1904 ? 1462 : 0))) return null;
        if (!format.HasDate && (format.Elapsed || number < 1)) return Write(TimeSpan.FromMilliseconds(Math.Round(number * 86_400_000)));
        if (!from1904 && (int)number == 60) return null;

        var day = Math.Floor(number);
        if (!from1904 && day < 60) day++;
        var moment = (from1904 ? Epoch1904 : Epoch1900)
            .AddDays(day)
            .AddMilliseconds(Math.Round((number - Math.Floor(number)) * 86_400_000));
        return Write(moment, format);
    }

    /// <summary>Writes a day, with its time if the format shows one or there is one.</summary>
    public static string Write(DateTime moment, ExcelFormat format)
    {
        if (moment.TimeOfDay == TimeSpan.Zero && !format.HasTime) return moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return moment.ToString(
            moment.Millisecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss" : "yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture);
    }

    /// <summary>Writes a time of day, or a duration.</summary>
    public static string Write(TimeSpan time)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}");
        return time.Milliseconds == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}.{time.Milliseconds:000}");
    }
}
