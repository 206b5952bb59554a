using System.Diagnostics.Metrics;
using OpenData.Catalog;

namespace OpenData.Ingest.Publishing;

/// <summary>The instruments of ingest.</summary>
internal static class IngestTelemetry
{
    private static readonly Counter<long> Drops =
        Telemetry.Meter.CreateCounter<long>("opendata.ingest.drops", "{drop}", "Drops that came to an end, by state and format.");
    private static readonly Counter<long> Rows = Telemetry.Meter.CreateCounter<long>("opendata.ingest.rows", "{row}", "Rows published.");
    private static readonly Counter<long> Bytes =
        Telemetry.Meter.CreateCounter<long>("opendata.ingest.bytes", "By", "Bytes of the drops that came to an end.");
    private static readonly Histogram<double> Duration =
        Telemetry.Meter.CreateHistogram<double>("opendata.ingest.duration", "s", "How long ingest took, by state and format.");
    private static readonly Counter<long> Problems =
        Telemetry.Meter.CreateCounter<long>("opendata.ingest.problems", "{problem}", "Problems noted in upload records, by code.");

    /// <summary>Counts a drop that has come to an end.</summary>
    public static void Ended(Upload upload)
    {
        KeyValuePair<string, object?> state = new("state", upload.State.ToString().ToLowerInvariant());
        KeyValuePair<string, object?> format = new("format", upload.Format ?? "unknown");
        Drops.Add(1, state, format);
        Rows.Add(upload.Rows ?? 0);
        Bytes.Add(upload.Bytes, state, format);
        Duration.Record((upload.Milliseconds ?? 0) / 1000.0, state, format);
        foreach (var problem in upload.Problems) Problems.Add(1, new KeyValuePair<string, object?>("code", problem.Code));
    }
}
