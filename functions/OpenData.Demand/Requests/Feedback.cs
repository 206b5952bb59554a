using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using OpenData.Lake;

namespace OpenData.Demand.Requests;

/// <summary>What feedback is about.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FeedbackKind>))]
public enum FeedbackKind
{
    /// <summary>One to five stars.</summary>
    [JsonStringEnumMemberName("rating")] Rating,

    /// <summary>Something is wrong with the data.</summary>
    [JsonStringEnumMemberName("problem")] Problem,

    /// <summary>Something was made with the data.</summary>
    [JsonStringEnumMemberName("reuse")] Reuse,
}

/// <summary>What somebody says of a dataset.</summary>
/// <param name="DatasetId">The dataset.</param>
/// <param name="At">When.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Rating">1 to 5, of a rating.</param>
/// <param name="Text">What is wrong, or what was made; up to 2,000 characters.</param>
/// <param name="Url">Where the reuse can be seen.</param>
/// <param name="Moderation">Whether it is shown.</param>
public sealed record Feedback(
    string DatasetId, DateTimeOffset At, FeedbackKind Kind, int? Rating, string? Text, string? Url, Moderation Moderation);

/// <summary>The feedback on datasets, a partition a dataset.</summary>
public sealed class FeedbackLog(Storage storage)
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
            yield return JsonSerializer.Deserialize<Feedback>(row.GetString("Record"), OpenDataJson.Options)!;
        }
    }
}
