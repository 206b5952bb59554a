using Microsoft.Extensions.Logging;
using OpenData.Ingest.Publishing;
using OpenData.Lake;
using OpenData.Planning;
using OpenData.Query;

namespace OpenData.Hosting;

/// <summary>
/// The timer's work, all of it in one call: looks for drops that were not announced, removes leftovers, keeps the catalogue's index, and
/// makes the planners' report once it is due. One call, because on Flex Consumption every timer function is a group with instances of its
/// own, paid where zones are spread over.
/// </summary>
public sealed class Upkeep
{
    // A timer may fire a little before its time, and the report's own time is read from the same clock.
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(1);

    private readonly NCrontab.CrontabSchedule _report;
    private readonly UnannouncedDrops _drops;
    private readonly Sweeper _sweeper;
    private readonly QueryEngine _engine;
    private readonly ReportRun _run;
    private readonly Storage _storage;
    private readonly TimeProvider _time;
    private readonly ILogger<Upkeep> _logger;

    /// <summary>Makes the timer's work.</summary>
    /// <exception cref="SettingException">The setting ReportSchedule is no NCRONTAB expression.</exception>
    public Upkeep(
        UnannouncedDrops drops, Sweeper sweeper, QueryEngine engine, ReportRun report, Storage storage, OpenDataSettings settings,
        TimeProvider time, ILogger<Upkeep> logger)
    {
        _report = Schedule.Parse(nameof(settings.ReportSchedule), settings.ReportSchedule);
        (_drops, _sweeper, _engine, _run, _storage, _time, _logger) = (drops, sweeper, engine, report, storage, time, logger);
    }

    /// <summary>Does what is to be done now. What fails does not keep the rest from being done.</summary>
    /// <returns>The report that was made, or null if none was due.</returns>
    /// <exception cref="AggregateException">Storage or the report failed. The next run goes on; what was served is served.</exception>
    public async Task<ReportSummary?> RunAsync(CancellationToken cancellation = default)
    {
        var faults = new List<Exception>();
        var now = _time.GetUtcNow();
        // Before anything is known of the last report, all there is to do is done.
        var due = true;
        await TryAsync(async () => due = IsDue(await ReportState.ReadAsync(_storage, cancellation), now));
        await TryAsync(async () => Tell(await _drops.AnnounceAsync(everything: due, cancellation)));
        await TryAsync(() => _sweeper.RunAsync(cancellation));
        await TryAsync(() => _engine.CatalogUpkeep.RunAsync(cancellation));
        ReportSummary? made = null;
        if (due) await TryAsync(async () => made = await _run.RunAsync(now, cancellation));
        return faults.Count == 0 ? made : throw new AggregateException("A part of the upkeep failed; the next one tries again.", faults);

        async Task TryAsync(Func<Task> part)
        {
            try
            {
                await part();
            }
            catch (Exception fault) when (!cancellation.IsCancellationRequested)
            {
                _logger.LogError(fault, "A part of the upkeep failed; the next one tries again");
                faults.Add(fault);
            }
        }
    }

    /// <summary>Whether a report is due: none was made since the schedule's last time, or the last one failed.</summary>
    internal bool IsDue(ReportState? last, DateTimeOffset now) =>
        last is null or { Error: not null } || _report.GetNextOccurrence((last.At + Early).UtcDateTime) <= (now + Early).UtcDateTime;

    private void Tell(int announced)
    {
        if (announced > 0) _logger.LogWarning("Of {Drops} drops nobody had told; they are ingested now", announced);
    }
}
