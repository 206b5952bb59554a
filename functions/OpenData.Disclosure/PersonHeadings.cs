using System.Text.Json;

namespace OpenData.Disclosure;

/// <summary>
/// The headings under which tables describe persons, and what Korean names look like, from <c>Persons/persons.json</c>.
/// </summary>
internal sealed record PersonHeadings
{
    private static readonly Lazy<PersonHeadings> Loaded = new(Read);

    /// <summary>The headings of this release.</summary>
    public static PersonHeadings Default => Loaded.Value;

    public required string Surnames { get; init; }

    public required IReadOnlyList<string> CompoundSurnames { get; init; }

    public required IReadOnlyList<string> NameHeadings { get; init; }

    public required IReadOnlyList<string> RoleHeadings { get; init; }

    public required IReadOnlyList<string> BirthHeadings { get; init; }

    public required IReadOnlyList<string> HomeHeadings { get; init; }

    public required IReadOnlyList<string> PhoneHeadings { get; init; }

    /// <summary>
    /// Whether a column under a folded heading holds the names of private persons, and not of those who act for an organisation.
    /// </summary>
    public bool IsName(string heading) =>
        !IsRole(heading)
            && NameHeadings.Any(word => heading == word || word.Length > 2 && heading.EndsWith(word, StringComparison.Ordinal));

    public bool IsBirth(string heading) => BirthHeadings.Any(heading.Contains);

    public bool IsHome(string heading) => HomeHeadings.Any(word => heading.EndsWith(word, StringComparison.Ordinal)) && !IsRole(heading);

    public bool IsPhone(string heading) => PhoneHeadings.Any(heading.Contains) && !IsRole(heading);

    /// <summary>
    /// Whether a text looks like a person's name: a Korean surname and one to three syllables (some of them masked or not), or two to
    /// four capitalised words.
    /// </summary>
    public bool LooksLikeName(string text)
    {
        text = text.Trim();
        if (text.Length is >= 2 and <= 5 && text.All(static c => c is >= '가' and <= '힣'))
        {
            return Surnames.Contains(text[0], StringComparison.Ordinal) && text.Length <= 4 || CompoundSurnames.Any(text.StartsWith);
        }

        var words = text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        return words.Length is >= 2 and <= 4 && words.All(IsCapitalised);
    }

    private static bool IsCapitalised(string word) =>
        char.IsAsciiLetterUpper(word[0]) && word.All(static c => char.IsAsciiLetter(c) || c is '-' or '.' or '\'');

    private bool IsRole(string heading) => RoleHeadings.Any(heading.Contains);

    private static PersonHeadings Read()
    {
        using var stream = typeof(PersonHeadings).Assembly.GetManifestResourceStream("OpenData.Disclosure/persons.json")!;
        return JsonSerializer.Deserialize<PersonHeadings>(stream, JsonSerializerOptions.Web)!;
    }
}
