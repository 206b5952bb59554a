using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OpenData;

/// <summary>
/// What the product tells its operators of itself: spans and instruments of the platform's own kind, under one name. A host sends
/// them wherever it sends telemetry; without one they cost next to nothing. They name datasets and files, never persons.
/// </summary>
public static class Telemetry
{
    /// <summary>The name under which a host finds the spans and the instruments.</summary>
    public const string Name = "OpenData";

    /// <summary>Where spans come from.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Where instruments come from. Durations are in seconds, sizes in bytes.</summary>
    public static Meter Meter { get; } = new(Name);

    /// <summary>Begins a span, which ends when it is disposed; null while there is no listener.</summary>
    public static Activity? Begin(string name) => Source.StartActivity(name);
}
