using System.Diagnostics.Metrics;
using OpenData.Usage;

namespace OpenData.Api;

/// <summary>The instruments of the HTTP face.</summary>
internal static class RequestTelemetry
{
    private static readonly Histogram<double> Duration = Telemetry.Meter.CreateHistogram<double>("opendata.request.duration", "s", "How long an answer took, by kind and status.");
    private static readonly Counter<long> Rows = Telemetry.Meter.CreateCounter<long>("opendata.request.rows", "{row}", "Rows answered, by kind.");
    private static readonly Counter<long> Bytes = Telemetry.Meter.CreateCounter<long>("opendata.request.bytes", "By", "Bytes answered, by kind.");

    /// <summary>Counts an answered request.</summary>
    public static void Answered(UsageEvent happened)
    {
        KeyValuePair<string, object?> kind = new("kind", happened.Kind.ToString().ToLowerInvariant());
        Duration.Record(happened.Milliseconds / 1000, kind, new("status", happened.Status));
        Rows.Add(happened.Rows, kind);
        Bytes.Add(happened.Bytes, kind);
    }
}
