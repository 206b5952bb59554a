namespace OpenData.Catalog.Quality;

/// <summary>The quality of a dataset: of its metadata, and of the data itself.</summary>
/// <param name="Metadata">The metadata's measures, 405 points in all, after data.europa.eu's Metadata Quality Assessment.</param>
/// <param name="Data">The data's measures, 100 points in all.</param>
public sealed record QualityScore(IReadOnlyList<QualityMeasure> Metadata, IReadOnlyList<QualityMeasure> Data)
{
    /// <summary>Points for the metadata, 0 to 405.</summary>
    public double MetadataPoints => Metadata.Sum(measure => measure.Points);

    /// <summary>Points for the data, 0 to 100.</summary>
    public double DataPoints => Data.Sum(measure => measure.Points);

    /// <summary>
    /// MQA's word for the metadata's points: <c>excellent</c> from 351, <c>good</c> from 221, <c>sufficient</c> from 121, else <c>bad</c>.
    /// </summary>
    public string MetadataRating => MetadataPoints switch { >= 351 => "excellent", >= 221 => "good", >= 121 => "sufficient", _ => "bad" };

    /// <summary>Both halves at equal weight, 0 to 100: <c>(metadata points / 405 + data points / 100) / 2 × 100</c>.</summary>
    public double Percent => Math.Round(50 * ((MetadataPoints / MetadataQuality.MostPoints) + (DataPoints / DataQuality.MostPoints)), 1);
}

/// <summary>One thing that was measured.</summary>
/// <param name="Dimension">The group it belongs to, such as <c>findability</c>.</param>
/// <param name="Name">What was measured, such as <c>keyword</c>.</param>
/// <param name="Points">Points reached, 0 to <paramref name="Weight"/>.</param>
/// <param name="Weight">The most points it can give.</param>
/// <param name="Missing">What the agency can do for the points that are missing; null if none are.</param>
public sealed record QualityMeasure(string Dimension, string Name, double Points, double Weight, string? Missing);
