using NCrontab;

namespace OpenData.Hosting;

/// <summary>Schedules as the Functions host's timer trigger writes them.</summary>
public static class Schedule
{
    /// <summary>Reads an NCRONTAB expression of six fields.</summary>
    /// <param name="setting">The setting that holds it, for the error.</param>
    /// <param name="expression">Such as <c>0 0 18 * * *</c>: every day at 18:00 UTC.</param>
    /// <exception cref="SettingException">It is none.</exception>
    public static CrontabSchedule Parse(string setting, string expression) =>
        CrontabSchedule.TryParse(expression, new CrontabSchedule.ParseOptions { IncludingSeconds = true })
        ?? throw new SettingException(
            $"The setting {setting} is '{expression}': expected an NCRONTAB expression of six fields, {{second}} {{minute}} {{hour}} "
            + "{day} {month} {day-of-week}, such as '0 0 18 * * *'.");
}
