using Microsoft.AspNetCore.Http;
using OpenData.Api.Pipeline;
using OpenData.Api.Routing;
using OpenData.Query;
using OpenData.Query.Subjects;
using OpenData.Usage;

namespace OpenData.Api.Explore;

/// <summary>The Explore API on one dataset: records, facets, exports, and the original files.</summary>
public sealed class DatasetEndpoints(
    QueryEngine engine, ExploreAnswers answers, PublicAddress address, RequestPipeline pipeline)
{
    /// <summary>A dataset's records.</summary>
    public IResult Records(HttpRequest request, string dataset_id) =>
        pipeline.Run(UsageKind.Records, dataset_id, async (details, cancellation) =>
            await answers.RecordsAsync(request, await FindAsync(request, dataset_id, cancellation), details, cancellation));

    /// <summary>
    /// One record, by the id that <c>include_app_metas</c> shows. The id leads to the same record after a newer version is served.
    /// </summary>
    public IResult Record(HttpRequest request, string dataset_id, string record_id) =>
        pipeline.Run(UsageKind.Records, dataset_id, async (details, cancellation) =>
        {
            if (ServedDataset.TryParseRecordId(record_id, out var version, out var row)
                && await engine.FindAsync(dataset_id, version, request.Viewer(), cancellation) is { } dataset && row < dataset.Rows)
            {
                return await answers.RecordAsync(request, dataset, row, details, cancellation);
            }

            throw ApiException.NotFound(
                $"There is no record '{record_id}' in the dataset '{dataset_id}'. …/records?include_app_metas=true shows the "
                + "ids there are.");
        });

    /// <summary>How many records have which values.</summary>
    public IResult Facets(HttpRequest request, string dataset_id) =>
        pipeline.Run(UsageKind.Records, dataset_id, async (details, cancellation) =>
            await answers.FacetsAsync(request, await FindAsync(request, dataset_id, cancellation), details, cancellation));

    /// <summary>The formats on offer.</summary>
    public IResult Exports(HttpRequest request, string dataset_id) =>
        pipeline.Run(UsageKind.Dataset, dataset_id, async (_, cancellation) =>
        {
            var dataset = await FindAsync(request, dataset_id, cancellation);
            dataset.RequireRecords();
            if (Freshness.NotModified(request, dataset) is { } known) return known;
            var formats = ExportFormats.OfDataset(dataset).Select(format => format.Name);
            return ExploreAnswers.Json(new { links = Links.OfExports(address.Of(request), formats) });
        });

    /// <summary>All records that a question selects, as one file.</summary>
    public IResult Export(HttpRequest request, string dataset_id, string format) =>
        pipeline.Run(UsageKind.Export, dataset_id, async (details, cancellation) =>
        {
            var dataset = await FindAsync(request, dataset_id, cancellation);
            var formats = ExportFormats.OfDataset(dataset);
            var known = formats.FirstOrDefault(offered => offered.Name == format) ?? throw ApiException.NotFound(
                $"The dataset '{dataset_id}' has no export format '{format}'. "
                + $"There are {string.Join(", ", formats.Select(offered => offered.Name))}.");
            return await answers.ExportAsync(request, dataset, new ExportFile(dataset.Entry.Id.Dataset, known), details, cancellation);
        });

    /// <summary>The original files.</summary>
    public IResult Attachments(HttpRequest request, string dataset_id) =>
        pipeline.Run(UsageKind.Dataset, dataset_id, async (_, cancellation) =>
        {
            var dataset = await FindAsync(request, dataset_id, cancellation);
            dataset.RequireOriginal();
            if (Freshness.NotModified(request, dataset) is { } known) return known;
            var attachment = AttachmentRecord.Of(dataset.Version.Source);
            var metas = new Dictionary<string, string>
            {
                ["mime-type"] = attachment.Mimetype,
                ["title"] = attachment.Title,
                ["url"] = attachment.Url,
                ["id"] = attachment.Id,
            };
            return ExploreAnswers.Json(new
            {
                links = Array.Empty<object>(),
                attachments = new[] { new { href = $"{address.Of(request)}/{Uri.EscapeDataString(attachment.Id)}", metas } },
            });
        });

    /// <summary>An original file, byte for byte as it was dropped.</summary>
    public IResult Attachment(HttpRequest request, string dataset_id, string attachment_id) =>
        pipeline.Run(UsageKind.Download, dataset_id, async (_, cancellation) =>
        {
            var dataset = await FindAsync(request, dataset_id, cancellation);
            dataset.RequireOriginal();
            var attachment = AttachmentRecord.Of(dataset.Version.Source);
            if (attachment.Id != attachment_id)
            {
                throw ApiException.NotFound(
                    $"The dataset '{dataset_id}' has no attachment '{attachment_id}'. It has '{attachment.Id}'.");
            }

            if (Freshness.NotModified(request, dataset) is { } known) return known;
            var original = await engine.OriginalAsync(dataset, cancellation);
            request.HttpContext.Response.ContentLength = original.Details.ContentLength;
            return Results.Stream(original.Content, attachment.Mimetype, attachment.Title);
        });

    private async Task<ServedDataset> FindAsync(HttpRequest request, string datasetId, CancellationToken cancellation)
    {
        string? version = request.Query["version"] is [{ Length: > 0 } named, ..] ? named : null;
        if (await engine.FindAsync(datasetId, version, request.Viewer(), cancellation) is { } dataset)
        {
            return dataset;
        }

        throw ApiException.NotFound(version is null
            ? $"There is no dataset '{datasetId}'. The catalogue is at /{Routes.Datasets}."
            : $"There is no version '{version}' of the dataset '{datasetId}'.");
    }
}
