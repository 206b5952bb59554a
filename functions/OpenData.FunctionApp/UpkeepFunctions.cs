using Microsoft.Azure.Functions.Worker;
using OpenData.Api.Routing;
using OpenData.Hosting;

namespace OpenData.FunctionApp;

/// <summary>What is done without being asked for: the planners' report, and the lake's upkeep.</summary>
public sealed class UpkeepFunctions(Upkeep upkeep)
{
    /// <summary>
    /// Looks for forgotten drops, removes leftovers, and makes the report when it is due; tries again twice if storage fails.
    /// </summary>
    [Function(nameof(Upkeep))]
    [FixedDelayRetry(2, "00:05:00")]
    public Task Upkeep([TimerTrigger(Triggers.UpkeepSchedule)] TimerInfo timer, CancellationToken cancellation) =>
        upkeep.RunAsync(cancellation);
}
