using System.Globalization;
using System.Runtime.CompilerServices;
using Azure.Storage.Blobs.Models;
using OpenData.Lake;

namespace OpenData.Usage;

/// <summary>
/// The layout of the usage container: a folder of events a day as instances append them, and what each day is compacted to.
/// </summary>
public static class UsageDays
{
    /// <summary>Where instances append, a folder a day. The lifecycle rules of the storage account empty it.</summary>
    public const string Events = "events/";

    /// <summary>Each day's events as one Parquet file; lifecycle rules delete these later than the raw events.</summary>
    public const string CompactedEvents = "compacted-events/";

    /// <summary>The metadata that says in which time zone a blob's day was counted; blobs without it are of UTC.</summary>
    public const string TimeZone = "time_zone";

    /// <summary>The n-th append blob of one instance on one day.</summary>
    public static string EventFile(DateOnly day, string instance, int number) => $"{EventFolder(day)}{instance}-{number:d4}.ndjson";

    /// <summary>The folder of a day's events, with its closing slash.</summary>
    public static string EventFolder(DateOnly day) => $"{Events}{Name(day)}/";

    /// <summary>
    /// One of the Parquet files that a day is compacted to: <c>events</c>, which is kept for a time, apart from its sums, which stay.
    /// </summary>
    public static string Compacted(DateOnly day, string table) =>
        table == "events" ? $"{CompactedEvents}{Name(day)}.parquet" : $"days/{Name(day)}/{table}.parquet";

    /// <summary>A day's name, <c>yyyy-MM-dd</c>.</summary>
    public static string Name(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The days, in order, that have events or have been compacted.</summary>
    public static async Task<IReadOnlyList<DateOnly>> ListAsync(Storage storage, CancellationToken cancellation)
    {
        var days = new SortedSet<DateOnly>();
        foreach (var folder in new[] { Events, "days/" })
        {
            await foreach (var day in FoldersAsync(storage, folder, cancellation)) days.Add(day);
        }

        return [.. days];
    }

    private static async IAsyncEnumerable<DateOnly> FoldersAsync(
        Storage storage, string folder, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var item in storage.Usage.GetBlobsByHierarchyAsync(
            new GetBlobsByHierarchyOptions { Prefix = folder, Delimiter = "/" }, cancellation))
        {
            if (item.IsPrefix && DateOnly.TryParseExact(item.Prefix[folder.Length..^1], "yyyy-MM-dd", out var day)) yield return day;
        }
    }
}
