using System.Globalization;
using Azure.Storage.Blobs;

namespace OpenData.Ingest.Publishing;

/// <summary>Names of blobs as anybody with write access can make them: up to 1,024 characters of any kind.</summary>
internal static class DropName
{
    private const int MaxFileName = 255;

    /// <summary>
    /// Whether a file's name can be a part of other names and be shown to people: 1 to 255 characters, neither <c>.</c> nor <c>..</c>,
    /// without
    /// control characters and without those that reorder or hide others.
    /// </summary>
    public static bool IsFileName(string name) =>
        name is { Length: > 0 and <= MaxFileName } and not ("." or "..") && !name.Any(IsInvisible);

    /// <summary>
    /// Whether a client's address leads to the blob of this name: <c>..</c>, <c>.</c> and some others are resolved before they are sent.
    /// </summary>
    public static bool IsAddressable(BlobClient blob, string name) =>
        Uri.UnescapeDataString(blob.Uri.AbsolutePath).EndsWith($"/{blob.BlobContainerName}/{name}", StringComparison.Ordinal);

    // Joiners are part of how some scripts are written.
    private static bool IsInvisible(char c) => c is not ('\u200C' or '\u200D') && CharUnicodeInfo.GetUnicodeCategory(c) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
