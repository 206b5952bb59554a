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

    /// <summary>Makes a key for an agency; this is the only time that it can be read.</summary>
    public async Task<string> IssueAsync(string agency, CancellationToken cancellation = default)
    {
        if (!DatasetId.IsName(agency)) throw new ArgumentException($"'{agency}' is not an agency's folder name.", nameof(agency));
        var key = $"{agency}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24))}";
        await storage.Keys.AddEntityAsync(new TableEntity(Partition, HashOf(key)) { ["Agency"] = agency }, cancellation);
        return key;
    }

    /// <summary>The agency that a key belongs to, or null if it is not one.</summary>
    public async Task<string?> AgencyOfAsync(string key, CancellationToken cancellation = default)
    {
        var found = await storage.Keys.GetEntityIfExistsAsync<TableEntity>(Partition, HashOf(key), cancellationToken: cancellation);
        return found.HasValue ? found.Value!.GetString("Agency") : null;
    }

    /// <summary>Makes all keys of an agency useless.</summary>
    public async Task RevokeAsync(string agency, CancellationToken cancellation = default)
    {
        var theirs = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and Agency eq {agency}");
        await foreach (var row in storage.Keys.QueryAsync<TableEntity>(theirs, cancellationToken: cancellation))
        {
            await storage.Keys.DeleteEntityAsync(row, cancellationToken: cancellation);
        }
    }

    // A key is random and long, so a plain hash keeps it.
    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
