using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using OpenData.Lake;

namespace OpenData.Demand.Requests;

/// <summary>The feedback on datasets, a partition a dataset.</summary>
public sealed class FeedbackLog(Storage storage, ILogger<FeedbackLog>? logger = null)
{
    /// <summary>Keeps one.</summary>
    public Task AddAsync(Feedback feedback, CancellationToken cancellation = default)
    {
        var key = string.Create(
            CultureInfo.InvariantCulture, $"{feedback.At.UtcTicks:d19}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}");
        var row = new TableEntity(feedback.DatasetId, key) { ["Record"] = JsonSerializer.Serialize(feedback, OpenDataJson.Options) };
        return storage.Feedback.AddEntityAsync(row, cancellation);
    }

    /// <summary>All of it, by dataset, the oldest first.</summary>
    public async IAsyncEnumerable<Feedback> ListAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var row in storage.Feedback.QueryAsync<TableEntity>(cancellationToken: cancellation))
        {
            var where = $"{row.PartitionKey}/{row.RowKey}";
            var said = StoredData.Read(
                "feedback", where, () => JsonSerializer.Deserialize<Feedback>(row.GetString("Record"), OpenDataJson.Stored), logger);
            if (said is not null) yield return said;
        }
    }
}
