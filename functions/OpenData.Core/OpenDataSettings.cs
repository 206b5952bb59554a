namespace OpenData;

/// <summary>
/// Every setting the product reads, by the name it has in <c>local.settings.json</c>, in the app settings on Azure and in the environment.
/// </summary>
public sealed record OpenDataSettings
{
    /// <summary>The local folder in which queries cache Parquet. Default: a folder in the system's temporary directory.</summary>
    public string CachePath { get; init; } = Path.Combine(Path.GetTempPath(), "opendata-cache");

    /// <summary>The most bytes that the cache keeps on disk. Default 2 GiB.</summary>
    public long CacheBytes { get; init; } = 2L << 30;

    /// <summary>How many seconds a question may take before it is stopped, exports aside. Default 20.</summary>
    public double QuerySeconds { get; init; } = 20;

    /// <summary>How many megabytes of memory questions may use together before they spill to disk. Default 1,024.</summary>
    public int QueryMegabytes { get; init; } = 1024;

    /// <summary>
    /// The URL that the public reaches this service at, before <c>/api</c>; links are made with it. Default: the name that the
    /// platform gives the app, otherwise as each request came.
    /// </summary>
    public string? PublicUrl { get; init; }

    /// <summary>
    /// The id of the Azure Front Door in front of this service (its property <c>frontDoorId</c>): only requests that carry it in
    /// <c>X-Azure-FDID</c> tell the caller's address. Default: none is in front.
    /// </summary>
    public string? FrontDoorId { get; init; }

    /// <summary>Who runs the portal: the name that harvesters read as the catalogue's publisher. Default: the host's name.</summary>
    public string? PortalName { get; init; }

    /// <summary>
    /// How many calls a client without a key may make in a minute, counted in each instance. Default 6,000: an instance with two cores
    /// answers about 130 small questions a second, so one address cannot take all of it, and a dashboard that opens with fifty questions is
    /// far from it.
    /// </summary>
    public int CallsPerMinute { get; init; } = 6_000;

    /// <summary>How many calls a client with a key may make in a minute. Default 60,000.</summary>
    public int CallsPerMinuteWithKey { get; init; } = 60_000;

    /// <summary>The keys that raise a client's limit, separated by <c>;</c>. Default: none.</summary>
    public string? ApiKeys { get; init; }

    /// <summary>
    /// The secret with which columns that are declared <c>"protect": "hash"</c> become pseudonyms, 32 characters or more. It must last:
    /// with
    /// another one, other pseudonyms are made. Default: none, and such files are rejected.
    /// </summary>
    public string? PseudonymSecret { get; init; }

    /// <summary>
    /// The country's time zone by its name in the IANA database, such as <c>Asia/Seoul</c>: days, quarters and deadlines are counted in it.
    /// Default <c>UTC</c>.
    /// </summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>
    /// When the planners' report is due: an NCRONTAB expression with seconds, in UTC. The next upkeep makes it. Default: every day at 18:00
    /// UTC (03:00 in Seoul).
    /// </summary>
    public string ReportSchedule { get; init; } = "0 0 18 * * *";

    /// <summary>
    /// When upkeep runs, which looks for forgotten drops, removes leftovers and makes the report if it is due: an NCRONTAB expression with
    /// seconds, in UTC. Default: every hour.
    /// </summary>
    public string UpkeepSchedule { get; init; } = "0 0 * * * *";
}
