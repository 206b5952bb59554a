using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Logging;
using OpenData.Lake;

namespace OpenData.Access;

/// <summary>
/// Who did what, when and why to what is published: append-only blobs, one a day (UTC), one JSON object a line. On Azure the container is
/// immutable by a policy, so that nobody can rewrite it.
/// </summary>
/// <param name="storage">Where the log is.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Is told of lines that cannot be read.</param>
public sealed class AuditLog(Storage storage, TimeProvider time, ILogger<AuditLog>? logger = null)
{
    private const string NameFormat = "yyyy/MM/dd";
    private const int MostParts = 1_000; // of a day, 50,000 lines each

    /// <summary>Adds a line. It is there once this returns.</summary>
    /// <exception cref="RequestFailedException">Storage failed: whatever was to be logged must not be done.</exception>
    public async Task AddAsync(
        string by, AuditedAction action, string subject, string? reason = null, string? detail = null,
            CancellationToken cancellation = default)
    {
        var entry = new AuditEntry(time.GetUtcNow(), by, action, subject, reason, detail);
        var line = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(entry, OpenDataJson.Options) + "\n");
        for (var part = 0; ; part++)
        {
            var blob = storage.Audit.GetAppendBlobClient(NameOf(entry.At, part));
            try
            {
                if (!await TryAppendAsync(blob, line, cancellation))
                {
                    await blob.CreateIfNotExistsAsync(cancellationToken: cancellation);
                    await TryAppendAsync(blob, line, cancellation);
                }

                return;
            }
            catch (RequestFailedException e) when (e.ErrorCode == "BlockCountExceedsLimit" && part < MostParts)
            {
                // The blob has as many lines as it may: the day goes on in another.
            }
        }
    }

    /// <summary>The lines of a day (UTC), the first first.</summary>
    public async IAsyncEnumerable<AuditEntry> ListAsync(DateOnly day, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var prefix = day.ToString(NameFormat, CultureInfo.InvariantCulture);
        await foreach (var blob in storage.Audit.GetBlobsAsync(
            Azure.Storage.Blobs.Models.BlobTraits.None, Azure.Storage.Blobs.Models.BlobStates.None, prefix, cancellation))
        {
            using var reader = new StreamReader(await storage.Audit.GetBlobClient(blob.Name).OpenReadAsync(
                cancellationToken: cancellation));
            for (var line = 1; await reader.ReadLineAsync(cancellation) is { } text; line++)
            {
                var entry = StoredData.Read(
                    "audit", $"{blob.Name}:{line}", () => JsonSerializer.Deserialize<AuditEntry>(text, OpenDataJson.Stored), logger);
                if (entry is not null) yield return entry;
            }
        }
    }

    private static async Task<bool> TryAppendAsync(AppendBlobClient blob, byte[] line, CancellationToken cancellation)
    {
        try
        {
            using var content = new MemoryStream(line);
            await blob.AppendBlockAsync(content, cancellationToken: cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.ErrorCode == "BlobNotFound")
        {
            return false;
        }
    }

    private static string NameOf(DateTimeOffset at, int part) => string.Create(
        CultureInfo.InvariantCulture,
            $"{at.UtcDateTime.ToString(NameFormat, CultureInfo.InvariantCulture)}{(part == 0 ? "" : $"-{part}")}.jsonl");
}
