using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using OpenData.Lake;
using OpenData.Usage;

namespace OpenData.Demand.Requests;

/// <summary>
/// The data requests and who supports them. A request and its supports are in one partition, so that a support and the count it
/// raises are written together or not at all.
/// </summary>
/// <param name="storage">Where the tables are.</param>
/// <param name="time">The clock.</param>
/// <param name="local">The country's days, of which an unverified caller counts once in each.</param>
/// <param name="logger">Where damaged records are logged.</param>
public sealed class RequestBoard(Storage storage, TimeProvider time, LocalTime local, ILogger<RequestBoard>? logger = null)
{
    /// <summary>The most changes that a request takes.</summary>
    public const int MaxChanges = 20;

    private const string Partition = "board";
    private const string Day = "yyyyMMdd";
    private const string VerifiedMark = "verified"; // where an unverified support has its day

    private readonly DailySalt _salt = new(storage);

    /// <summary>Opens a request; its requester is its first supporter.</summary>
    /// <param name="request">What is wanted; id, time and state are given here.</param>
    /// <param name="voice">Who opens it.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<DataRequest> OpenAsync(DataRequest request, Voice voice, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        var day = now.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var id = $"{day}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        var opened = Raised(request with { RequestId = id, OpenedAt = now, State = RequestState.Open, Changes = [] }, request.Group, voice);
        await storage.Requests.SubmitTransactionAsync(
            [
                new TableTransactionAction(TableTransactionActionType.Add, ToRow(opened)),
                new TableTransactionAction(TableTransactionActionType.Add, await SupportAsync(id, request.Group, voice, now, cancellation)),
            ],
            cancellation);
        return opened;
    }

    /// <summary>One request, or null.</summary>
    public async Task<DataRequest?> FindAsync(string requestId, CancellationToken cancellation = default) =>
        (await ReadAsync(requestId, cancellation)) is { } row ? ToRequest(row) : null;

    /// <summary>All requests, in no order.</summary>
    public async IAsyncEnumerable<DataRequest> ListAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var row in RowsAsync("r", cancellation))
        {
            if (StoredData.Read("request", row.RowKey, () => Deserialize(row), logger) is { } request) yield return request;
        }
    }

    /// <summary>All supports.</summary>
    public async IAsyncEnumerable<Support> ListSupportsAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var row in RowsAsync("s", cancellation))
        {
            if (StoredData.Read("support", row.RowKey, () => ToSupport(row), logger) is { } support) yield return support;
        }
    }

    /// <summary>Adds a voice to a request's supporters: an unverified one once a day, a verified one once.</summary>
    /// <returns>The request, and whether the support was new; null if there is no such request.</returns>
    public async Task<(DataRequest Request, bool Counted)?> SupportAsync(
        string requestId, string group, Voice voice, CancellationToken cancellation = default)
    {
        var support = await SupportAsync(requestId, group, voice, time.GetUtcNow(), cancellation);
        while (true)
        {
            if (await ReadAsync(requestId, cancellation) is not { } row) return null;
            var request = ToRequest(row);
            var raised = Raised(request, group, voice);
            try
            {
                await storage.Requests.SubmitTransactionAsync(
                    [
                        new TableTransactionAction(TableTransactionActionType.Add, support),
                        new TableTransactionAction(TableTransactionActionType.UpdateReplace, ToRow(raised), row.ETag),
                    ],
                    cancellation);
                return (raised, true);
            }
            catch (TableTransactionFailedException e) when (e.Status == 409)
            {
                return (request, false); // it was counted before
            }
            catch (TableTransactionFailedException e) when (e.Status == 412)
            {
                // Somebody else changed the request meanwhile: read it again.
            }
        }
    }

    /// <summary>Changes a request and keeps the change.</summary>
    /// <returns>The request as it is now, or null if there is none.</returns>
    /// <exception cref="RequestConflictException">The change cannot follow on the request's state; the message says why.</exception>
    public async Task<DataRequest?> ChangeAsync(string requestId, RequestChange change, CancellationToken cancellation = default)
    {
        while (true)
        {
            if (await ReadAsync(requestId, cancellation) is not { } row) return null;
            var changed = Apply(ToRequest(row), change);
            try
            {
                await storage.Requests.UpdateEntityAsync(ToRow(changed), row.ETag, TableUpdateMode.Replace, cancellation);
                return changed;
            }
            catch (RequestFailedException e) when (e.Status == 412)
            {
                // Somebody else changed it meanwhile: judge the change against what it is now.
            }
        }
    }

    private static DataRequest Apply(DataRequest request, RequestChange change)
    {
        if (request.Changes.Count >= MaxChanges)
        {
            throw new RequestConflictException($"A request takes {MaxChanges} changes, and this one has had them.");
        }
        if (request.State == RequestState.Released && change.State is not null)
        {
            throw new RequestConflictException("The request is released; that is its end.");
        }
        if (change.State is RequestState.Extended
            && (request.State != RequestState.Open || request.Changes.Any(each => each.State == RequestState.Extended)))
        {
            throw new RequestConflictException("Only an open request can be extended, and only once.");
        }

        if (change.State is RequestState.InMediation && request.State != RequestState.Refused)
        {
            throw new RequestConflictException("Only a refusal goes to mediation.");
        }

        if (change.State == RequestState.Open)
        {
            throw new RequestConflictException("A request that was decided does not become open again; accept or refuse it.");
        }
        if ((change.State == RequestState.Refused) != (change.Reason is not null))
        {
            throw new RequestConflictException("A refusal needs a reason, and nothing else takes one.");
        }
        if ((change.State == RequestState.Released) != (change.DatasetId is not null))
        {
            throw new RequestConflictException("A release needs the dataset_id, and nothing else takes one.");
        }
        return request with
        {
            State = change.State ?? request.State,
            Reason = change.State is null ? request.Reason : change.Reason,
            DatasetId = change.DatasetId ?? request.DatasetId,
            Candidate = change.Candidate ?? request.Candidate,
            Moderation = change.Moderation ?? request.Moderation,
            Agency = change.Agency ?? request.Agency,
            Changes = [.. request.Changes, change],
        };
    }

    private async Task<TableEntity> SupportAsync(
        string requestId, string group, Voice voice, DateTimeOffset now, CancellationToken cancellation)
    {
        var today = local.DayOf(now);
        var day = today.ToString(Day, CultureInfo.InvariantCulture);
        if (voice.Verification == Verification.Verified)
        {
            var person = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(voice.Caller)).AsSpan(0, 16));
            return new TableEntity(Partition, $"s_{requestId}_{VerifiedMark}_{person}") { ["Group"] = group, ["Day"] = day };
        }

        var client = await _salt.PseudonymAsync(voice.Caller, today, cancellation);
        return new TableEntity(Partition, $"s_{requestId}_{day}_{client}") { ["Group"] = group };
    }

    private static DataRequest Raised(DataRequest request, string group, Voice voice) => voice.Verification == Verification.Verified
        ? request with { VerifiedSupportersByGroup = Raised(request.VerifiedSupportersByGroup, group) }
        : request with { SupportersByGroup = Raised(request.SupportersByGroup, group) };

    private static Dictionary<string, int> Raised(IReadOnlyDictionary<string, int> counts, string group) =>
        new(counts) { [group] = counts.GetValueOrDefault(group) + 1 };

    private async Task<TableEntity?> ReadAsync(string requestId, CancellationToken cancellation)
    {
        var found = await storage.Requests.GetEntityIfExistsAsync<TableEntity>(
            Partition, $"r_{requestId}", cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    private AsyncPageable<TableEntity> RowsAsync(string kind, CancellationToken cancellation) => storage.Requests.QueryAsync<TableEntity>(
        TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {kind + "_"} and RowKey lt {kind + "`"}"),
        cancellationToken: cancellation);

    private static TableEntity ToRow(DataRequest request) =>
        new(Partition, $"r_{request.RequestId}") { ["Record"] = JsonSerializer.Serialize(request, OpenDataJson.Options) };

    private static DataRequest ToRequest(TableEntity row)
    {
        try
        {
            return Deserialize(row)!;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new DamagedDataException("request", row.RowKey, e.Message, e);
        }
    }

    private static DataRequest? Deserialize(TableEntity row) =>
        JsonSerializer.Deserialize<DataRequest>(row.GetString("Record"), OpenDataJson.Stored) ?? throw new JsonException("It is null.");

    private static Support ToSupport(TableEntity row)
    {
        var parts = row.RowKey.Split('_');
        var group = row.GetString("Group") ?? throw new FormatException("It names no group.");
        var verification = parts[2] == VerifiedMark ? Verification.Verified : Verification.Unverified;
        var day = verification == Verification.Verified ? row.GetString("Day") : parts[2];
        return new Support(parts[1], DateOnly.ParseExact(day, Day, CultureInfo.InvariantCulture), parts[3], group, verification);
    }
}
