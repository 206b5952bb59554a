using System.Diagnostics.Metrics;
using OpenData.Usage;

namespace OpenData.Api.Pipeline;

/// <summary>The HTTP endpoints' metrics.</summary>
internal static class RequestTelemetry
{
    private static readonly Histogram<double> Duration =
        Telemetry.Meter.CreateHistogram<double>("opendata.request.duration", "s", "How long an answer took, by kind and status.");
    private static readonly Counter<long> Rows =
        Telemetry.Meter.CreateCounter<long>("opendata.request.rows", "{row}", "Rows answered, by kind.");
    private static readonly Counter<long> Bytes =
        Telemetry.Meter.CreateCounter<long>("opendata.request.bytes", "By", "Bytes answered, by kind.");

    /// <summary>Counts an answered request.</summary>
    public static void Record(UsageEvent usageEvent)
    {
        KeyValuePair<string, object?> kind = new("kind", usageEvent.Kind.ToString().ToLowerInvariant());
        Duration.Record(usageEvent.Milliseconds / 1000, kind, new("status", usageEvent.Status));
        Rows.Add(usageEvent.Rows, kind);
        Bytes.Add(usageEvent.Bytes, kind);
    }
}
