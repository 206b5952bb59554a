using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using OpenData.Lake;
using OpenTelemetry;

namespace OpenData.FunctionApp;

/// <summary>Sends the product's traces, metrics and logs to Application Insights, where one is named.</summary>
internal static class TelemetryExport
{
    private const string Setting = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    public static void AddTelemetry(this FunctionsApplicationBuilder builder)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithTracing(tracing => tracing.AddSource(Telemetry.Name))
            .WithMetrics(metrics => metrics.AddMeter(Telemetry.Name));
        if (builder.Configuration[Setting] is { Length: > 0 } connection)
        {
            telemetry.UseAzureMonitorExporter(options =>
            {
                options.ConnectionString = connection;
                options.Credential = StorageConnection.Credential(builder.Configuration); // as for storage: an identity, no key
            });
        }
    }
}
