using System.Globalization;
using Azure;
using Azure.Data.Tables;
using OpenData.Lake;
using OpenData.Usage;

namespace OpenData.Demand.Requests;

/// <summary>How often one caller may write in one day of the country, on all instances together.</summary>
public sealed class WriteQuota(Storage storage, TimeProvider time, LocalTime local)
{
    private readonly DailySalt _salt = new(storage);

    /// <summary>Takes one of a caller's writes of today.</summary>
    /// <param name="what">What is written, such as <c>request</c>.</param>
    /// <param name="caller">What tells callers apart; it is not kept.</param>
    /// <param name="limit">How many a day.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Whether there was one left.</returns>
    public async Task<bool> TakeAsync(string what, string caller, int limit, CancellationToken cancellation = default)
    {
        var day = local.DayOf(time.GetUtcNow());
        var key = $"{await _salt.PseudonymAsync(caller, day, cancellation)}-{what}";
        while (true)
        {
            var found = await storage.Quotas.GetEntityIfExistsAsync<TableEntity>(NameOf(day), key, cancellationToken: cancellation);
            var row = found.HasValue ? found.Value! : new TableEntity(NameOf(day), key) { ["Count"] = 0 };
            var count = row.GetInt32("Count")!.Value;
            if (count >= limit) return false;
            row["Count"] = count + 1;
            try
            {
                if (found.HasValue) await storage.Quotas.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellation);
                else await storage.Quotas.AddEntityAsync(row, cancellation);
                return true;
            }
            catch (RequestFailedException e) when (e.Status is 409 or 412)
            {
                // The same caller wrote elsewhere at the same time: count again.
            }
        }
    }

    /// <summary>Deletes the counts of the days before one.</summary>
    public async Task ForgetBeforeAsync(DateOnly day, CancellationToken cancellation = default)
    {
        var old = TableClient.CreateQueryFilter($"PartitionKey lt {NameOf(day)}");
        await foreach (var row in storage.Quotas.QueryAsync<TableEntity>(old, cancellationToken: cancellation))
        {
            await storage.Quotas.DeleteEntityAsync(row, cancellationToken: cancellation);
        }
    }

    private static string NameOf(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
