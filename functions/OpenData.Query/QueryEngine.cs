using System.Text.Json;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using OpenData.Catalog;
using OpenData.Catalog.Publication;
using OpenData.DuckDb;
using OpenData.Lake;
using OpenData.Query.Compilation;
using OpenData.Query.Exports;
using OpenData.Query.Formats;
using OpenData.Query.Language;
using OpenData.Query.Subjects;

namespace OpenData.Query;

/// <summary>
/// Answers questions: finds the subject, fetches its Parquet files, plans, runs and writes the result. Safe to use from any thread.
/// </summary>
public sealed class QueryEngine : IDisposable
{
    // What statements may spill, of the room on the local disk; the Parquet cache has the most of it.
    private const double ShareOfDisk = 0.3;

    private const int ShareOfResults = 16; // of the memory for questions, one part in so many keeps results

    private readonly Storage _storage;
    private readonly SubjectFinder _subjects;
    private readonly TimeProvider _time;
    private readonly Database _database;
    private readonly TimeSpan _timeout;
    private readonly Admission _admission;
    private readonly ResultCache _results;
    private readonly ParquetCache _cache;
    private readonly string _folder;

    /// <summary>Opens the process's DuckDB instance.</summary>
    public QueryEngine(
        Storage storage, DatasetCatalog catalog, ParquetCache cache, OpenDataSettings settings, TimeProvider time,
            ILogger<QueryEngine>? logger = null)
    {
        _storage = storage;
        _time = time;
        _cache = cache;
        _folder = cache.Folder;
        _timeout = TimeSpan.FromSeconds(settings.QuerySeconds);
        _results = new ResultCache(settings.QueryMegabytes * 1_000_000L / ShareOfResults);
        _admission = new Admission(_timeout);
        _database = QueryDatabase.Open(
            _folder, cache.SpillFolder, settings.QueryMegabytes, SpillMegabytes(cache, settings), Environment.ProcessorCount);
        TimeZones = QueryDatabase.TimeZones(_database);
        _subjects = new SubjectFinder(storage, catalog, cache, _database, time, logger);
        // A statement blocks the thread that it runs on. The pool needs as many threads more, or timers and other requests would wait for
        // it to grow.
        ThreadPool.GetMinThreads(out var threads, out var completions);
        var blocked = Environment.ProcessorCount + Admission.MostStatements + QueryLimits.Exports;
        ThreadPool.SetMinThreads(Math.Max(threads, blocked), completions);
    }

    /// <summary>Finds a dataset by its id as a caller wrote it, in any Unicode normal form; null if there is no such thing.</summary>
    /// <param name="datasetId">The id, <c>{dataset}@{agency}</c>.</param>
    /// <param name="version">The name of a version; null for the current one.</param>
    /// <param name="viewer">Who asks: what is found shows what this viewer may see.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <exception cref="NotVisibleException">It was withdrawn.</exception>
    public async Task<ServedDataset?> FindAsync(string datasetId, string? version, Viewer viewer,
        CancellationToken cancellation = default) =>
        DatasetId.TryParse(UnicodeText.Nfc(datasetId), out var id) && (version is null || DatasetId.IsName(version))
            ? await _subjects.FindAsync(id, version, viewer, cancellation)
            : null;

    /// <summary>Opens the file of which a version was made, as it was dropped.</summary>
    /// <exception cref="NotVisibleException">The viewer for whom the dataset was found may not have it.</exception>
    public async Task<BlobDownloadStreamingResult> OriginalAsync(ServedDataset dataset, CancellationToken cancellation = default)
    {
        dataset.RequireOriginal();
        return await _storage.Lake.GetBlobClient(dataset.Version.Source.Original).DownloadStreamingAsync(cancellationToken: cancellation);
    }

    /// <summary>Keeps the catalogue's index.</summary>
    public CatalogUpkeep CatalogUpkeep => _subjects.Upkeep;

    /// <summary>The catalogue as everybody may know it now.</summary>
    public Task<CatalogSnapshot> CatalogAsync(CancellationToken cancellation = default) => _subjects.CatalogAsync(cancellation);

    /// <summary>The time zones there are, by their IANA names.</summary>
    public IReadOnlySet<string> TimeZones { get; }

