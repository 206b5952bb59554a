using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using OpenData.Lake;

namespace OpenData.Usage;

/// <summary>
/// Turns a caller into a pseudonym that holds for one day of the country: a hash under a random salt that all instances share while the day
/// lasts and that nobody has once it is over. The salt lies in a table and not in a blob, because deleted blobs linger in accounts
/// that protect them.
/// </summary>
public sealed class DailySalt(Storage storage)
{
    private const string Partition = "salt";
    private const int SaltBytes = 32;
    private Today? _current;

    /// <summary>The pseudonym of a caller: 16 hexadecimal digits, the same on every instance for the rest of the day.</summary>
    /// <param name="caller">What tells callers apart, such as a network address. It is not kept.</param>
    /// <param name="day">The day, in the country's time zone.</param>
    /// <param name="cancellation">Gives up.</param>
    public async ValueTask<string> PseudonymAsync(string caller, DateOnly day, CancellationToken cancellation = default)
    {
        var current = _current;
        if (current?.Day != day) _current = current = new Today(day, await SharedAsync(day, cancellation));
        return Convert.ToHexStringLower(HMACSHA256.HashData(current.Salt, Encoding.UTF8.GetBytes(caller)).AsSpan(0, 8));
    }

    /// <summary>Throws away the salts of all days before this one: their pseudonyms can never be made again.</summary>
    public async Task ForgetBeforeAsync(DateOnly day, CancellationToken cancellation = default)
    {
        var old = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey lt {NameOf(day)}");
        await foreach (var row in storage.Salts.QueryAsync<TableEntity>(old, cancellationToken: cancellation))
        {
            await storage.Salts.DeleteEntityAsync(row, cancellationToken: cancellation);
        }
    }

    private async Task<byte[]> SharedAsync(DateOnly day, CancellationToken cancellation)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var row = new TableEntity(Partition, NameOf(day)) { ["Salt"] = salt };
        while (true)
        {
            try
            {
                var found = await storage.Salts.GetEntityIfExistsAsync<TableEntity>(
                    Partition, NameOf(day), cancellationToken: cancellation);
                if (found.HasValue && SaltOf(found.Value!) is { } shared) return shared;
                // A damaged salt is replaced: who asked before and after it counts as two callers today, and nobody is refused.
                if (found.HasValue) await storage.Salts.UpdateEntityAsync(row, found.Value!.ETag, TableUpdateMode.Replace, cancellation);
                else await storage.Salts.AddEntityAsync(row, cancellation);
                await ForgetBeforeAsync(day, cancellation);
                return salt;
            }
            catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
            {
                // Another instance was faster: its salt is the day's.
            }
        }
    }

    private static byte[]? SaltOf(TableEntity row) =>
        row.TryGetValue("Salt", out var value) && value is byte[] { Length: SaltBytes } salt ? salt : null;

    private sealed record Today(DateOnly Day, byte[] Salt);

    private static string NameOf(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
