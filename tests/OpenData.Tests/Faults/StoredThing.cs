using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using OpenData.Lake;

namespace OpenData.Tests.Faults;

/// <summary>One way in which one stored thing can be damaged, and the way back.</summary>
/// <param name="Name">What is damaged, and how.</param>
/// <param name="DamageAsync">Damages it.</param>
/// <param name="RestoreAsync">Puts it back as it was.</param>
internal sealed record StoredThing(string Name, Func<Task> DamageAsync, Func<Task> RestoreAsync)
{
    /// <summary>
    /// Every blob and every property of every table row that there is, damaged in every way: whatever a later release stores is among them.
    /// </summary>
    public static async Task<IReadOnlyList<StoredThing>> AllAsync(Storage storage, Func<string, bool> choose)
    {
        var things = new List<StoredThing>();
        foreach (var container in new[]
        {
            storage.Incoming,
            storage.Lake,
            storage.Quarantine,
            storage.Usage,
            storage.Planning,
            storage.Reports,
        })
        {
            await foreach (var item in container.GetBlobsAsync())
            {
                if (choose($"{container.Name}/{item.Name}")) things.AddRange(await BlobAsync(container, item.Name));
            }
        }

        foreach (var table in new[]
        {
            storage.Datasets,
            storage.Uploads,
            storage.Salts,
            storage.Requests,
            storage.Feedback,
            storage.Quotas,
            storage.Keys,
        })
        {
            await foreach (var row in table.QueryAsync<TableEntity>())
            {
                if (choose($"{table.Name}/{row.PartitionKey}/{row.RowKey}")) things.AddRange(Row(table, row));
            }
        }

        return things;
    }

    private static async Task<IEnumerable<StoredThing>> BlobAsync(BlobContainerClient container, string name)
    {
        var blob = container.GetBlobClient(name);
        var whole = (await blob.DownloadContentAsync()).Value.Content;
        return Variants(whole.ToArray()).Select(variant => new StoredThing(
            $"{container.Name}/{name} {variant.How}", () => PutAsync(BinaryData.FromBytes(variant.Bytes)), () => PutAsync(whole)));

        // The log of uses lies in append blobs, which cannot be overwritten by others.
        async Task PutAsync(BinaryData content)
        {
            await blob.DeleteIfExistsAsync();
            await blob.UploadAsync(content);
        }
    }

    private static IEnumerable<(string How, byte[] Bytes)> Variants(byte[] whole)
    {
        yield return ("truncated", whole[..(whole.Length / 2)]);
        if (Later(whole) is not { } later) yield break;
        yield return ("of another type", "[7]"u8.ToArray());
        yield return ("null", "null"u8.ToArray());
        yield return ("of a later release", later);
    }

    private static IEnumerable<StoredThing> Row(TableClient table, TableEntity row)
    {
        foreach (var property in row.Keys.Where(key => key is not ("PartitionKey" or "RowKey" or "odata.etag" or "Timestamp")).ToList())
        {
            var values = new List<(string How, object? Value)>
            {
                ("of another type", row[property] is string ? 7 : "seven"),
                ("null", null),
            };
            if (row[property] is string text)
            {
                if (text.Length > 1) values.Add(("truncated", text[..(text.Length / 2)]));
                if (Later(System.Text.Encoding.UTF8.GetBytes(text)) is { } later)
                {
                    values.Add(("of a later release", System.Text.Encoding.UTF8.GetString(later)));
                }
            }

            foreach (var (how, value) in values)
            {
                var damaged = new TableEntity(row);
                if (value is null) damaged.Remove(property);
                else damaged[property] = value;
                yield return new StoredThing(
                    $"{table.Name}/{row.PartitionKey}/{row.RowKey} {property} {how}",
                    () => table.UpsertEntityAsync(damaged, TableUpdateMode.Replace),
                    () => table.UpsertEntityAsync(row, TableUpdateMode.Replace));
            }
        }
    }

    /// <summary>JSON as a later release may write it: what was a text is an object now. Null if it is no JSON object.</summary>
    private static byte[]? Later(byte[] content)
    {
        try
        {
            var members = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(content);
            return members is null ? null : JsonSerializer.SerializeToUtf8Bytes(members.ToDictionary(
                member => member.Key, member => member.Value.ValueKind == JsonValueKind.String ? (object)new { later = 1 } : member.Value));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
