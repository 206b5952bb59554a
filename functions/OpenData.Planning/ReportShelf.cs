using System.Globalization;
using Azure.Storage.Blobs.Models;
using OpenData.Lake;

namespace OpenData.Planning;

/// <summary>The reports that have been written.</summary>
public static class ReportShelf
{
    /// <summary>Where, in a report's HTML, <see cref="Notice"/> belongs.</summary>
    public const string NoticePlace = "<!-- notice -->";

    /// <summary>The editions' names: daily editions first, the latest first.</summary>
    public static async Task<IReadOnlyList<string>> ListAsync(Storage storage, CancellationToken cancellation = default)
    {
        var editions = new List<string>();
        await foreach (var item in storage.Reports.GetBlobsByHierarchyAsync(new GetBlobsByHierarchyOptions { Delimiter = "/" }, cancellation))
        {
            if (item.IsPrefix && item.Prefix != ReportRun.Latest + "/") editions.Add(item.Prefix[..^1]);
        }

        return [.. editions.OrderByDescending(name => DateOnly.TryParseExact(name, "yyyy-MM-dd", out _)).ThenByDescending(name => name, StringComparer.Ordinal)];
    }

    /// <summary>What the latest report must say of itself when the run after it failed: HTML, empty if all is well.</summary>
    public static string Notice(ReportState? state) => state?.Error is null ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"""
        <p class="notice" role="alert"><b lang="ko">{state.At:yyyy-MM-dd HH:mm} UTC의 보고서 생성이 실패하여 마지막으로 완성된 보고서를 표시합니다.</b>
        <b lang="en">The run of {state.At:yyyy-MM-dd HH:mm} UTC failed; this is the last report that was finished.</b></p>
        """);

    /// <summary>A report's HTML with English chosen instead of Korean; the reader can still change it.</summary>
    public static string InEnglish(string page) => page
        .Replace("id=\"lang-ko\" checked", "id=\"lang-ko\"", StringComparison.Ordinal)
        .Replace("id=\"lang-en\"", "id=\"lang-en\" checked", StringComparison.Ordinal)
        .Replace("<html lang=\"ko\">", "<html lang=\"en\">", StringComparison.Ordinal);
}
