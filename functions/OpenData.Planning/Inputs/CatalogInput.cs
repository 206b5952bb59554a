using OpenData.Catalog;
using OpenData.Lake;
using OpenData.Planning.Sessions;

namespace OpenData.Planning.Inputs;

/// <summary>Brings the catalogue and the upload records into a session, as the tables <c>datasets</c>, <c>themes</c> and <c>uploads</c>.</summary>
internal static class CatalogInput
{
    public static async Task LoadAsync(Session session, Storage storage, DatasetCatalog catalog, UploadLog uploads, DatasetId except, DateTimeOffset asOf, CancellationToken cancellation)
    {
        var datasets = new List<DatasetEntry>();
        await foreach (var entry in catalog.ListAsync(cancellation))
        {
            // The report does not count itself, or a second run would differ from the first.
            if (entry.Id != except) datasets.Add(entry);
        }

        var quality = await Quality.ReadAsync(storage, datasets, asOf, cancellation);
        session.Load(
            "datasets",
            "dataset_id VARCHAR, agency VARCHAR, title VARCHAR, publisher VARCHAR, frequency VARCHAR, due_days BIGINT, rows BIGINT, bytes BIGINT, dropped_at TIMESTAMP, format VARCHAR, metadata_score DOUBLE, data_score DOUBLE",
            datasets.Zip(quality, (entry, measured) => new
            {
                dataset_id = entry.Id.ToString(),
                agency = entry.Id.Agency,
                title = entry.Title,
                publisher = entry.Publisher,
                frequency = entry.Metadata.UpdateFrequency?.ToLowerInvariant(),
                due_days = UpdateFrequency.Days(entry.Metadata.UpdateFrequency),
                rows = entry.Current!.Rows,
                bytes = entry.Current.Bytes,
                dropped_at = entry.Current.DroppedAt.UtcDateTime,
                measured.Format,
                measured.MetadataScore,
                measured.DataScore,
            }));
        session.Load(
            "themes",
            "dataset_id VARCHAR, theme VARCHAR",
            datasets.SelectMany(entry => entry.Metadata.Theme.Distinct().Select(theme => new { dataset_id = entry.Id.ToString(), theme })));

        var drops = new List<Upload>();
        await foreach (var upload in uploads.ListAsync(cancellation)) drops.Add(upload);
        session.Load(
            "uploads",
            "agency VARCHAR, dataset VARCHAR, path VARCHAR, state VARCHAR, format VARCHAR, dropped_at TIMESTAMP, finished_at TIMESTAMP",
            drops.Select(upload => new
            {
                agency = upload.Agency,
                dataset = upload.Dataset,
                path = upload.Path,
                state = upload.State,
                format = upload.Format,
                dropped_at = upload.DroppedAt.UtcDateTime,
                finished_at = upload.FinishedAt?.UtcDateTime,
            }));
    }
}
