using Azure;
using OpenData.Demand.Calendar;
using OpenData.Demand.Plans;
using OpenData.Demand.Requests;
using OpenData.Lake;

namespace OpenData.Demand.Drops;

/// <summary>The plan in force and its calendar, as endpoints need them: read from storage at most once a minute.</summary>
public sealed class CurrentPlan(Storage storage, TimeProvider time, LocalTime local)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);
    private Known? _known;

    /// <summary>
    /// The plan: the last one that could be used, and the default groups and weights where there never was one.
    /// </summary>
    public async ValueTask<ReleasePlan> GetAsync(CancellationToken cancellation = default) => (await ReadAsync(cancellation)).Plan;

    /// <summary>By when data requests are to be decided.</summary>
    public async ValueTask<RequestDeadline> DeadlineAsync(CancellationToken cancellation = default)
    {
        var known = await ReadAsync(cancellation);
        return new RequestDeadline(known.Plan, known.Calendar, local);
    }

    private async ValueTask<Known> ReadAsync(CancellationToken cancellation)
    {
        if (_known is { } known && time.GetElapsedTime(known.ReadAt) < Life) return known;
        var accepted = new AcceptedFiles(storage);
        var plan = await DroppedAsync(PlanFile.Path, cancellation) is { } dropped ? PlanFile.Read(dropped.ToMemory(), []) : null;
        if (plan is null && await accepted.FindAsync(PlanFile.Path, cancellation) is { } kept)
        {
            plan = PlanFile.Read(kept.Content.ToMemory(), []);
        }
        var holidays = await DroppedAsync(HolidaysFile.Path, cancellation) is { } days ? HolidaysFile.Read(days.ToMemory(), []) : [];
        return _known = new Known(plan ?? ReleasePlan.None(time.GetUtcNow().Year), new WorkingDays(holidays), time.GetTimestamp());
    }

    private async Task<BinaryData?> DroppedAsync(string path, CancellationToken cancellation)
    {
        try
        {
            return (await storage.Planning.GetBlobClient(path).DownloadContentAsync(cancellation)).Value.Content;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    private sealed record Known(ReleasePlan Plan, WorkingDays Calendar, long ReadAt);
}
