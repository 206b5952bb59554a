using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using OpenData.Lake;
using OpenData.Usage;

namespace OpenData.Demand.Requests;

/// <summary>The feedback on datasets, a partition for each dataset.</summary>
/// <param name="storage">Where the table is.</param>
/// <param name="local">The country's days, of which an unverified caller's rating counts once in each.</param>
/// <param name="logger">Where damaged records are logged.</param>
public sealed class FeedbackLog(Storage storage, LocalTime local, ILogger<FeedbackLog>? logger = null)
{
    private readonly DailySalt _salt = new(storage);

    /// <summary>Keeps one. A person has one rating of a dataset; an unverified person has one each day. A later one replaces it.</summary>
    /// <param name="feedback">What is said; the person is filled in.</param>
    /// <param name="voice">Who says it.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task AddAsync(Feedback feedback, Voice voice, CancellationToken cancellation = default)
    {
        var day = local.DayOf(feedback.At);
        var verified = voice.Verification == Verification.Verified;
        var person = verified
            ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(voice.Caller)).AsSpan(0, 16))
            : await _salt.PseudonymAsync(voice.Caller, day, cancellation);
        var key = feedback.Kind == FeedbackKind.Rating
            ? verified ? $"rating-{person}" : string.Create(CultureInfo.InvariantCulture, $"rating-{day:yyyyMMdd}-{person}")
            : string.Create(
                CultureInfo.InvariantCulture, $"{feedback.At.UtcTicks:d19}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}");
        var kept = feedback with { Person = person, Verification = voice.Verification };
        var row = new TableEntity(feedback.DatasetId, key) { ["Record"] = JsonSerializer.Serialize(kept, OpenDataJson.Options) };
        await storage.Feedback.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
    }

    /// <summary>All of it, by dataset.</summary>
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
