using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using OpenData.Lake;

namespace OpenData.Demand.Requests;

/// <summary>The keys with which agencies and planners write over HTTP. Only their hashes are kept.</summary>
public sealed class AgencyKeys(Storage storage)
{
    /// <summary>The agency name of the planners, whose key may change and moderate every request.</summary>
    public const string Planners = "planning";

    private const string Partition = "key";

    /// <summary>Makes a key for an agency, in ASCII, as a header takes it; this is the only time that it can be read.</summary>
    /// <exception cref="ArgumentException">That is no agency's folder name.</exception>
    public async Task<string> IssueAsync(string agency, CancellationToken cancellation = default)
    {
        if (!DatasetId.TryName(agency, out var name))
        {
            throw new ArgumentException($"'{agency}' is not an agency's folder name.", nameof(agency));
        }

        var key = $"{Uri.EscapeDataString(name)}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24))}";
        await storage.Keys.AddEntityAsync(new TableEntity(Partition, HashOf(key)) { ["Agency"] = name }, cancellation);
        return key;
    }

    /// <summary>The agency that a key belongs to, or null if it is not one.</summary>
    public async Task<string?> AgencyOfAsync(string key, CancellationToken cancellation = default)
    {
        var found = await storage.Keys.GetEntityIfExistsAsync<TableEntity>(Partition, HashOf(key), cancellationToken: cancellation);
        return found.HasValue ? found.Value!.GetString("Agency") : null;
    }

    /// <summary>The keys that there are, by agency and then by age: whose, when it was issued, and the first digits of its hash.</summary>
    public async Task<IReadOnlyList<IssuedKey>> ListAsync(CancellationToken cancellation = default)
    {
        var keys = new List<IssuedKey>();
        await foreach (var row in storage.Keys.QueryAsync<TableEntity>(
            row => row.PartitionKey == Partition, cancellationToken: cancellation))
        {
            // a row is written once, so its time is that of the issue
            keys.Add(new IssuedKey(row.GetString("Agency"), row.Timestamp!.Value, row.RowKey[..IssuedKey.MarkLength]));
        }

        return [.. keys.OrderBy(key => key.Agency, StringComparer.Ordinal).ThenBy(key => key.IssuedAt)];
    }

    /// <summary>Makes all keys of an agency useless, at once.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> RevokeAsync(string agency, CancellationToken cancellation = default)
    {
        var theirs = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and Agency eq {agency}");
        var revoked = 0;
        await foreach (var row in storage.Keys.QueryAsync<TableEntity>(theirs, cancellationToken: cancellation))
        {
            await storage.Keys.DeleteEntityAsync(row, cancellationToken: cancellation);
            revoked++;
        }

        return revoked;
    }

    // A key is random and long, so a plain hash keeps it.
    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
