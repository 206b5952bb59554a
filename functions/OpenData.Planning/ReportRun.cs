using System.Diagnostics;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using OpenData.Demand.Drops;
using OpenData.Demand.Plans;
using OpenData.Demand.Requests;
using OpenData.Lake;
using OpenData.Planning.Compaction;
using OpenData.Planning.Editions;
using OpenData.Planning.Inputs;
using OpenData.Planning.Names;
using OpenData.Planning.Report;
using OpenData.Planning.Sessions;
using OpenData.Usage;

namespace OpenData.Planning;

/// <summary>The timer's work: compacts the usage log, computes the figures and writes the report in its editions.</summary>
/// <param name="storage">Where everything is read from and written to.</param>
/// <param name="sources">The catalogue, uploads, requests and feedback.</param>
/// <param name="quota">The callers' quotas, of which those of earlier days are deleted.</param>
/// <param name="local">The country's days.</param>
/// <param name="logger">Where failures are logged.</param>
public sealed class ReportRun(Storage storage, ReportSources sources, WriteQuota quota, LocalTime local, ILogger<ReportRun> logger)
{
    /// <summary>The dataset as which the report's figures are in the catalogue.</summary>
    public const string FiguresDatasetId = "demand-report@planning";

    /// <summary>The folder, in the reports container, of the last daily report that was finished.</summary>
    public const string Latest = "latest";

    /// <summary>
    /// For how long a run waits for another one's lease: a little longer than the lease of an instance that was killed lasts.
    /// </summary>
    internal TimeSpan Patience { get; init; } = StorageLease.Length + TimeSpan.FromSeconds(5);

    /// <summary>The blob whose lease is the right to make the report.</summary>
    internal static BlobClient Lock(Storage storage) => storage.Reports.GetBlobClient("run.lock");

    /// <summary>
    /// Makes the report of the last whole day. The same events, uploads, datasets and planners' files make the same bytes.
    /// </summary>
    /// <param name="now">The time that counts as now: the report is of the day before its day, in the country's time zone.</param>
    /// <param name="cancellation">Gives up; the last report stays as it was.</param>
    /// <returns>What was written: no edition if another instance is at it.</returns>
    /// <exception cref="Exception">
    /// Storage or DuckDB failed. The last report is still in place, and <c>run.json</c> beside it says what happened.
    /// </exception>
    public async Task<ReportSummary> RunAsync(DateTimeOffset now, CancellationToken cancellation = default)
    {
        using var span = Telemetry.Begin("report");
        var started = Stopwatch.GetTimestamp();
        await using var turn = await StorageLease.TakeAsync(Lock(storage), Patience, SayWaiting, cancellation);
        if (turn is null)
        {
            return new ReportSummary { Editions = [], Figures = 0, Datasets = 0, Requests = 0, Took = Stopwatch.GetElapsedTime(started) };
        }

        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellation, turn.Lost);
        try
        {
            var summary = await MakeAsync(local.DayOf(now), lost.Token);
            await ReportState.WriteAsync(storage, new ReportState(now, summary.Editions[0], null), lost.Token);
            var took = Stopwatch.GetElapsedTime(started);
            ReportTelemetry.Ended(made: true, took);
            return summary with { Took = took };
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            logger.LogError(e, "The report of {Now} failed; the last one stays in place", now);
            ReportTelemetry.Ended(made: false, Stopwatch.GetElapsedTime(started));
            await TryToSayAsync(new ReportState(now, null, e.Message));
            throw;
        }
    }

    private async Task<ReportSummary> MakeAsync(DateOnly today, CancellationToken cancellation)
    {
        using var session = new Session();
        var last = today.AddDays(-1); // whole days only
        var asOf = new DateTimeOffset(today, TimeOnly.MinValue, TimeSpan.Zero);
        var drops = await PlanningDrops.ReadAsync(storage, cancellation);
        var plan = drops.Plan ?? ReleasePlan.None(last.Year);
        var datasets = await CatalogInput.LoadAsync(session, storage, sources, FiguresDataset.Id, asOf, local, cancellation);
        var logged = await new UsageCompaction(storage, session, local.Zone, FiguresDatasetId).RunAsync(last, cancellation);
        await UsageInput.LoadAsync(session, storage, logged, FiguresDatasetId, logger, cancellation);
        PlanInput.Load(session, plan, drops.EarlierPlans);
        var index = new CandidateIndex(plan, datasets, drops.Names);
        await DemandInput.LoadAsync(session, drops, index, sources, new RequestDeadline(plan, drops.Calendar, local), local, cancellation);
        await PlanningProblems.WriteAsync(storage, drops.Files, cancellation);
        await drops.AcceptAsync(storage, cancellation);

        var editions = Edition.Of(last, drops.Plan);
        var shelf = await ReportShelf.ListAsync(storage, cancellation);
        var reports = new List<EditionReport>();
        foreach (var edition in editions)
        {
            await EarlierInput.LoadAsync(session, storage, edition.Before(shelf), logger, cancellation);
            reports.Add(EditionReport.Compute(session, edition, plan, drops, cancellation));
        }

        // Everything is computed before anything is written, and what readers look at first is written last.
        foreach (var report in Enumerable.Reverse(reports))
        {
            await WriteAsync(report.Edition.Name, ReportFiles.Make(session, report), cancellation);
        }
        await FiguresDataset.PublishAsync(storage, sources.Catalog, session, reports, cancellation);
        await WriteAsync(Latest, ReportFiles.Make(session, reports[0]), cancellation);
        await ForgetAsync(today, cancellation);
        return new ReportSummary
        {
            Editions = [.. editions.Select(edition => edition.Name)],
            Figures = reports[0].Results.Count,
            Datasets = reports[0]["use_by_dataset"].Rows.Count,
            Requests = reports[0].Number("totals", "requests"),
            Took = TimeSpan.Zero,
        };
    }

    private void SayWaiting() => logger.LogWarning(
        "Another instance is making the report, or was ended while it did: waiting up to {Seconds} seconds for its lease",
        Patience.TotalSeconds);

    private async Task WriteAsync(string folder, IReadOnlyList<ReportFile> files, CancellationToken cancellation)
    {
        foreach (var file in files)
        {
            var options = new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = file.ContentType } };
            await storage.Reports.GetBlobClient($"{folder}/{file.Name}").UploadAsync(file.Content, options, cancellation);
        }
    }

    /// <summary>Throws away what callers' pseudonyms of earlier days were made with, and their quotas.</summary>
    private async Task ForgetAsync(DateOnly today, CancellationToken cancellation)
    {
        await new DailySalt(storage).ForgetBeforeAsync(today, cancellation);
        await quota.ForgetBeforeAsync(today, cancellation);
    }

    private async Task TryToSayAsync(ReportState state)
    {
        try
        {
            await ReportState.WriteAsync(storage, state, CancellationToken.None);
        }
        catch (Azure.RequestFailedException e)
        {
            logger.LogError(e, "Nor could the failure be written beside the last report");
        }
    }
}
