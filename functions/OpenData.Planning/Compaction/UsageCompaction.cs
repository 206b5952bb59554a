using System.Globalization;
using Azure.Storage.Blobs.Models;
using OpenData.DuckDb;
using OpenData.Lake;
using OpenData.Planning.Sessions;
using OpenData.Usage;

namespace OpenData.Planning.Compaction;

/// <summary>
/// Turns the events of each day into Parquet and into the day's sums, once: a day whose events are those of the last time is passed by,
/// so that a run costs the data of the days since.
/// </summary>
internal sealed class UsageCompaction(Storage storage, Session session)
{
    private const string SourceBytes = "source_bytes"; // metadata of what was made: how many bytes of events it was made from

    /// <summary>The tables that a day is compacted to; each has its definition in the .sql file of its name.</summary>
    private static readonly string[] Tables = ["events", "searches", "fields", "usage"];

    /// <summary>Compacts what is new, up to and with a day. Needs the table <c>themes</c>.</summary>
    /// <returns>All days that have been compacted, in order.</returns>
    public async Task<IReadOnlyList<DateOnly>> RunAsync(DateOnly last, CancellationToken cancellation)
    {
        var days = (await UsageDays.ListAsync(storage, cancellation)).Where(day => day <= last).ToList();
        foreach (var day in days) await CompactAsync(day, cancellation);
        return days;
    }

    private async Task CompactAsync(DateOnly day, CancellationToken cancellation)
    {
        var sources = new List<BlobItem>();
        var prefix = new GetBlobsOptions { Prefix = UsageDays.EventFolder(day) };
        await foreach (var blob in storage.Usage.GetBlobsAsync(prefix, cancellation)) sources.Add(blob);
        var bytes = sources.Sum(blob => blob.Properties.ContentLength ?? 0);
        // Events may be deleted once they are compacted, so fewer than the last time is no news.
        if (bytes <= await CompactedBytesAsync(day, cancellation)) return;

        var folder = Directory.CreateDirectory(session.File(UsageDays.Name(day))).FullName;
        var files = new List<string>();
        foreach (var source in sources)
        {
            var file = Path.Combine(folder, Path.GetFileName(source.Name));
            // Read to the listed length: the rest of a blob that is still being appended to belongs to the next run.
            await using var target = File.Create(file);
            await using var content = await storage.Usage.GetBlobClient(source.Name).OpenReadAsync(new BlobOpenReadOptions(allowModifications: true), cancellation);
            await CopyAsync(content, target, source.Properties.ContentLength ?? 0, cancellation);
            files.Add(file);
        }

        Compact(session, day, files, folder);
        await StoreAsync(storage, day, folder, bytes, cancellation);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Makes a day's tables, <c>{table}.parquet</c> in a folder, from its files of events.</summary>
    public static void Compact(Session session, DateOnly day, IReadOnlyList<string> files, string folder)
    {
        session.Execute($"SET VARIABLE files = [{string.Join(", ", files.Select(Sql.Literal))}]; SET VARIABLE day = DATE '{UsageDays.Name(day)}';");
        foreach (var table in Tables)
        {
            var made = Path.Combine(folder, table + ".parquet");
            session.Copy(EmbeddedSql.Read($"Compaction/{table}.sql"), made);
            if (table == "events") session.Execute($"SET VARIABLE events = {Sql.Literal(made)};");
        }
    }

    /// <summary>Puts a day's tables into storage; the sums last, because their metadata is what says that the day is done.</summary>
    public static async Task StoreAsync(Storage storage, DateOnly day, string folder, long sourceBytes, CancellationToken cancellation)
    {
        var metadata = new Dictionary<string, string> { [SourceBytes] = sourceBytes.ToString(CultureInfo.InvariantCulture) };
        foreach (var table in Tables)
        {
            await storage.Usage.GetBlobClient(UsageDays.Compacted(day, table)).UploadAsync(
                Path.Combine(folder, table + ".parquet"), new BlobUploadOptions { Metadata = metadata }, cancellation);
        }
    }

    private async Task<long> CompactedBytesAsync(DateOnly day, CancellationToken cancellation)
    {
        var last = storage.Usage.GetBlobClient(UsageDays.Compacted(day, Tables[^1]));
        if (!await last.ExistsAsync(cancellation)) return -1;
        var properties = await last.GetPropertiesAsync(cancellationToken: cancellation);
        var known = properties.Value.Metadata.TryGetValue(SourceBytes, out var bytes);
        return known && long.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1;
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
