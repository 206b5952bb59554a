using OpenData.Query.Subjects;

namespace OpenData.Api.Mcp;

/// <summary>
/// Ranks datasets by the words of a question as people write it: a dataset need not have every word, and Korean particles at the end of a
/// word do not matter.
/// </summary>
internal static class DatasetRanking
{
    private const int MaxWords = 20;

    private static readonly string[] Particles =
        ["에서의", "으로의", "에서", "으로", "부터", "까지", "별로", "은", "는", "이", "가", "을", "를", "의", "에", "와", "과", "도", "로", "별"];

    /// <summary>The datasets that have at least one of the words, the best first.</summary>
    public static IReadOnlyList<ServedDataset> Rank(IEnumerable<ServedDataset> datasets, string question)
    {
        var words = Words(question);
        return
        [
            .. datasets.Select(dataset => (Dataset: dataset, Score: Score(dataset, words)))
                .Where(one => one.Score > 0)
                .OrderByDescending(one => one.Score)
                .ThenByDescending(one => one.Dataset.Rows)
                .ThenBy(one => one.Dataset.Version.DatasetId, StringComparer.Ordinal)
                .Select(one => one.Dataset),
        ];
    }

    private static List<string[]> Words(string question)
    {
        var words = new List<string[]>();
        foreach (var part in new string([.. UnicodeText.Nfc(question).Select(c => char.IsLetterOrDigit(c) ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxWords))
        {
            var stems = Particles
                .Where(end => part.Length >= end.Length + 2 && part.EndsWith(end, StringComparison.Ordinal))
                .Select(end => part[..^end.Length]);
            words.Add([part, .. stems]);
        }

        return words;
    }

    private static int Score(ServedDataset dataset, List<string[]> words)
    {
        var metadata = dataset.Entry.Metadata;
        var score = 0;
        foreach (var forms in words)
        {
            if (Has(dataset.Entry.Title) || Has(dataset.Version.DatasetId)) score += 8;
            if (metadata.Keyword.Any(Has)) score += 5;
            if (Has(dataset.Version.Source.Path)) score += 5; // the file's name says what it is where the agency has not
            if (metadata.Theme.Any(Has)) score += 3;
            if (Has(dataset.Entry.Publisher)) score += 3;
            if (dataset.Version.Fields.Any(field => Has(field.Label) || Has(field.Name) || Has(field.Description))) score += 3;
            if (Has(metadata.Description)) score += 2;

            bool Has(string? text) => text is not null && forms.Any(form => text.Contains(form, StringComparison.OrdinalIgnoreCase));
        }

        return score;
    }
}
