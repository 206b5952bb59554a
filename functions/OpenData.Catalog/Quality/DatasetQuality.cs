using OpenData.Lake;

namespace OpenData.Catalog.Quality;

/// <summary>Scores datasets; the weights stand with <see cref="MetadataQuality"/> and <see cref="DataQuality"/>.</summary>
public static class DatasetQuality
{
    /// <summary>Scores a dataset as it is now.</summary>
    /// <param name="metadata">What the agency says of it.</param>
    /// <param name="version">The version that is served, with its profile; null if none is.</param>
    /// <param name="now">The time to judge freshness by.</param>
    public static QualityScore Of(DatasetMetadata metadata, DatasetVersion? version, DateTimeOffset now) =>
        Of(metadata, version, DataMeasures.Of(metadata, version), now);

    /// <summary>Scores a dataset whose data was measured before.</summary>
    /// <param name="metadata">What the agency says of it.</param>
    /// <param name="version">The version that is served, which need not have its profile; null if none is.</param>
    /// <param name="measures">What was measured of that version.</param>
    /// <param name="now">The time to judge freshness by.</param>
    public static QualityScore Of(DatasetMetadata metadata, DatasetVersion? version, DataMeasures measures, DateTimeOffset now) =>
        new(MetadataQuality.Of(metadata, version), DataQuality.Of(metadata, version, measures, now));
}
