using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace OpenData.Tests.Portal;

/// <summary>Reads pages as a browser without scripts does; it follows no redirect by itself.</summary>
internal sealed class PortalClient : IDisposable
{
    private readonly HttpClient _http;

    public PortalClient(Uri address)
    {
        var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };
        _http = new HttpClient(handler) { BaseAddress = address };
    }

    /// <summary>A page, which must have the status given.</summary>
    public async Task<IDocument> PageAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await SendAsync(HttpMethod.Get, path);
        return await ParseAsync(answer, status);
    }

    /// <summary>The page that a form's answer is.</summary>
    public static async Task<IDocument> ParseAsync(HttpResponseMessage answer, HttpStatusCode status = HttpStatusCode.OK)
    {
        var html = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode}: {html}");
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        return new HtmlParser().ParseDocument(html);
    }

    /// <summary>Any answer.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return _http.SendAsync(request);
    }

    /// <summary>Sends a form.</summary>
    public Task<HttpResponseMessage> PostAsync(
        string path, IEnumerable<(string Name, string Value)> fields, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return _http.SendAsync(request);
    }

    /// <summary>Sends any body.</summary>
    public Task<HttpResponseMessage> SendAsync(string path, HttpContent content, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return _http.SendAsync(request);
    }

    public void Dispose() => _http.Dispose();
}
