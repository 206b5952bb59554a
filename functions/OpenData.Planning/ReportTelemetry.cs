using System.Diagnostics.Metrics;

namespace OpenData.Planning;

/// <summary>The instruments of the report's run.</summary>
internal static class ReportTelemetry
{
    private static readonly Histogram<double> Duration =
        Telemetry.Meter.CreateHistogram<double>(
            "opendata.report.duration", "s", "How long the report's run took, by outcome: made or failed.");

    /// <summary>Notes a run that has come to an end.</summary>
    public static void Ended(bool made, TimeSpan took) =>
        Duration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("outcome", made ? "made" : "failed"));
}
