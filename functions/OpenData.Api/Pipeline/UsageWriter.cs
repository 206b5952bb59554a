using Microsoft.Extensions.Hosting;
using OpenData.Usage;

namespace OpenData.Api.Pipeline;

/// <summary>Keeps an instance's usage log writing for as long as its host runs, and writes the rest when it stops.</summary>
internal sealed class UsageWriter(UsageLog usage) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => usage.RunAsync(stoppingToken);
}
