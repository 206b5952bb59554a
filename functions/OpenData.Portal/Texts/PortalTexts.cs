using System.Collections.Frozen;
using System.Text.Json;

namespace OpenData.Portal.Texts;

/// <summary>Every text of the pages, in Korean and in English, from <c>texts.json</c>.</summary>
internal static class PortalTexts
{
    private static readonly FrozenDictionary<string, PortalText> All = Read();

    /// <summary>The languages of the pages, the one that is taken where nobody says first.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["ko", "en"];

    /// <summary>The names of all texts.</summary>
    public static IEnumerable<string> Names => All.Keys;

    /// <summary>A text in both languages; null if there is none of that name.</summary>
    public static PortalText? Find(string name) => All.GetValueOrDefault(name);

    /// <summary>A text in a language.</summary>
    /// <param name="language"><c>ko</c> or <c>en</c>.</param>
    /// <param name="name">Its name, such as <c>catalog.title</c>.</param>
    /// <exception cref="ArgumentException">There is no text of that name: a fault of a page, which a test finds.</exception>
    public static string Get(string language, string name) => All.TryGetValue(name, out var text)
        ? language == "ko" ? text.Ko : text.En
        : throw new ArgumentException($"texts.json has no text '{name}'.", nameof(name));

    private static FrozenDictionary<string, PortalText> Read()
    {
        using var stream = typeof(PortalTexts).Assembly.GetManifestResourceStream("OpenData.Portal/texts.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, PortalText>>(stream, OpenDataJson.Options)!
            .ToFrozenDictionary(StringComparer.Ordinal);
    }
}

/// <summary>A text in both languages; <c>{0}</c>, <c>{1}</c> … stand for what differs each time.</summary>
/// <param name="Ko">In Korean.</param>
/// <param name="En">In English.</param>
internal sealed record PortalText(string Ko, string En);
