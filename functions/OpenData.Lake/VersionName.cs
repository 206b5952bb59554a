using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpenData.Lake;

/// <summary>Names of versions and of the blobs that make one up.</summary>
public static class VersionName
{
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    /// <summary>The manifest's file name in a version's folder.</summary>
    public const string ManifestFile = "version.json";

    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff'Z'";

    /// <summary>Whether a text is a version's name.</summary>
    public static bool IsValid([NotNullWhen(true)] string? text) =>
        text?.IndexOf('-') is > 0 and var dash && dash + 1 < text.Length
            && TryTime(text, out _) && text.AsSpan(dash + 1).IndexOfAnyExcept(Hexadecimal) < 0;

    /// <summary>
    /// The name of the version that a drop becomes: the same for the same blob path and ETag, and sorting by the time of the drop,
    /// such as <c>20260305T093000123Z-1f3870be</c>.
    /// </summary>
    public static string Of(string path, string etag, DateTimeOffset droppedAt)
    {
        var time = droppedAt.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{path}\n{etag}"));
        return $"{time}-{Convert.ToHexStringLower(hash, 0, 4)}";
    }

    /// <summary>
    /// The name of the version that a drop becomes when its rows are put behind those of another version: the same for the same drop and
    /// the same base, and sorting behind the base even if the drop is older.
    /// </summary>
    public static string After(string baseVersion, string path, string etag, DateTimeOffset droppedAt)
    {
        if (!TryTime(baseVersion, out var next)) throw new FormatException($"'{baseVersion}' is not the name of a version.");
        next = next.AddMilliseconds(1);
        return Of($"{path}\n{baseVersion}", etag, droppedAt > next ? droppedAt : next);
    }

    /// <summary>
    /// The name of the version that replaces another: the drop's own if that sorts behind, else as if its rows followed. Storage tells the
    /// time of a drop in whole seconds, so that two drops of one second are no rare case.
    /// </summary>
    public static string Replacing(string served, string path, string etag, DateTimeOffset droppedAt)
    {
        var own = Of(path, etag, droppedAt);
        return string.CompareOrdinal(own, served) > 0 ? own : After(served, path, etag, droppedAt);
    }

    /// <summary>The folder of a version in the lake container, with its closing slash.</summary>
    public static string Folder(DatasetId id, string version) => $"{id}/{version}/";

    /// <summary>The manifest's blob name in the lake container.</summary>
    public static string Manifest(DatasetId id, string version) => Folder(id, version) + ManifestFile;

    /// <summary>
    /// The folders in which a version may lie: its own, and the one in decomposed letters (as macOS writes them) in which releases up to
    /// November 2026
    /// put what was dropped under such a name.
    /// </summary>
    public static IEnumerable<string> Folders(DatasetId id, string version)
    {
        var own = Folder(id, version);
        return UnicodeText.Nfd(own) is var decomposed && decomposed != own ? [own, decomposed] : [own];
    }

    private static bool TryTime(string version, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        version.AsSpan(0, Math.Max(version.IndexOf('-'), 0)),
        TimeFormat,
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal,
        out time);
}
