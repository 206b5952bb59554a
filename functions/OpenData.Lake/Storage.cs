using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace OpenData.Lake;

/// <summary>
/// The blob containers, queues and tables of one installation, by name; it knows nothing about their contents.
/// </summary>
public sealed class Storage
{
    /// <summary>The name of <see cref="Retries"/>.</summary>
    public const string RetriesName = "ingest-retries";

    /// <summary>The name of <see cref="FailedDrops"/>, which the Functions host has given it.</summary>
    public const string FailedDropsName = "webjobs-blobtrigger-poison";

    /// <summary>How the Functions host writes the messages of its queues.</summary>
    public static QueueClientOptions QueueOptions { get; } = new() { MessageEncoding = QueueMessageEncoding.Base64 };

    private readonly TableServiceClient _tables;
    private readonly string _prefix;

    /// <summary>Opens an installation; talks to no server yet.</summary>
    /// <param name="blobs">The account's blobs.</param>
    /// <param name="tables">The account's tables.</param>
    /// <param name="queues">The account's queues, opened with <see cref="QueueOptions"/>.</param>
    /// <param name="prefix">
    /// Put before every container, queue and table name, so that tests share an account: lower-case letters and digits.
    /// </param>
    public Storage(BlobServiceClient blobs, TableServiceClient tables, QueueServiceClient queues, string prefix = "")
    {
        _tables = tables;
        _prefix = prefix;
        Incoming = blobs.GetBlobContainerClient(prefix + "incoming");
        Lake = blobs.GetBlobContainerClient(prefix + "lake");
        Quarantine = blobs.GetBlobContainerClient(prefix + "quarantine");
        Usage = blobs.GetBlobContainerClient(prefix + "usage");
        Planning = blobs.GetBlobContainerClient(prefix + "planning");
        Reports = blobs.GetBlobContainerClient(prefix + "reports");
        Withheld = blobs.GetBlobContainerClient(prefix + "withheld");
        Audit = blobs.GetBlobContainerClient(prefix + "audit");
        Catalog = blobs.GetBlobContainerClient(prefix + "catalog");
        Retries = queues.GetQueueClient(prefix + RetriesName);
        FailedDrops = queues.GetQueueClient(prefix + FailedDropsName);
        RefusedDrops = queues.GetQueueClient($"{prefix}{FailedDropsName}-poison");
    }

    /// <summary>Agencies' drops: <c>{agency}/{dataset}/{file}</c>.</summary>
    public BlobContainerClient Incoming { get; }

    /// <summary>Published versions: <c>{dataset_id}/{version}/…</c>.</summary>
    public BlobContainerClient Lake { get; }

    /// <summary>Drops that could not be published, with their problem reports.</summary>
    public BlobContainerClient Quarantine { get; }

    /// <summary>The usage log.</summary>
    public BlobContainerClient Usage { get; }

    /// <summary>Planners' drops: the plan, surveys, forum notes, council scores.</summary>
    public BlobContainerClient Planning { get; }

    /// <summary>The reports: <c>{date}/…</c> and <c>latest/…</c>.</summary>
    public BlobContainerClient Reports { get; }

    /// <summary>Files as they were dropped whose versions show less than they hold: nobody is served from here.</summary>
    public BlobContainerClient Withheld { get; }

    /// <summary>Who did what to what is published: append blobs, a day each.</summary>
    public BlobContainerClient Audit { get; }

    /// <summary>The catalogue's index: what instances begin with. Apart from the lake, for it knows of what is not public yet.</summary>
    public BlobContainerClient Catalog { get; }

    /// <summary>Drops on which the system failed and that are tried again later: a message each, invisible until then.</summary>
    public QueueClient Retries { get; }

    /// <summary>
    /// Drops on which the ingest function itself threw every time, as the Functions host notes them; not there where no Functions host
    /// runs.
    /// </summary>
    public QueueClient FailedDrops { get; }

    /// <summary>Messages of <see cref="FailedDrops"/> on which their own function threw every time; the Functions host makes it.</summary>
    public QueueClient RefusedDrops { get; }

    /// <summary>The datasets and the pointer to each one's current version.</summary>
    public TableClient Datasets => Table("datasets");

    /// <summary>The changes of the catalogue, in the order in which instances follow them.</summary>
    public TableClient Changes => Table("changes");

    /// <summary>What became of each drop.</summary>
    public TableClient Uploads => Table("uploads");

    /// <summary>The salts of callers' pseudonyms, a row a day that lasts as long as the day.</summary>
    public TableClient Salts => Table("salts");

    /// <summary>What people asked for, and who supports it.</summary>
    public TableClient Requests => Table("requests");

    /// <summary>What people say of datasets.</summary>
    public TableClient Feedback => Table("feedback");

    /// <summary>How often a caller has written today, which bounds spam.</summary>
    public TableClient Quotas => Table("quotas");

    /// <summary>The hashes of the keys with which clients read and agencies, approvers and planners act.</summary>
    public TableClient Keys => Table("keys");

    /// <summary>Creates what is missing; safe to run at any time and from several instances at once.</summary>
    public async Task CreateAsync(CancellationToken cancellation = default)
    {
        await Task.WhenAll(
            new[] { Incoming, Lake, Quarantine, Usage, Planning, Reports, Audit, Catalog, Withheld }
                .Select(container => (Task)container.CreateIfNotExistsAsync(cancellationToken: cancellation))
                .Append(Retries.CreateIfNotExistsAsync(cancellationToken: cancellation))
                .Concat(
                    new[]
                    {
                        Datasets,
                        Changes,
                        Uploads,
                        Salts,
                        Requests,
                        Feedback,
                        Quotas,
                        Keys,
                    }.Select(table => (Task)table.CreateIfNotExistsAsync(cancellation))));
    }

    private TableClient Table(string name) => _tables.GetTableClient(_prefix + name);
}
