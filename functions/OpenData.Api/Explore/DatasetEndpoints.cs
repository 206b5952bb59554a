using Microsoft.AspNetCore.Http;
using OpenData.Lake;
using OpenData.Query;
using OpenData.Query.Subjects;
using OpenData.Usage;

namespace OpenData.Api.Explore;

/// <summary>The Explore API on one dataset: its records, counted, shown, exported, and the files they came from.</summary>
public static class DatasetEndpoints
{
    /// <summary>A dataset's records.</summary>
    public static IResult Records(HttpRequest request, string dataset_id, QueryEngine engine, OpenDataSettings settings, Answering answering) =>
        answering.Answer(UsageKind.Records, dataset_id, async (used, cancellation) =>
        {
            var dataset = await FindAsync(request, dataset_id, engine, cancellation);
            return await ExploreAnswers.RecordsAsync(request, dataset, engine, settings, used, cancellation);
        });

    /// <summary>One record, by the id that <c>include_app_metas</c> shows. It stays the same record when a newer version is served.</summary>
    public static IResult Record(HttpRequest request, string dataset_id, string record_id, QueryEngine engine, OpenDataSettings settings, Answering answering) =>
        answering.Answer(UsageKind.Records, dataset_id, async (used, cancellation) =>
        {
            if (DatasetId.TryParse(dataset_id, out var id) && ServedDataset.TryParseRecordId(record_id, out var version, out var row)
                && await engine.FindAsync(id, version, cancellation) is { } dataset && row < dataset.Rows)
            {
                return await ExploreAnswers.RecordAsync(request, dataset, row, engine, settings, used, cancellation);
            }

            throw ApiException.NotFound($"There is no record '{record_id}' in the dataset '{dataset_id}'. …/records?include_app_metas=true shows the ids there are.");
        });

    /// <summary>How many records have which values.</summary>
    public static IResult Facets(HttpRequest request, string dataset_id, QueryEngine engine, Answering answering) =>
        answering.Answer(UsageKind.Records, dataset_id, async (used, cancellation) =>
        {
            var dataset = await FindAsync(request, dataset_id, engine, cancellation);
            return await ExploreAnswers.FacetsAsync(request, dataset, engine, used, cancellation);
        });

    /// <summary>The formats on offer.</summary>
    public static IResult Exports(HttpRequest request, string dataset_id, QueryEngine engine, OpenDataSettings settings, Answering answering) =>
        answering.Answer(UsageKind.Dataset, dataset_id, async (_, cancellation) =>
        {
            var dataset = await FindAsync(request, dataset_id, engine, cancellation);
            return Freshness.NotModified(request, dataset)
                ?? ExploreAnswers.Json(new { links = Links.OfExports(request, settings, ExportFormats.OfDataset(dataset).Select(format => format.Name)) });
        });

    /// <summary>All that a question concerns as one file.</summary>
    public static IResult Export(HttpRequest request, string dataset_id, string format, QueryEngine engine, Answering answering) =>
        answering.Answer(UsageKind.Export, dataset_id, async (used, cancellation) =>
        {
            var dataset = await FindAsync(request, dataset_id, engine, cancellation);
            var known = ExportFormats.OfDataset(dataset).FirstOrDefault(offered => offered.Name == format)
                ?? throw ApiException.NotFound($"The dataset '{dataset_id}' has no export format '{format}'. There are {string.Join(", ", ExportFormats.OfDataset(dataset).Select(offered => offered.Name))}.");
            return await ExploreAnswers.ExportAsync(request, dataset, known, dataset.Entry.Id.Dataset, engine, used, cancellation);
        });

    /// <summary>The original files.</summary>
    public static IResult Attachments(HttpRequest request, string dataset_id, QueryEngine engine, OpenDataSettings settings, Answering answering) =>
        answering.Answer(UsageKind.Dataset, dataset_id, async (_, cancellation) =>
        {
            var dataset = await FindAsync(request, dataset_id, engine, cancellation);
            if (Freshness.NotModified(request, dataset) is { } known) return known;
            var attachment = AttachmentRecord.Of(dataset.Version.Source);
            return ExploreAnswers.Json(new
            {
                links = Array.Empty<object>(),
                attachments = new[]
                {
                    new
                    {
                        href = $"{Links.Here(request, settings)}/{Uri.EscapeDataString(attachment.Id)}",
                        metas = new Dictionary<string, string>
                        {
                            ["mime-type"] = attachment.Mimetype, ["title"] = attachment.Title, ["url"] = attachment.Url, ["id"] = attachment.Id,
                        },
                    },
                },
            });
        });

    /// <summary>An original file, byte for byte as it was dropped.</summary>
    public static IResult Attachment(HttpRequest request, string dataset_id, string attachment_id, QueryEngine engine, Storage storage, Answering answering) =>
        answering.Answer(UsageKind.Download, dataset_id, async (_, cancellation) =>
        {
            var dataset = await FindAsync(request, dataset_id, engine, cancellation);
            var attachment = AttachmentRecord.Of(dataset.Version.Source);
            if (attachment.Id != attachment_id) throw ApiException.NotFound($"The dataset '{dataset_id}' has no attachment '{attachment_id}'. It has '{attachment.Id}'.");
            if (Freshness.NotModified(request, dataset) is { } known) return known;
            var blob = await storage.Lake.GetBlobClient(dataset.Version.Source.Original).DownloadStreamingAsync(cancellationToken: cancellation);
            request.HttpContext.Response.ContentLength = blob.Value.Details.ContentLength;
            return Results.Stream(blob.Value.Content, attachment.Mimetype, attachment.Title);
        });

    private static async Task<ServedDataset> FindAsync(HttpRequest request, string datasetId, QueryEngine engine, CancellationToken cancellation)
    {
        string? version = request.Query["version"] is [{ Length: > 0 } named, ..] ? named : null;
        return DatasetId.TryParse(datasetId, out var id) && (version is null || DatasetId.IsName(version)) && await engine.FindAsync(id, version, cancellation) is { } dataset
            ? dataset
            : throw ApiException.NotFound(version is null
                ? $"There is no dataset '{datasetId}'. The catalogue is at /{Routes.Prefix}/{Routes.Datasets}."
                : $"There is no version '{version}' of the dataset '{datasetId}'.");
    }
}
