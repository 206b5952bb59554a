using Azure;
using OpenData.Demand.Plans;
using OpenData.Lake;

namespace OpenData.Demand.Drops;

/// <summary>The plan in force, as endpoints need it: read from storage at most once a minute.</summary>
public sealed class CurrentPlan(Storage storage, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);
    private Known? _known;

    /// <summary>The plan; the default groups and weights where none, or none that can be used, has been dropped.</summary>
    public async ValueTask<ReleasePlan> GetAsync(CancellationToken cancellation = default)
    {
        if (_known is { } known && time.GetElapsedTime(known.ReadAt) < Life) return known.Plan;
        var plan = await ReadAsync(cancellation) ?? ReleasePlan.None(time.GetUtcNow().Year);
        _known = new Known(plan, time.GetTimestamp());
        return plan;
    }

    private async Task<ReleasePlan?> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            var content = await storage.Planning.GetBlobClient(PlanFile.Path).DownloadContentAsync(cancellation);
            return PlanFile.Read(content.Value.Content.ToMemory(), []);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    private sealed record Known(ReleasePlan Plan, long ReadAt);
}
