namespace OpenData.Catalog;

/// <summary>
/// How often a dataset is to be renewed: the words that <see cref="DatasetMetadata.UpdateFrequency"/> may have, which are the codes of the
/// EU's frequency list
/// (op.europa.eu/en/web/eu-vocabularies/dataset/-/resource?uri=http://publications.europa.eu/resource/dataset/frequency) and their English
/// labels, in any case.
/// </summary>
public static class UpdateFrequency
{
    // Days between two updates, and how old the data may be at most: with room for a weekend or the length of a month.
    private static readonly Dictionary<string, (int? Days, double Allowed)> Known = Table(
        (1, 1, "cont continuous update_cont hourly"),
        (1, 2, "daily daily_2"),
        (3, 4, "weekly_3"),
        (4, 5, "weekly_2 semiweekly twice_weekly"),
        (7, 8, "weekly"),
        (11, 13, "monthly_3"),
        (14, 16, "biweekly"),
        (16, 18, "monthly_2 semimonthly"),
        (31, 35, "monthly"),
        (62, 66, "bimonthly"),
        (92, 97, "quarterly"),
        (122, 127, "annual_3"),
        (184, 190, "annual_2 semiannual"),
        (366, 380, "annual"),
        (731, 750, "biennial"),
        (1096, 1115, "triennial"),
        (null, 380, "irreg irregular"),
        (null, double.PositiveInfinity, "never"));

    /// <summary>Days between two updates; null if the word is not known, or nothing can be late.</summary>
    public static int? Days(string? frequency) => frequency is not null && Known.TryGetValue(frequency, out var known) ? known.Days : null;

    /// <summary>
    /// How many days old the data may be before that counts as a fault; infinity if it never does, null if the word is not known.
    /// </summary>
    public static double? Allowed(string? frequency) =>
        frequency is not null && Known.TryGetValue(frequency, out var known) ? known.Allowed : null;

    private static Dictionary<string, (int? Days, double Allowed)> Table(params (int? Days, double Allowed, string Words)[] rows) => rows
        .SelectMany(row => row.Words.Split(' ').Select(word => (word, (row.Days, row.Allowed))))
        .ToDictionary(StringComparer.OrdinalIgnoreCase);
}
