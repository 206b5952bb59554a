using NCrontab;
using OpenData.Hosting;
using OpenData.Planning;

namespace OpenData.LocalHost.Serving;

/// <summary>The timer trigger where there is no Functions host: the same NCRONTAB schedule, in UTC.</summary>
internal sealed class UpkeepTimer(Upkeep upkeep, ReportRun report, OpenDataSettings settings, Narrator narrator, TimeProvider time)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1); // a timer cannot be set for a yearly schedule

    private readonly CrontabSchedule _schedule = Schedule.Parse(nameof(settings.UpkeepSchedule), settings.UpkeepSchedule);

    /// <summary>Runs upkeep at every occurrence of the schedule, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var due = _schedule.GetNextOccurrence(time.GetUtcNow().UtcDateTime);
            while (due - time.GetUtcNow().UtcDateTime is { Ticks: > 0 } left)
            {
                await Task.Delay(left < LongestDelay ? left : LongestDelay, time, cancellation);
            }

            await TryAsync("Upkeep failed; the next one goes on.", async () => Tell(await upkeep.RunAsync(cancellation)));
        }
    }

    /// <summary>Makes the report now.</summary>
    /// <returns>Whether it was made.</returns>
    public Task<bool> ReportAsync(CancellationToken cancellation) =>
        TryAsync("The report failed; the last one is still served.",
            async () => Tell(await report.RunAsync(time.GetUtcNow(), cancellation)));

    private async Task<bool> TryAsync(string failed, Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            narrator.Warn($"{failed} {e.Message}");
            return false;
        }
    }

    private void Tell(ReportSummary? summary)
    {
        if (summary is null) return;
        narrator.Line(summary.Editions is []
            ? "Another instance is making the report"
            : $"{string.Join(", ", summary.Editions)}: {summary.Figures} figures over {summary.Datasets:N0} datasets "
                + $"and {summary.Requests:N0} calls, {summary.Took.TotalMilliseconds:N0} ms");
    }
}
