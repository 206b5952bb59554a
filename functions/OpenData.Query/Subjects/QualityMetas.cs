using OpenData.Catalog.Quality;

namespace OpenData.Query.Subjects;

/// <summary>
/// The quality of a dataset in points: of its metadata after data.europa.eu's Metadata Quality Assessment, and the data itself.
/// </summary>
/// <param name="Score">Both halves at equal weight, 0 to 100.</param>
/// <param name="MetadataRating">MQA's word for the points of the metadata: <c>excellent</c>, <c>good</c>, <c>sufficient</c> or
/// <c>bad</c>.</param>
/// <param name="MetadataPoints">Of the metadata, 0 to 405: the sum of the next five.</param>
/// <param name="Findability">Keywords, themes, place and time, 0 to 100.</param>
/// <param name="Accessibility">Addresses that answer, 0 to 100.</param>
/// <param name="Interoperability">Formats and DCAT-AP, 0 to 110.</param>
/// <param name="Reusability">Licence, access rights, contact and publisher, 0 to 75.</param>
/// <param name="Contextuality">Rights, size and dates, 0 to 20.</param>
/// <param name="DataPoints">Of the data, 0 to 100: the sum of the next four.</param>
/// <param name="Completeness">Cells that have a value, 0 to 30.</param>
/// <param name="Validity">Rows without a problem, 0 to 30.</param>
/// <param name="Uniqueness">Rows whose key no other has, 0 to 20.</param>
/// <param name="Freshness">Uploads as often as was declared, 0 to 20; it changes with the day.</param>
public sealed record QualityMetas(
    double Score,
    string MetadataRating,
    double MetadataPoints,
    double Findability,
    double Accessibility,
    double Interoperability,
    double Reusability,
    double Contextuality,
    double DataPoints, double Completeness, double Validity, double Uniqueness, double Freshness)
{
    /// <summary>Sums a score up.</summary>
    public static QualityMetas Of(QualityScore score)
    {
        return new QualityMetas(
            score.Percent,
            score.MetadataRating,
            score.MetadataPoints,
            Dimension("findability"),
            Dimension("accessibility"),
            Dimension("interoperability"),
            Dimension("reusability"),
            Dimension("contextuality"),
            Math.Round(score.DataPoints, 2),
            Data("completeness"),
            Data("validity"),
            Data("uniqueness"),
            Data("freshness"));

        double Dimension(string name) => score.Metadata.Where(measure => measure.Dimension == name).Sum(measure => measure.Points);

        double Data(string name) => score.Data.Single(measure => measure.Name == name).Points;
    }
}
