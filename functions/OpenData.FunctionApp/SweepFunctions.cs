using Microsoft.Azure.Functions.Worker;
using OpenData.Api.Routing;
using OpenData.Ingest.Publishing;

namespace OpenData.FunctionApp;

/// <summary>The lake's upkeep.</summary>
public sealed class SweepFunctions(Sweeper sweeper)
{
    /// <summary>Removes what attempts at ingest left behind, with the daily timer.</summary>
    [Function(nameof(Sweep))]
    public Task Sweep([TimerTrigger(Triggers.ReportSchedule)] TimerInfo timer, CancellationToken cancellation) =>
        sweeper.RunAsync(cancellation);
}
