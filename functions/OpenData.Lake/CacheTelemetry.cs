using System.Diagnostics.Metrics;

namespace OpenData.Lake;

/// <summary>The instruments of the Parquet cache.</summary>
internal static class CacheTelemetry
{
    private static readonly Counter<long> Rents =
        Telemetry.Meter.CreateCounter<long>("opendata.cache.rents", "{file}", "Files that queries asked for, by whether they were here.");
    private static readonly Counter<long> Bytes =
        Telemetry.Meter.CreateCounter<long>("opendata.cache.downloaded", "By", "Bytes fetched from the lake.");

    /// <summary>Counts a file that a query asked for.</summary>
    public static void Rented(bool here) => Rents.Add(1, new KeyValuePair<string, object?>("result", here ? "hit" : "miss"));

    /// <summary>Counts a file that was fetched.</summary>
    public static void Downloaded(long bytes) => Bytes.Add(bytes);
}
