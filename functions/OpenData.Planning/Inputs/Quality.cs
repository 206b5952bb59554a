using System.Text.Json;
using Azure;
using OpenData.Catalog;
using OpenData.Catalog.Quality;
using OpenData.Demand;
using OpenData.Lake;

namespace OpenData.Planning.Inputs;

/// <summary>What ingest measured of a dataset's served version; null where it did not.</summary>
/// <param name="Format">The format that the agency dropped.</param>
/// <param name="MetadataScore">Points of the MQA, 0 to 405.</param>
/// <param name="DataScore">The quality of the data, 0 to 1.</param>
/// <param name="MetadataAdvice">What would give the metadata the most points.</param>
/// <param name="DataAdvice">What would give the data the most points.</param>
internal sealed record Quality(
    string? Format, double? MetadataScore, double? DataScore, BilingualText MetadataAdvice, BilingualText DataAdvice)
{
    private const int AtOnce = 16;

    private static readonly BilingualText NoAdvice = new("", "");

    /// <summary>Reads the manifests of the served versions, in the order of the datasets, and scores them as of a time.</summary>
    public static async Task<IReadOnlyList<Quality>> ReadAsync(
        Storage storage, IReadOnlyList<DatasetEntry> datasets, DateTimeOffset asOf, CancellationToken cancellation)
    {
        var read = new Quality[datasets.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForAsync(0, read.Length, options, async (i, token) =>
        {
            read[i] = await ReadAsync(storage, datasets[i], asOf, token);
        });
        return read;
    }

    private static async Task<Quality> ReadAsync(Storage storage, DatasetEntry dataset, DateTimeOffset asOf, CancellationToken cancellation)
    {
        try
        {
            var blob = storage.Lake.GetBlobClient(VersionName.Manifest(dataset.Id, dataset.Current!.Version));
            var content = await blob.DownloadContentAsync(cancellation);
            var manifest = JsonSerializer.Deserialize<DatasetVersion>(content.Value.Content.ToMemory().Span, OpenDataJson.Options)!;
            var score = DatasetQuality.Of(dataset.Metadata, manifest, asOf);
            var data = manifest.Profile is null ? (double?)null : score.DataPoints / DataQuality.MostPoints;
            return new Quality(
                manifest.Source.Format, score.MetadataPoints, data, QualityAdvice.Of(score.Metadata), QualityAdvice.Of(score.Data));
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return new Quality(null, null, null, NoAdvice, NoAdvice); // the version was replaced and swept meanwhile
        }
    }
}
