using System.Globalization;

namespace OpenData.Planning.Report;

/// <summary>What is changed in a report's HTML when it is served.</summary>
public static class ServedPage
{
    /// <summary>Where, in a report's HTML, <see cref="Notice"/> belongs.</summary>
    public const string NoticePlace = "<!-- notice -->";

    /// <summary>What the latest report must say of itself when the run after it failed: HTML, empty if none did.</summary>
    /// <param name="failedAt">When the failed run began; null if the last run succeeded.</param>
    public static string Notice(DateTimeOffset? failedAt) => failedAt is not { } at ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"""
        <p class="notice" role="alert"><b lang="ko">{at:yyyy-MM-dd HH:mm} UTC의 보고서 생성이 실패하여 마지막으로 완성된 보고서를 표시합니다.</b>
        <b lang="en">The run of {at:yyyy-MM-dd HH:mm} UTC failed; this is the last report that was finished.</b></p>
        """);

    /// <summary>A report's HTML with English chosen instead of Korean; the reader can still change it.</summary>
    public static string InEnglish(string page) => page
        .Replace("id=\"lang-ko\" checked", "id=\"lang-ko\"", StringComparison.Ordinal)
        .Replace("id=\"lang-en\"", "id=\"lang-en\" checked", StringComparison.Ordinal)
        .Replace("<html lang=\"ko\">", "<html lang=\"en\">", StringComparison.Ordinal);
}
