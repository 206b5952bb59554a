namespace OpenData.Tests.Releases;

/// <summary>What is known of a store that a release wrote: <c>release.json</c> in its archive.</summary>
/// <param name="WrittenAt">When it was written; its answers were given at this time.</param>
/// <param name="Keys">The agency keys that it knows, by agency.</param>
/// <param name="Answers">What the release answered on it.</param>
internal sealed record ReleaseFacts(
    DateTimeOffset WrittenAt, IReadOnlyDictionary<string, string> Keys, IReadOnlyList<ReleaseAnswer> Answers);

/// <summary>One answer of a release.</summary>
/// <param name="Path">What was asked, by GET.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The media type, without parameters.</param>
/// <param name="Body">The body as text.</param>
internal sealed record ReleaseAnswer(string Path, int Status, string? ContentType, string Body)
{
    /// <summary>Asks; with a key what is an agency's own.</summary>
    public static async Task<ReleaseAnswer> AskAsync(HttpClient http, string path, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null && path.StartsWith("/api/uploads/", StringComparison.Ordinal)) request.Headers.Add("x-agency-key", key);
        using var answer = await http.SendAsync(request);
        return new ReleaseAnswer(
            path, (int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync());
    }
}
