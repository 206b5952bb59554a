using OpenData.Lake;

namespace OpenData.Api.Routing;

/// <summary>What sets the two hosts to work besides HTTP, in the words of the Functions host's bindings.</summary>
public static class Triggers
{
    /// <summary>The blob trigger's path: every drop, also one in a folder where it does not belong.</summary>
    public const string Drops = "incoming/{name}";

    /// <summary>The queue of drops that are tried again later.</summary>
    public const string Retries = Storage.RetriesName;

    /// <summary>The queue into which the Functions host puts a drop on which the function itself threw every time.</summary>
    public const string FailedDrops = Storage.FailedDropsName;

    /// <summary>The timer trigger's schedule: the setting that holds the NCRONTAB expression.</summary>
    public const string UpkeepSchedule = "%UpkeepSchedule%";
}
