using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using OpenData.Query;
using OpenData.Query.Language;

namespace OpenData.Api.Explore;

/// <summary>Which rows a page shows.</summary>
/// <param name="Limit">How many at most.</param>
/// <param name="Offset">How many come before the first.</param>
/// <param name="Grouped">Whether they are groups, which have a bound of their own.</param>
internal readonly record struct PageWindow(long Limit, long Offset, bool Grouped)
{
    /// <summary>The greatest offset + limit that may be asked for; exports go further.</summary>
    public int Bound => Grouped ? QueryLimits.Groups : QueryLimits.RecordsWindow;
}

/// <summary>The addresses of the pages around a page of records.</summary>
/// <param name="here">The address that was asked for, without its query string.</param>
/// <param name="request">The request, whose other parameters stay.</param>
/// <param name="window">Which rows the page shows.</param>
/// <param name="page">The page.</param>
internal sealed class PageLinks(string here, HttpRequest request, PageWindow window, RecordPage page)
{
    /// <summary>The address of the next page, if there is one that may be asked for.</summary>
    public string? Next()
    {
        var more = page.TotalCount is { } total ? window.Offset + page.Count < total : page.Count == window.Limit;
        var reachable = window.Offset + (2 * window.Limit) <= window.Bound;
        return window.Limit > 0 && more && page.Count == window.Limit && reachable ? At(window.Offset + window.Limit) : null;
    }

    /// <summary>The page itself, the first, the last and the next.</summary>
    public IReadOnlyList<Link> All()
    {
        var links = new List<Link> { new("self", At(window.Offset)), new("first", At(0)) };
        if (LastOffset() is { } last && last + window.Limit <= window.Bound) links.Add(new Link("last", At(last)));
        if (Next() is { } next) links.Add(new Link("next", next));
        return links;
    }

    private long? LastOffset() =>
        page.TotalCount is > 0 and var total && window.Limit > 0 ? (total - 1) / window.Limit * window.Limit : null;

    private string At(long offset)
    {
        var query = new QueryBuilder(request.Query.Where(parameter => parameter.Key is not "offset" and not "limit"));
        query.Add("limit", window.Limit.ToString(CultureInfo.InvariantCulture));
        query.Add("offset", offset.ToString(CultureInfo.InvariantCulture));
        return here + query.ToQueryString();
    }
}
