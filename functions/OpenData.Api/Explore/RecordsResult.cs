using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpenData.Query;
using OpenData.Query.Subjects;

namespace OpenData.Api.Explore;

/// <summary><c>{total_count, results}</c>, with the records as the query engine wrote them.</summary>
internal sealed class RecordsResult(RecordPage page, IReadOnlyList<Link>? links) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var head = new StringBuilder("{");
        if (page.TotalCount is { } total) head.Append(CultureInfo.InvariantCulture, $"\"total_count\":{total},");
        if (links is not null)
        {
            head.Append(CultureInfo.InvariantCulture, $"\"_links\":{JsonSerializer.Serialize(links, CatalogSnapshot.Json)},");
        }

        head.Append("\"results\":");
        var response = httpContext.Response;
        response.ContentType = "application/json; charset=utf-8";
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(head.ToString()), httpContext.RequestAborted);
        await response.Body.WriteAsync(page.Content, httpContext.RequestAborted);
        await response.Body.WriteAsync("}"u8.ToArray(), httpContext.RequestAborted);
    }
}
