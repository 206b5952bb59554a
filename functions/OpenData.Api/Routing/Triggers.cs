namespace OpenData.Api.Routing;

/// <summary>What sets the two hosts to work besides HTTP, in the words of the Functions host's bindings.</summary>
public static class Triggers
{
    /// <summary>The blob trigger's path: every drop, also one in a folder where it does not belong.</summary>
    public const string Drops = "incoming/{name}";

    /// <summary>How often a drop is tried while the system fails on it, before it is given up; on Azure host.json says the same.</summary>
    public const int Tries = 5;

    /// <summary>The queue into which the Functions host puts a drop on which every try failed; its name is the host's.</summary>
    public const string GivenUpDrops = "webjobs-blobtrigger-poison";

    /// <summary>The timer trigger's schedule: the setting that holds the NCRONTAB expression.</summary>
    public const string ReportSchedule = "%ReportSchedule%";
}
