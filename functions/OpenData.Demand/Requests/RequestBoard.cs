using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using OpenData.Lake;
using OpenData.Usage;

namespace OpenData.Demand.Requests;

/// <summary>
/// The data requests and who supports them. A request and its supports lie in one partition, so that a support and the count it
/// raises are written together or not at all.
/// </summary>
public sealed class RequestBoard(Storage storage, TimeProvider time, ILogger<RequestBoard>? logger = null)
{
    /// <summary>The most changes that a request takes.</summary>
    public const int MaxChanges = 20;

    private const string Partition = "board";

    private readonly DailySalt _salt = new(storage);

    /// <summary>Opens a request; its requester is its first supporter.</summary>
    /// <param name="request">What is wanted; id, time and state are given here.</param>
    /// <param name="caller">What tells callers apart; it is not kept.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<DataRequest> OpenAsync(DataRequest request, string caller, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        var id =
            $"{now.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        var opened = request with
        {
            RequestId = id,
            OpenedAt = now,
            State = RequestState.Open,
            Changes = [],
            SupportersByGroup = new Dictionary<string, int> { [request.Group] = 1 },
        };
        await storage.Requests.SubmitTransactionAsync(
            [
                new TableTransactionAction(TableTransactionActionType.Add, ToRow(opened)),
                new TableTransactionAction(
                    TableTransactionActionType.Add, await SupportAsync(id, request.Group, caller, now, cancellation)),
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

    /// <summary>All supports: which request, on which day, by which pseudonym of that day, of which group.</summary>
    public async IAsyncEnumerable<Support> ListSupportsAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var row in RowsAsync("s", cancellation))
        {
            if (StoredData.Read("support", row.RowKey, () => ToSupport(row), logger) is { } support) yield return support;
        }
    }

    /// <summary>Adds a caller to a request's supporters, once a day.</summary>
    /// <returns>The request, and whether the support was new; null if there is no such request.</returns>
    public async Task<(DataRequest Request, bool Counted)?> SupportAsync(
        string requestId, string group, string caller, CancellationToken cancellation = default)
    {
        var support = await SupportAsync(requestId, group, caller, time.GetUtcNow(), cancellation);
        while (true)
        {
            if (await ReadAsync(requestId, cancellation) is not { } row) return null;
            var request = ToRequest(row);
            var raised = request with
            {
                SupportersByGroup = new Dictionary<string, int>(request.SupportersByGroup)
                {
                    [group] = request.SupportersByGroup.GetValueOrDefault(group) + 1,
                },
            };
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
                return (request, false); // counted already today
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
            Agency = request.Agency ?? (change.State is null ? null : change.By),
            Changes = [.. request.Changes, change],
        };
    }

    private async Task<TableEntity> SupportAsync(
        string requestId, string group, string caller, DateTimeOffset now, CancellationToken cancellation)
    {
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        var client = await _salt.PseudonymAsync(caller, day, cancellation);
        return new TableEntity(
            Partition, string.Create(CultureInfo.InvariantCulture, $"s_{requestId}_{day:yyyyMMdd}_{client}"))
        { ["Group"] = group };
    }

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
        return new Support(parts[1], DateOnly.ParseExact(parts[2], "yyyyMMdd", CultureInfo.InvariantCulture), parts[3], group);
    }
}
