using OpenData.Catalog;
using OpenData.Catalog.Quality;
using OpenData.Lake;

namespace OpenData.Planning.Inputs;

/// <summary>What ingest measured of a dataset's served version; null where it did not.</summary>
/// <param name="Format">The format that the agency dropped.</param>
/// <param name="MetadataScore">Points of the MQA, 0 to 405.</param>
/// <param name="DataScore">The quality of the data, 0 to 1.</param>
internal sealed record Quality(string? Format, double? MetadataScore, double? DataScore)
{
    private const int AtOnce = 16;

    /// <summary>Reads the manifests of the served versions, in the order of the datasets, and scores them as of a time.</summary>
    public static async Task<IReadOnlyList<Quality>> ReadAsync(Storage storage, IReadOnlyList<DatasetEntry> datasets, DateTimeOffset asOf, CancellationToken cancellation)
    {
        var read = new Quality[datasets.Count];
        await Parallel.ForAsync(0, read.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (i, token) =>
        {
            read[i] = await ReadAsync(storage, datasets[i], asOf, token);
        });
        return read;
    }

    private static async Task<Quality> ReadAsync(Storage storage, DatasetEntry dataset, DateTimeOffset asOf, CancellationToken cancellation)
    {
        try
        {
            var manifest = await VersionStore.FindAsync(storage, dataset.Id, dataset.Current!.Version, cancellation);
            if (manifest is null) return new Quality(null, null, null); // the version was replaced and swept while we looked
            var score = DatasetQuality.Of(dataset.Metadata, manifest, asOf);
            return new Quality(manifest.Source.Format, score.MetadataPoints, manifest.Profile is null ? null : score.DataPoints / DataQuality.MostPoints);
        }
        catch (DamagedDataException)
        {
            return new Quality(null, null, null); // what serves it says so; the report is made of all the others
        }
    }
}
