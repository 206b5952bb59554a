using System.Text;
using OpenData.Lake;

namespace OpenData.Ingest.Typing;

/// <summary>Makes queryable names of labels.</summary>
internal static class FieldNames
{
    /// <summary>
    /// The names of fields with these labels, in their order: letters and digits of any script stay as they are (letters in lower case),
    /// everything else becomes an underscore. Nothing is cut or romanised; what would be the same gets a number; what would begin with a
    /// digit or be empty gets a word before it. A label of the previous version keeps its name.
    /// </summary>
    /// <param name="labels">The headers.</param>
    /// <param name="declared">The names that the agency declares, null where it does not.</param>
    /// <param name="previous">The fields of the dataset's current version, if there is one.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> labels, IReadOnlyList<string?> declared, IReadOnlyList<Field>? previous)
    {
        var names = new string[labels.Count];
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < names.Length; i++)
        {
            if (declared[i] is { Length: > 0 } name && taken.Add(name)) names[i] = name;
        }

        var earlier = (previous ?? []).GroupBy(field => field.Label).ToDictionary(
            group => group.Key, group => new Queue<string>(group.Select(field => field.Name)));
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] is null && earlier.TryGetValue(labels[i], out var known) && known.TryDequeue(out var name) && taken.Add(name))
            {
                names[i] = name;
            }
        }

        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] is not null) continue;

            var stem = Stem(labels[i], i);
            var name = stem;
            for (var n = 2; !taken.Add(name); n++) name = $"{stem}_{n}";

            names[i] = name;
        }

        return names;
    }

    private static string Stem(string label, int index)
    {
        var stem = new StringBuilder(label.Length);
        foreach (var rune in UnicodeText.Nfc(label).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune)
                || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark
                    or System.Globalization.UnicodeCategory.SpacingCombiningMark)
            {
                stem.Append(Rune.ToLowerInvariant(rune));
            }
            else if (stem.Length > 0 && stem[^1] != '_')
            {
                stem.Append('_');
            }
        }

        while (stem.Length > 0 && stem[^1] == '_') stem.Length--;

        if (stem.Length == 0) return $"column_{index + 1}";

        return char.IsDigit(stem[0]) ? $"n_{stem}" : stem.ToString();
    }
}
