namespace OpenData.Query.Language;

/// <summary>What someone may have meant who wrote what is not there.</summary>
public static class Spelling
{
    private const int MaxLength = 200; // of what was written, in UTF-16 characters: nobody means anything by more

    /// <summary>The nearest of some names, if no more than half of what was written would have to change; otherwise null.</summary>
    public static string? Nearest(IEnumerable<string> names, string written)
    {
        if (written.Length > MaxLength) return null;
        var nearest = names.MinBy(name => Distance(name, written));
        return nearest is not null && Distance(nearest, written) <= Math.Max(1, written.Length / 2) ? nearest : null;
    }

    /// <summary>How many characters have to be put in, left out or changed (Levenshtein), upper and lower case being the same.</summary>
    public static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1)));
            }
        }

        return row[^1];
    }
}
