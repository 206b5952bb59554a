using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace OpenData.Lake;

/// <summary>
/// Names one dataset: <c>{dataset}@{agency}</c>, the two folder names under which its files are dropped.
/// Each part is 1 to 100 characters long, Unicode letters, marks, digits, <c>-</c>, <c>_</c> and <c>.</c>,
/// and begins with a letter or a digit, so that an id is safe in a URL path, a blob name and a table key. Ids are in Unicode's normal form
/// C:
/// names that differ by their normal form only, as a Mac and Windows write them, are one dataset.
/// </summary>
[JsonConverter(typeof(DatasetIdJson))]
public readonly record struct DatasetId
{
    /// <summary>The longest agency or dataset name, in UTF-16 characters.</summary>
    public const int MaxPartLength = 100;

    private const int LongestDecomposition = 4; // UTF-16 characters that become one in normal form C

    private DatasetId(string agency, string dataset) => (Agency, Dataset) = (agency, dataset);

    /// <summary>The publishing agency's folder name.</summary>
    public string Agency { get; }

    /// <summary>The dataset's folder name within the agency.</summary>
    public string Dataset { get; }

    /// <summary>Makes an id from the two folder names; false if either is not a valid name.</summary>
    public static bool TryCreate(string? agency, string? dataset, out DatasetId id)
    {
        if (TryName(agency, out var of) && TryName(dataset, out var name))
        {
            id = new DatasetId(of, name);
            return true;
        }

        id = default;
        return false;
    }

    /// <summary>Reads <c>{dataset}@{agency}</c>; false for anything else.</summary>
    public static bool TryParse(string? text, out DatasetId id)
    {
        id = default;
        var at = text?.IndexOf('@') ?? -1;
        return at > 0 && TryCreate(text![(at + 1)..], text[..at], out id);
    }

    /// <summary>Reads <c>{dataset}@{agency}</c>.</summary>
    /// <exception cref="FormatException">The text is not a dataset id.</exception>
    public static DatasetId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a dataset id: expected {{dataset}}@{{agency}}.");

    /// <summary>Whether a text may stand as an agency's or a dataset's name.</summary>
    public static bool IsName([NotNullWhen(true)] string? text) => TryName(text, out _);

    /// <summary>Reads an agency's or a dataset's name; it is in normal form C then, however it was written.</summary>
    public static bool TryName(string? text, [NotNullWhen(true)] out string? name)
    {
        name = text is { Length: > 0 and <= MaxPartLength * LongestDecomposition } && text.All(IsNameCharacter)
            ? UnicodeText.Nfc(text)
            : null;
        if (name is { Length: <= MaxPartLength } && char.IsLetterOrDigit(name[0])) return true;
        name = null;
        return false;
    }

    private static bool IsNameCharacter(char c) =>
        char.IsLetterOrDigit(c) || c is '-' or '_' or '.'
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <inheritdoc/>
    public override string ToString() => $"{Dataset}@{Agency}";
}