    /// <summary>Answers a question with a page of records.</summary>
    /// <param name="subject">What is asked.</param>
    /// <param name="request">The question.</param>
    /// <param name="format">How to write the records; any but Parquet.</param>
    /// <param name="options">What can be chosen about the format.</param>
    /// <param name="count">Whether to count the records that the question concerns.</param>
    /// <param name="cancellation">Stops the statement.</param>
    /// <exception cref="QueryException">The question is malformed.</exception>
    /// <exception cref="QueryTimeoutException">It takes too long.</exception>
    /// <exception cref="QueryBusyException">
    /// As many statements are running as may run at once, and none of them ended in the time that this one might have taken.
    /// </exception>
    /// <exception cref="QueryResourcesException">It needs too much memory or disk.</exception>
    public Task<RecordPage> RecordsAsync(
        QuerySubject subject, QueryRequest request, RecordFormat format, FormatOptions options, bool count,
        CancellationToken cancellation = default) =>
        AgainIfDamagedAsync(subject, () => ReadRecordsAsync(subject, request, format, options, count, cancellation));

    private async Task<RecordPage> ReadRecordsAsync(
        QuerySubject subject, QueryRequest request, RecordFormat format, FormatOptions options, bool count, CancellationToken cancellation)
    {
        subject.RequireRecords(); // also where the answer was computed before, for somebody else
        var key = request.DependsOnNow ? null : JsonSerializer.Serialize(new { subject.DataName, request, format, options, count });
        if (key is not null && _results.Find(key) is { } known) return known;
        var now = _time.GetUtcNow();
        using var open = await OpenAsync(subject, cancellation);
        var statement = Planner.Rows(open.Table, request, now);
        var counting = count ? Planner.Count(open.Table, request, now) : null;
        var writer = RowWriter.Create(format, statement.Columns, options);
        var page = await RunAsync(
            StatementCost.Of(subject, request, statement, counting),
            new Asking(request.Caller, subject.DataName),
            (connection, token) =>
            {
                var output = new Utf8Output(16 * 1024);
                var (rows, total) = Write(connection, statement, writer, output, token);
                return new RecordPage(count ? total ?? Total(rows) : null, rows, output.WrittenMemory, statement.Footprint);

                // A page that is not full tells the total by itself.
                long Total(int rows) => counting is null ? subject.Rows
                    : !statement.IsGrouped && rows < request.Limit && (rows > 0 || request.Offset == 0) ? request.Offset + rows
                    : Scalar(connection, counting, token);
            }, cancellation);
        if (key is not null) _results.Add(key, page with { Content = page.Content.ToArray() });
        return page;
    }

    /// <summary>Starts to read the datasets of the catalogue that a question concerns, in its order.</summary>
    /// <param name="catalog">The catalogue.</param>
    /// <param name="request">The question; it selects and groups nothing.</param>
    /// <param name="cancellation">Stops the statement.</param>
    /// <inheritdoc cref="ExportAsync" path="/exception"/>
    public Task<DatasetExport> DatasetsAsync(CatalogSnapshot catalog, QueryRequest request, CancellationToken cancellation = default) =>
        StartAsync(
            catalog,
            (connection, open, lease) =>
            {
                var statement = Planner.Column(open.Table, request, _time.GetUtcNow(), CatalogColumns.Record);
                return Task.Run(() => DatasetExport.Start(connection, statement, lease, cancellation), cancellation);
            },
            cancellation);

    /// <summary>Counts the values of facets.</summary>
    /// <param name="subject">What is asked.</param>
    /// <param name="request">
    /// The question: the clauses that choose records, and the facets, or none for those that the subject suggests.
    /// </param>
    /// <param name="cancellation">Stops the statements.</param>
    /// <inheritdoc cref="RecordsAsync" path="/exception"/>
    public Task<IReadOnlyList<FacetValues>> FacetsAsync(
        QuerySubject subject, QueryRequest request, CancellationToken cancellation = default) =>
        AgainIfDamagedAsync(subject, () => CountFacetsAsync(subject, request, cancellation));

    private async Task<IReadOnlyList<FacetValues>> CountFacetsAsync(
        QuerySubject subject, QueryRequest request, CancellationToken cancellation)
    {
        using var open = await OpenAsync(subject, cancellation);
        var planner = new FacetPlanner(open.Table, request, _time.GetUtcNow());
        var cost = StatementCost.OfFacets(subject, request.Facets.Count > 0 ? request.Facets.Count : open.Table.Fields.Count);
        return await RunAsync(
            cost, new Asking(request.Caller, subject.DataName),
            (connection, token) => planner.Run(statement => Read(connection, statement, token)), cancellation);
    }

    /// <summary>
    /// Starts an export: plans it and makes its first rows, so that whatever is wrong with it comes out before the first byte.
    /// </summary>
    /// <inheritdoc cref="RecordsAsync" path="/param"/>
    /// <inheritdoc cref="RecordsAsync" path="/exception"/>
    /// <exception cref="QueryBusyException">As many exports are running as may run at once, and none of them ends soon.</exception>
    public Task<Export> ExportAsync(QuerySubject subject, QueryRequest request, RecordFormat format, FormatOptions options, CancellationToken cancellation = default) =>
        StartAsync<Export>(
            subject,
            async (connection, open, lease) =>
            {
                var form = format == RecordFormat.Parquet ? ResultForm.Columns : ResultForm.Text;
                var statement = Planner.Rows(open.Table, request, _time.GetUtcNow(), form);
                if (format == RecordFormat.Parquet)
                {
                    return new ParquetExport(connection, statement, lease, _folder, options.ParquetCompression) { Footprint = statement.Footprint };
                }

                return await Task.Run(
                    () => RowExport.Start(connection, statement, lease, () => RowWriter.Create(format, statement.Columns, options), cancellation), cancellation);
            },
            cancellation);

