using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using OpenData.Query;
using OpenData.Query.Subjects;

namespace OpenData.Api.Explore;

/// <summary>A link in an answer.</summary>
/// <param name="Rel">What it is to the answer.</param>
/// <param name="Href">Its absolute URL.</param>
internal sealed record Link(string Rel, string Href);

/// <summary>Makes links as the public sees this service.</summary>
internal static class Links
{
    private static readonly string[] DatasetPaths = ["records", "exports", "facets", "attachments"];

    /// <summary>The URL before the path: the setting <see cref="OpenDataSettings.PublicUrl"/>, or as the request came.</summary>
    public static string Root(HttpRequest request, OpenDataSettings settings) =>
        settings.PublicUrl is { Length: > 0 } url ? url.TrimEnd('/') : $"{request.Scheme}://{request.Host.Value}{request.PathBase.ToUriComponent()}";

    /// <summary>The URL that was asked for, without its query string.</summary>
    public static string Here(HttpRequest request, OpenDataSettings settings) => Root(request, settings) + request.Path.ToUriComponent().TrimEnd('/');

    /// <summary>How long the last segment of the path is, as it stands in <see cref="Here"/>.</summary>
    public static int LastSegment(HttpRequest request)
    {
        var path = request.Path.ToUriComponent().TrimEnd('/');
        return path.Length - path.LastIndexOf('/') - 1;
    }

    public static IEnumerable<Link> OfExports(HttpRequest request, OpenDataSettings settings, IEnumerable<string> formats)
    {
        var here = Here(request, settings);
        return [new Link("self", here), .. formats.Select(format => new Link(format, $"{here}/{format}"))];
    }

    public static IReadOnlyList<Link> OfDataset(HttpRequest request, OpenDataSettings settings)
    {
        var here = Here(request, settings);
        return [new Link("self", here), new Link("catalog", here[..here.LastIndexOf('/')]), .. DatasetPaths.Select(name => new Link(name, $"{here}/{name}"))];
    }

    /// <summary>A record with <c>_links</c> before its members.</summary>
    public static JsonObject Into(DatasetRecord record, IReadOnlyList<Link> links)
    {
        var json = new JsonObject { ["_links"] = JsonSerializer.SerializeToNode(links, CatalogSnapshot.Json) };
        foreach (var (name, value) in JsonSerializer.SerializeToNode(record, CatalogSnapshot.Json)!.AsObject()) json[name] = value?.DeepClone();
        return json;
    }
}

/// <summary>Where a page of records stands among the others.</summary>
internal sealed class PageLinks(HttpRequest request, OpenDataSettings settings, long limit, long offset, RecordPage page, bool grouped)
{
    /// <summary>Says in a header where the next page is, if there is one that may be asked for.</summary>
    public void AddHeader()
    {
        if (HttpMethods.IsPost(request.Method)) return; // its question is not in the URL
        if (Next() is { } next) request.HttpContext.Response.Headers.Link = $"<{next}>; rel=\"next\"";
    }

    public IReadOnlyList<Link> All()
    {
        var links = new List<Link> { new("self", At(offset)), new("first", At(0)) };
        if (page.TotalCount is > 0 and var total && limit > 0 && (total - 1) / limit * limit is var last && last + limit <= Window) links.Add(new Link("last", At(last)));
        if (Next() is { } next) links.Add(new Link("next", next));
        return links;
    }

    // How far pages go; exports go further.
    private int Window => grouped ? QueryLimits.Groups : QueryLimits.RecordsWindow;

    private string? Next()
    {
        var more = page.TotalCount is { } total ? offset + page.Count < total : page.Count == limit;
        return limit > 0 && more && page.Count == limit && offset + (2 * limit) <= Window ? At(offset + limit) : null;
    }

    private string At(long at)
    {
        var query = new QueryBuilder(request.Query.Where(parameter => parameter.Key is not "offset" and not "limit"));
        query.Add("limit", limit.ToString(CultureInfo.InvariantCulture));
        query.Add("offset", at.ToString(CultureInfo.InvariantCulture));
        return Links.Here(request, settings) + query.ToQueryString();
    }
}
