using OpenData.Catalog;
using OpenData.Catalog.Publication;
using OpenData.Lake;
using OpenData.Planning.Sessions;

namespace OpenData.Planning.Inputs;

/// <summary>
/// Brings the catalogue and the upload records into a session, as the tables <c>datasets</c>, <c>themes</c>, <c>uploads</c> and
/// <c>hidden</c>, the datasets that the report must not name. Times are
/// local.
/// </summary>
internal static class CatalogInput
{
    /// <returns>The datasets by id, with their titles.</returns>
    public static async Task<IReadOnlyList<(string Id, string Title)>> LoadAsync(
        Session session,
        Storage storage,
        ReportSources sources,
        DatasetId except,
        DateTimeOffset asOf,
        LocalTime local,
        CancellationToken cancellation)
    {
        var datasets = new List<DatasetEntry>();
        var hidden = new HashSet<DatasetId>();
        await foreach (var entry in sources.Catalog.ListAsync(cancellation))
        {
            // The report does not count itself, or a second run would differ from the first; and it is public.
            if (entry.Id == except) continue;
            if (Visibility.Of(entry, Viewer.Anybody, asOf).Allows(DatasetParts.Listed)) datasets.Add(entry);
            else hidden.Add(entry.Id);
        }

        var quality = await Quality.ReadAsync(storage, datasets, asOf, cancellation);
        session.Load(
            "datasets",
            "dataset_id VARCHAR, agency VARCHAR, title VARCHAR, publisher VARCHAR, frequency VARCHAR, due_days BIGINT, rows BIGINT, "
            + "bytes BIGINT, "
            + "dropped_at TIMESTAMP, format VARCHAR, metadata_score DOUBLE, data_score DOUBLE, metadata_advice_ko VARCHAR, "
            + "metadata_advice_en VARCHAR, "
            + "data_advice_ko VARCHAR, data_advice_en VARCHAR",
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
                dropped_at = local.Of(entry.Current.DroppedAt),
                measured.Format,
                measured.MetadataScore,
                measured.DataScore,
                metadata_advice_ko = measured.MetadataAdvice.Ko,
                metadata_advice_en = measured.MetadataAdvice.En,
                data_advice_ko = measured.DataAdvice.Ko,
                data_advice_en = measured.DataAdvice.En,
            }));
        session.Load(
            "themes",
            "dataset_id VARCHAR, theme VARCHAR",
            datasets.SelectMany(entry => entry.Metadata.Theme.Distinct().Select(theme => new { dataset_id = entry.Id.ToString(), theme })));
        await LoadUploadsAsync(session, sources.Uploads, hidden, local, cancellation);
        session.Load("hidden", "dataset_id VARCHAR", hidden.Select(id => new { dataset_id = id.ToString() }));
        return [.. datasets.Select(entry => (entry.Id.ToString(), entry.Title))];
    }

    // Drops into datasets that are not public are counted and not named.
    private static async Task LoadUploadsAsync(
        Session session, UploadLog uploads, HashSet<DatasetId> hidden, LocalTime local, CancellationToken cancellation)
    {
        var drops = new List<Upload>();
        await foreach (var upload in uploads.ListAsync(cancellation))
        {
            var isHidden = DatasetId.TryCreate(upload.Agency, upload.Dataset, out var id) && hidden.Contains(id);
            drops.Add(isHidden ? upload with { Dataset = null, Path = "" } : upload);
        }

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
                dropped_at = local.Of(upload.DroppedAt),
                finished_at = upload.FinishedAt is { } at ? local.Of(at) : (DateTime?)null,
            }));
    }
}
