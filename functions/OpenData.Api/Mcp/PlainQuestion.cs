using System.Text.Json;

namespace OpenData.Api.Mcp;

/// <summary>
/// Finds datasets by the words of a question as people write it: a dataset need not have every word, and Korean particles at the end of a
/// word do not matter. The catalogue's own search puts the best first.
/// </summary>
internal static class PlainQuestion
{
    private const int MaxWords = 20;

    private static readonly string[] Particles =
        ["에서의", "으로의", "에서", "으로", "부터", "까지", "별로", "은", "는", "이", "가", "을", "를", "의", "에", "와", "과", "도", "로", "별"];

    /// <summary>The condition that a dataset has at least one of the words; null if the question has none.</summary>
    public static string? Condition(string question)
    {
        var words = Words(question).Take(MaxWords)
            .Select(word => $"search({JsonSerializer.Serialize(word, OpenDataJson.Options)})")
            .ToList();
        return words.Count == 0 ? null : string.Join(" or ", words);
    }

    /// <summary>The words of a question, each as it is written and without a particle.</summary>
    private static List<string> Words(string question)
    {
        var words = new List<string>();
        foreach (var part in new string([.. UnicodeText.Nfc(question).Select(c => char.IsLetterOrDigit(c) ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxWords))
        {
            var stems = Particles
                .Where(end => part.Length >= end.Length + 2 && part.EndsWith(end, StringComparison.Ordinal))
                .Select(end => part[..^end.Length]);
            words.AddRange([part, .. stems]);
        }

        return words;
    }
}
