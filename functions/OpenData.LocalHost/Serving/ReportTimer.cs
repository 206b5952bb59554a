using NCrontab;
using OpenData.Ingest.Publishing;
using OpenData.Planning;

namespace OpenData.LocalHost.Serving;

/// <summary>The timer triggers where there is no Functions host: the same NCRONTAB schedule, in UTC.</summary>
internal sealed class ReportTimer(ReportRun report, Sweeper sweeper, OpenDataSettings settings, Narrator narrator, TimeProvider time)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1); // a timer cannot be set for a yearly schedule

    private readonly CrontabSchedule _schedule = Parse(settings.ReportSchedule);

    /// <summary>Makes the report and sweeps at every occurrence of the schedule, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var due = _schedule.GetNextOccurrence(time.GetUtcNow().UtcDateTime);
            while (due - time.GetUtcNow().UtcDateTime is { Ticks: > 0 } left)
            {
                await Task.Delay(left < LongestDelay ? left : LongestDelay, time, cancellation);
            }

            await FireAsync(cancellation);
            await SweepAsync(cancellation);
        }
    }

    /// <summary>Makes the report now.</summary>
    /// <returns>Whether it was made.</returns>
    public async Task<bool> FireAsync(CancellationToken cancellation)
    {
        try
        {
            var summary = await report.RunAsync(time.GetUtcNow(), cancellation);
            narrator.Line(summary.Editions is []
                ? "Another instance is making the report"
                : $"{string.Join(", ", summary.Editions)}: {summary.Figures} figures over {summary.Datasets:N0} datasets and {summary.Requests:N0} calls, {summary.Took.TotalMilliseconds:N0} ms");
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            narrator.Warn($"The report failed; the last one is still served. {e.Message}");
            return false;
        }
    }

    private async Task SweepAsync(CancellationToken cancellation)
    {
        try
        {
            await sweeper.RunAsync(cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            narrator.Warn($"The sweep failed; the next one goes on. {e.Message}");
        }
    }

    private static CrontabSchedule Parse(string expression) =>
        CrontabSchedule.TryParse(expression, new CrontabSchedule.ParseOptions { IncludingSeconds = true })
        ?? throw new SettingException(
            $"The setting ReportSchedule is '{expression}': expected an NCRONTAB expression of six fields, {{second}} {{minute}} {{hour}} {{day}} {{month}} {{day-of-week}}, such as '0 0 18 * * *'.");
}
