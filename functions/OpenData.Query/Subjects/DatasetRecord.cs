using OpenData.Catalog;
using OpenData.Lake;
using OpenData.Query.Schema;

namespace OpenData.Query.Subjects;

/// <summary>A dataset as the API describes it: one record of the catalogue. Its JSON form is the contract's.</summary>
/// <param name="DatasetId">The dataset, as <c>{dataset}@{agency}</c>.</param>
/// <param name="DatasetUid">The same: ids do not change here.</param>
/// <param name="Attachments">The original file; none where the viewer may not have it.</param>
/// <param name="HasRecords">Always true: what has no records is not published.</param>
/// <param name="DataVisible">Whether the viewer may read its records.</param>
/// <param name="Features">What its fields are good for: <c>analyze</c>, <c>timeserie</c>, <c>geo</c>.</param>
/// <param name="Fields">Its fields, in file order.</param>
/// <param name="Metas">What is known of it, by template.</param>
public sealed record DatasetRecord(
    string DatasetId, string DatasetUid, IReadOnlyList<AttachmentRecord> Attachments, bool HasRecords, bool DataVisible,
    IReadOnlyList<string> Features, IReadOnlyList<FieldRecord> Fields, MetasRecord Metas)
{
    /// <summary>Describes a dataset.</summary>
    /// <param name="dataset">The dataset, as its viewer may see it.</param>
    /// <param name="asOf">The time to judge its freshness by.</param>
    public static DatasetRecord Of(ServedDataset dataset, DateTimeOffset asOf)
    {
        var (entry, version) = (dataset.Entry, dataset.Version);
        var metadata = entry.Metadata;
        var language = TextLanguage.OfFirst([metadata.Title, metadata.Description, .. version.Fields.Select(field => field.Label)]);
        return new DatasetRecord(
            version.DatasetId,
            version.DatasetId,
            dataset.ShowsOriginal ? [AttachmentRecord.Of(version.Source)] : [],
            HasRecords: true,
            DataVisible: dataset.ShowsRecords,
            FeaturesOf(version),
            [.. version.Fields.Select(
                field => new FieldRecord(field.Name, field.Label, ValueKinds.Of(field.Type).ApiName(), field.Description, []))],
            new MetasRecord(
                new DefaultMetas(
                    entry.Title, metadata.Description, metadata.Theme, metadata.Keyword, metadata.License,
                    metadata.License?.StartsWith("http", StringComparison.OrdinalIgnoreCase) == true ? metadata.License : null,
                    language,
                    version.Source.DroppedAt,
                    version.ProcessedAt,
                    entry.DescribedAt > version.ProcessedAt ? entry.DescribedAt.Value : version.ProcessedAt,
                    version.Rows,
                    entry.Publisher,
                    null,
                    null,
                    version.Version),
                new DcatMetas(metadata.UpdateFrequency, metadata.Contact, version.Source.DroppedAt),
                QualityMetas.Of(dataset.Quality(asOf))));
    }

    private static List<string> FeaturesOf(DatasetVersion version)
    {
        var features = new List<string> { "analyze" };
        if (version.Fields.Any(field => ValueKinds.Of(field.Type).IsTime())) features.Add("timeserie");
        if (version.Fields.Any(field => field.Type == FieldType.GeoPoint)) features.Add("geo");
        return features;
    }
}

/// <summary>A field as the API describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Label">Its header as the agency wrote it.</param>
/// <param name="Type">Its type's name in the API.</param>
/// <param name="Description">The agency's words about it.</param>
/// <param name="Annotations">Hints to clients; none.</param>
public sealed record FieldRecord(string Name, string Label, string Type, string? Description, Dictionary<string, string[]> Annotations);

/// <summary>An original file as the API describes it.</summary>
/// <param name="Mimetype">Its media type.</param>
/// <param name="Url">Its name in the API's own scheme.</param>
/// <param name="Id">Its name in the attachments' path.</param>
/// <param name="Title">Its file name.</param>
public sealed record AttachmentRecord(string Mimetype, string Url, string Id, string Title)
{
    /// <summary>Describes a version's source.</summary>
    public static AttachmentRecord Of(SourceFile source)
    {
        var name = source.Path[(source.Path.LastIndexOf('/') + 1)..];
        var format = source.Format.Split('.')[0];
        var mediaType = source.Format.EndsWith(".gz", StringComparison.Ordinal) ? "application/gzip" : format switch
        {
            "csv" => "text/csv",
            "tsv" => "text/tab-separated-values",
            "json" => "application/json",
            "ndjson" or "jsonl" => "application/x-ndjson",
            "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xls" => "application/vnd.ms-excel",
            "parquet" => "application/vnd.apache.parquet",
            "zip" => "application/zip",
            _ => "application/octet-stream",
        };
        return new AttachmentRecord(mediaType, $"odsfile://{name}", name, name);
    }
}

/// <summary>What is known of a dataset, by template.</summary>
/// <param name="Default">What every dataset has.</param>
/// <param name="Dcat">What harvesters want besides.</param>
/// <param name="Quality">How good it is.</param>
public sealed record MetasRecord(DefaultMetas Default, DcatMetas Dcat, QualityMetas Quality);

/// <summary>What every dataset has; null where nothing is known.</summary>
/// <param name="Title">Its name for people.</param>
/// <param name="Description">What it is.</param>
/// <param name="Theme">The themes it belongs to.</param>
/// <param name="Keyword">Words to find it by.</param>
/// <param name="License">Its licence's URL or name.</param>
/// <param name="LicenseUrl">The licence's URL.</param>
/// <param name="Language">The language of its texts, as far as their script tells.</param>
/// <param name="Modified">When the agency dropped it.</param>
/// <param name="DataProcessed">When ingest finished.</param>
/// <param name="MetadataProcessed">When what is known of it last changed.</param>
/// <param name="RecordsCount">How many records it has.</param>
/// <param name="Publisher">Who publishes it.</param>
/// <param name="References">Where it comes from; not known.</param>
/// <param name="Attributions">Whom to name; not known.</param>
/// <param name="Version">The version that this describes.</param>
public sealed record DefaultMetas(
    string Title,
    string? Description,
    IReadOnlyList<string> Theme,
    IReadOnlyList<string> Keyword,
    string? License,
    string? LicenseUrl,
    string? Language,
    DateTimeOffset Modified,
    DateTimeOffset DataProcessed,
    DateTimeOffset MetadataProcessed,
    long RecordsCount,
    string Publisher,
    string? References,
    IReadOnlyList<string>? Attributions,
    string Version);

/// <summary>What harvesters want besides.</summary>
/// <param name="Accrualperiodicity">How often it is renewed.</param>
/// <param name="ContactName">Whom to ask.</param>
/// <param name="Issued">When this version was dropped.</param>
public sealed record DcatMetas(string? Accrualperiodicity, string? ContactName, DateTimeOffset Issued);
