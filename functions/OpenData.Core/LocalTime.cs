namespace OpenData;

/// <summary>
/// The country's clock: which day it is, and when, at the place whose days the usage log, the report, quarters and deadlines count. Storage
/// keeps instants in UTC; only what is counted by days uses this.
/// </summary>
public sealed class LocalTime
{
    private readonly TimeZoneInfo _zone;

    /// <summary>Takes the time zone by its name in the IANA database.</summary>
    /// <param name="zone">The name, such as <c>Asia/Seoul</c> or <c>UTC</c>.</param>
    /// <exception cref="SettingException">There is no such time zone.</exception>
    public LocalTime(string zone)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
        {
            throw new SettingException(
                $"The setting TimeZone is '{zone}': expected a name of the IANA time zone database, such as 'Asia/Seoul'.");
        }

        _zone = found;
        Zone = zone;
    }

    /// <summary>Coordinated Universal Time.</summary>
    public static LocalTime Utc { get; } = new("UTC");

    /// <summary>The time zone's name, as the setting has it.</summary>
    public string Zone { get; }

    /// <summary>The local day of an instant.</summary>
    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(Of(at));

    /// <summary>The local date and time of an instant.</summary>
    public DateTime Of(DateTimeOffset at) => DateTime.SpecifyKind(TimeZoneInfo.ConvertTime(at, _zone).DateTime, DateTimeKind.Unspecified);
}
