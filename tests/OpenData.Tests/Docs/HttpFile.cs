using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OpenData.Tests.Docs;

/// <summary>One request of an <c>.http</c> file.</summary>
/// <param name="Title">What stands behind its <c>###</c>.</param>
/// <param name="Name">Its <c># @name</c>, by which later requests refer to its answer; or null.</param>
/// <param name="Status">The status that <c># Answers NNN</c> promises; 200 without.</param>
/// <param name="Method">The method.</param>
/// <param name="Url">The address, with variables.</param>
/// <param name="Headers">The headers, with variables.</param>
/// <param name="Body">The body, with variables; empty without.</param>
internal sealed record HttpFileRequest(
    string Title, string? Name, int Status, string Method, string Url, IReadOnlyList<(string Name, string Value)> Headers, string Body);

/// <summary>
/// An <c>.http</c> file as editors send it: requests separated by <c>###</c>, variables declared with <c>@name = value</c> and used as
/// <c>{{name}}</c>, and values of earlier answers as <c>{{name.response.body.$.property}}</c>.
/// </summary>
internal sealed partial class HttpFile
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _answers = new(StringComparer.Ordinal);

    /// <summary>Reads a file.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="variables">Values that replace those of the file.</param>
    public HttpFile(string text, IReadOnlyDictionary<string, string> variables)
    {
        var sections = text.ReplaceLineEndings("\n").Split("\n###");
        foreach (Match match in Variable().Matches(sections[0])) _variables[match.Groups[1].Value] = match.Groups[2].Value.Trim();
        foreach (var (name, value) in variables) _variables[name] = value;
        Requests = [.. sections.Skip(1).Select(Read)];
    }

    /// <summary>The requests, in order.</summary>
    public IReadOnlyList<HttpFileRequest> Requests { get; }

    /// <summary>Sends a request, with its variables replaced, and remembers the answer if it has a name.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpClient http, HttpFileRequest request)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), Fill(request.Url));
        if (request.Body.Length > 0) message.Content = new StringContent(Fill(request.Body));
        foreach (var (name, value) in request.Headers)
        {
            if (name == "Content-Type") message.Content!.Headers.ContentType = new(Fill(value));
            else message.Headers.TryAddWithoutValidation(name, Fill(value));
        }

        var answer = await http.SendAsync(message);
        if (request.Name is not null) _answers[request.Name] = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        return answer;
    }

    private static HttpFileRequest Read(string section)
    {
        var lines = section.Split('\n');
        var title = lines[0].Trim();
        string? name = null;
        var (status, at) = (200, 1);
        for (; lines[at].StartsWith('#'); at++)
        {
            if (lines[at].StartsWith("# @name ", StringComparison.Ordinal)) name = lines[at][8..].Trim();
            if (lines[at].StartsWith("# Answers ", StringComparison.Ordinal))
            {
                status = int.Parse(lines[at][10..], CultureInfo.InvariantCulture);
            }
        }

        var (method, url) = lines[at++].Trim().Split(' ', 2) is [var verb, var address] ? (verb, address) : ("", "");
        for (; at < lines.Length && lines[at].StartsWith("  ", StringComparison.Ordinal); at++) url += lines[at].Trim();
        var headers = new List<(string, string)>();
        for (; at < lines.Length && lines[at].Split(": ", 2) is [var header, var value]; at++) headers.Add((header, value));
        return new HttpFileRequest(title, name, status, method, url, headers, string.Join('\n', lines[at..]).Trim());
    }

    private string Fill(string text) => Use().Replace(text, match =>
    {
        var (name, property) = (match.Groups[1].Value, match.Groups[2].Value);
        if (property.Length > 0) return _answers[name].GetProperty(property).ToString();
        return _variables.TryGetValue(name, out var value)
            ? Fill(value)
            : throw new KeyNotFoundException($"No variable is called '{name}'.");
    });

    [GeneratedRegex(@"^@(\w+) *= *(.+)$", RegexOptions.Multiline)]
    private static partial Regex Variable();

    [GeneratedRegex(@"\{\{(\w+)(?:\.response\.body\.\$\.(\w+))?\}\}")]
    private static partial Regex Use();
}