    // Starts what runs for as long as its reader reads, in one of the places for that.
    private async Task<T> StartAsync<T>(QuerySubject subject, Func<Connection, OpenTable, IDisposable, Task<T>> start, CancellationToken cancellation)
    {
        IDisposable lease = await _admission.EnterExportAsync(cancellation);
        Connection? connection = null;
        try
        {
            var open = await OpenAsync(subject, cancellation);
            lease = new ExportLease(lease, open);
            connection = _database.Connect();
            return await start(connection, open, lease);
        }
        catch (Exception e)
        {
            connection?.Dispose();
            lease.Dispose();
            if (e is StatementException) throw QueryFailures.Translate(e);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _subjects.Dispose();
        _database.Dispose();
        _admission.Dispose();
    }

    /// <summary>
    /// Asks once more where DuckDB could not read a file: it may have been damaged since it was last compared with its checksum.
    /// </summary>
    private async Task<T> AgainIfDamagedAsync<T>(QuerySubject subject, Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (StatementException e) when (e.Error == StatementError.Other && subject is ServedDataset)
        {
            _cache.Doubt(((ServedDataset)subject).Version.Parts);
            return await ask();
        }
    }

    private async Task<OpenTable> OpenAsync(QuerySubject subject, CancellationToken cancellation)
    {
        try
        {
            return await _subjects.OpenAsync(subject, cancellation);
        }
        catch (IOException e)
        {
            throw new QueryResourcesException("There is no room on disk for the dataset.", e);
        }
    }

    private static int SpillMegabytes(ParquetCache cache, OpenDataSettings settings) =>
        (int)(LocalDisk.Bound(cache.SpillFolder, settings.QueryMegabytes * 4L << 20, ShareOfDisk) >> 20);

    // Runs blocking work on a connection of its own, in its turn and within the time that a statement may take.
    private async Task<T> RunAsync<T>(
        double cost, Asking asking, Func<Connection, CancellationToken, T> work, CancellationToken cancellation)
    {
        using var turn = await _admission.EnterStatementAsync(cost, asking, cancellation);
        try
        {
            using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limited.CancelAfter(_timeout);
            var token = limited.Token;
            return await Task.Run(
                () =>
                {
                    using var connection = _database.Connect();
                    return work(connection, token);
                }, cancellation);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new QueryTimeoutException(_timeout);
        }
        catch (StatementException failure)
        {
            throw QueryFailures.Translate(failure);
        }
    }

    private static (int Count, long? Total) Write(Connection connection, Statement statement, RowWriter writer, Utf8Output output, CancellationToken cancellation)
    {
        var count = 0;
        long? total = null;
        using var rows = statement.Start(connection, cancellation);
        using var span = Telemetry.Begin("query.serialise");
        writer.Begin(output);
        foreach (var chunk in rows.Chunks(cancellation))
        {
            writer.Rows(output, chunk, 0, chunk.Rows, first: count == 0);
            count += chunk.Rows;
            if (statement.HasTotal) total = (long)chunk[statement.Columns.Count].Integer(0);
        }

        writer.End(output);
        return (count, total);
    }

    // The values of a facet statement: a text and a count a row.
    private static List<(string Value, long Count)> Read(Connection connection, Statement statement, CancellationToken cancellation)
    {
        var values = new List<(string, long)>();
        using var rows = statement.Start(connection, cancellation);
        foreach (var chunk in rows.Chunks(cancellation))
        {
            for (var row = 0; row < chunk.Rows; row++) values.Add((System.Text.Encoding.UTF8.GetString(chunk[0].Text(row)), (long)chunk[1].Integer(row)));
        }

        return values;
    }

    private static long Scalar(Connection connection, Statement statement, CancellationToken cancellation)
    {
        using var rows = statement.Start(connection, cancellation);
        using var chunk = rows.Next(cancellation)!;
        return (long)chunk[0].Integer(0);
    }

    /// <summary>What an export holds while it lasts: its turn, and the files that it reads.</summary>
    private sealed class ExportLease(IDisposable turn, OpenTable table) : IDisposable
    {
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) != 0) return;
            table.Dispose();
            turn.Dispose();
        }
    }
}
