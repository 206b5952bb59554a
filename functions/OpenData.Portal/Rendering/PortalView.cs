using System.Globalization;
using OpenData.Portal.Texts;

namespace OpenData.Portal.Rendering;

/// <summary>What every part of a page needs: the reader's language, and how addresses, numbers and days are written.</summary>
public sealed record PortalView
{
    /// <summary>The reader's language: <c>ko</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>The address that was asked for.</summary>
    public required PageAddress Address { get; init; }

    /// <summary>The service's address as the public sees it, without a slash at its end.</summary>
    public required string Root { get; init; }

    /// <summary>The portal's name.</summary>
    public required string PortalName { get; init; }

    /// <summary>The country's clock.</summary>
    public required LocalTime Time { get; init; }

    /// <summary>The time at which the page is made.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The last segment of a static file's address, by the file's name.</summary>
    public required Func<string, string> AssetAddress { get; init; }

    /// <summary>A text in the reader's language, with its places filled.</summary>
    public string Text(string name, params ReadOnlySpan<object?> values)
    {
        var text = PortalTexts.Get(Language, name);
        return values.IsEmpty ? text : string.Format(CultureInfo.InvariantCulture, text, values);
    }

    /// <summary>A text by a name that is made of data, such as a state's; the data itself where there is no such text.</summary>
    public string Term(string group, string value) =>
        PortalTexts.Find($"{group}.{value}") is null ? value : PortalTexts.Get(Language, $"{group}.{value}");

    /// <summary>The address of a page in the reader's language.</summary>
    /// <param name="path">The path after the language, such as <c>/datasets</c>; empty for the home page.</param>
    public string Link(string path) => $"/portal/{Language}{path}";

    /// <summary>The address of a dataset's page.</summary>
    public string DatasetLink(string datasetId, string below = "") => Link($"/datasets/{Escape(datasetId)}{below}");

    /// <summary>The address of a static file.</summary>
    public string Asset(string name) => $"/portal/assets/{AssetAddress(name)}";

    /// <summary>A whole number with thousands separated.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A share, 0 to 1, in percent with at most one digit after the point.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    /// <summary>A size in bytes in a unit that is easy to read.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} B",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#} GB"),
    };

    /// <summary>The local day of an instant, as <c>2026-11-25</c>.</summary>
    public string Day(DateTimeOffset at) => Day(Time.DayOf(at));

    /// <summary>The local date and time of an instant, as <c>2026-11-25 09:30</c>.</summary>
    public string Moment(DateTimeOffset at) => Time.Of(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A day, as <c>2026-11-25</c>.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A text as a segment of a path; the sign @ of dataset ids stays readable.</summary>
    public static string Escape(string text) => Uri.EscapeDataString(text).Replace("%40", "@", StringComparison.Ordinal);
}
