using System.Globalization;
using Azure.Storage.Blobs.Models;
using OpenData.DuckDb;
using OpenData.Lake;
using OpenData.Planning.Sessions;
using OpenData.Usage;

namespace OpenData.Planning.Compaction;

/// <summary>
/// Turns the events of each day into Parquet and into the day's sums, once: a day whose events are those of the last time is skipped, so
/// that a run costs the data of the days since.
/// </summary>
/// <param name="storage">Where the usage container is.</param>
/// <param name="session">Where the sums are computed.</param>
/// <param name="zone">The country's time zone, for a day without events.</param>
/// <param name="own">The report's own dataset, whose use is not counted.</param>
internal sealed class UsageCompaction(Storage storage, Session session, string zone, string own)
{
    private const string SourceBytes = "source_bytes"; // metadata of a compacted day: how many bytes of events it was made from
    private const string OldZone = "UTC"; // of days without a time zone in their metadata

    /// <summary>The tables that a day is compacted to; each has its definition in the .sql file of its name.</summary>
    private static readonly string[] Tables = ["events", "searches", "fields", "usage"];

    /// <summary>
    /// Compacts what is new, up to and with a day. That day is covered even if nothing happened on it: the system ran after it.
    /// Needs the table <c>themes</c>.
    /// </summary>
    /// <returns>All days that have been compacted, in order.</returns>
    public async Task<IReadOnlyList<LoggedDay>> RunAsync(DateOnly last, CancellationToken cancellation)
    {
        var days = (await UsageDays.ListAsync(storage, cancellation)).Where(day => day < last).Append(last).ToList();
        var logged = new List<LoggedDay>();
        foreach (var day in days) logged.Add(await CompactAsync(day, cancellation));
        return logged;
    }

    private async Task<LoggedDay> CompactAsync(DateOnly day, CancellationToken cancellation)
    {
        var sources = new List<BlobItem>();
        var prefix = new GetBlobsOptions { Prefix = UsageDays.EventFolder(day), Traits = BlobTraits.Metadata };
        await foreach (var blob in storage.Usage.GetBlobsAsync(prefix, cancellation)) sources.Add(blob);
        var bytes = sources.Sum(blob => blob.Properties.ContentLength ?? 0);
        // Events may be deleted once they are compacted, so fewer than the last time is no news.
        var (compactedBytes, compactedZone) = await CompactedAsync(day, cancellation);
        if (bytes <= compactedBytes) return new LoggedDay(day, compactedZone);

        var folder = Directory.CreateDirectory(session.File(UsageDays.Name(day))).FullName;
        var files = new List<string>();
        foreach (var source in sources)
        {
            var file = Path.Combine(folder, Path.GetFileName(source.Name));
            // Read to the listed length: the rest of a blob that is still being appended to belongs to the next run.
            await using var target = File.Create(file);
            var blob = storage.Usage.GetBlobClient(source.Name);
            await using var content = await blob.OpenReadAsync(new BlobOpenReadOptions(allowModifications: true), cancellation);
            await CopyAsync(content, target, source.Properties.ContentLength ?? 0, cancellation);
            files.Add(file);
        }

        var zones = sources
            .Select(source => source.Metadata.TryGetValue(UsageDays.TimeZone, out var known) ? known : OldZone)
            .Distinct()
            .ToList();
        var dayZone = zones switch { [] => zone, [var one] => one, _ => "mixed" };
        Compact(session, day, files, folder, own);
        await StoreAsync(storage, day, folder, bytes, dayZone, cancellation);
        Directory.Delete(folder, recursive: true);
        return new LoggedDay(day, dayZone);
    }

    /// <summary>Makes a day's tables, <c>{table}.parquet</c> in a folder, from its files of events.</summary>
    public static void Compact(Session session, DateOnly day, IReadOnlyList<string> files, string folder, string own)
    {
        if (files.Count == 0) files = [WriteEmpty(folder)];
        session.Execute(
            $"SET VARIABLE files = [{string.Join(", ", files.Select(Sql.Literal))}]; SET VARIABLE day = DATE '{UsageDays.Name(day)}'; "
            + $"SET VARIABLE own = {Sql.Literal(own)};");
        foreach (var table in Tables)
        {
            var made = Path.Combine(folder, table + ".parquet");
            session.Copy(EmbeddedSql.Read($"Compaction/{table}.sql"), made);
            if (table == "events") session.Execute($"SET VARIABLE events = {Sql.Literal(made)};");
        }
    }

    /// <summary>Puts a day's tables into storage; the sums last, because their metadata is what says that the day is done.</summary>
    public static async Task StoreAsync(
        Storage storage, DateOnly day, string folder, long sourceBytes, string zone, CancellationToken cancellation)
    {
        var metadata = new Dictionary<string, string>
        {
            [SourceBytes] = sourceBytes.ToString(CultureInfo.InvariantCulture),
            [UsageDays.TimeZone] = zone,
        };
        foreach (var table in Tables)
        {
            await storage.Usage.GetBlobClient(UsageDays.Compacted(day, table)).UploadAsync(
                Path.Combine(folder, table + ".parquet"), new BlobUploadOptions { Metadata = metadata }, cancellation);
        }
    }

    private async Task<(long Bytes, string Zone)> CompactedAsync(DateOnly day, CancellationToken cancellation)
    {
        var last = storage.Usage.GetBlobClient(UsageDays.Compacted(day, Tables[^1]));
        if (!await last.ExistsAsync(cancellation)) return (-1, OldZone);
        var metadata = (await last.GetPropertiesAsync(cancellationToken: cancellation)).Value.Metadata;
        var bytes = metadata.TryGetValue(SourceBytes, out var text)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var known) ? known : -1;
        return (bytes, metadata.TryGetValue(UsageDays.TimeZone, out var named) ? named : OldZone);
    }

    private static string WriteEmpty(string folder)
    {
        var file = Path.Combine(folder, "none.ndjson");
        File.WriteAllText(file, "");
        return file;
    }

    private static async Task CopyAsync(Stream from, Stream to, long bytes, CancellationToken cancellation)
    {
        var buffer = new byte[1 << 20];
        while (bytes > 0)
        {
            var read = await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, bytes)), cancellation);
            if (read == 0) break;
            await to.WriteAsync(buffer.AsMemory(0, read), cancellation);
            bytes -= read;
        }
    }
}
