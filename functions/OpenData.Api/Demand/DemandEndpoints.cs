using Microsoft.AspNetCore.Http;
using OpenData.Api.Pipeline;
using OpenData.Api.Routing;
using OpenData.Demand.Drops;
using OpenData.Demand.Requests;
using OpenData.Lake;
using OpenData.Usage;

namespace OpenData.Api.Demand;

/// <summary>Requests for data: citizens open and support them.</summary>
public sealed class DemandEndpoints(
    RequestBoard board, RequestDesk desk, CurrentPlan plan, RequestPipeline pipeline)
{
    /// <summary>
    /// The requests, the latest first: <c>{total_count, results:[request…]}</c>. Takes <c>state</c>, <c>group</c>, <c>agency</c>,
    /// <c>q</c> (all words in title or wanted), <c>limit</c> (1 to 100, default 20) and <c>offset</c>.
    /// </summary>
    public IResult List(HttpRequest request) => pipeline.Run(UsageKind.Demand, null, async (details, cancellation) =>
    {
        var filter = new RequestFilter(request.Query);
        var found = new List<DataRequest>();
        await foreach (var each in board.ListAsync(cancellation))
        {
            if (filter.Matches(each)) found.Add(each);
        }

        var deadline = await plan.DeadlineAsync(cancellation);
        var page = found.OrderByDescending(each => each.OpenedAt).ThenBy(each => each.RequestId, StringComparer.Ordinal)
            .Skip(filter.Offset).Take(filter.Limit).Select(each => PublicRequest.Of(each, deadline)).ToList();
        details.Rows = page.Count;
        return Results.Json(new { total_count = found.Count, results = page }, OpenDataJson.Options);
    });

    /// <summary>One request; 404 if there is none or it is not shown.</summary>
    public IResult Find(string request_id) => pipeline.Run(UsageKind.Demand, null, async (_, cancellation) =>
        PublicRequest.ToResult(await board.FindAsync(request_id, cancellation) is { Moderation: Moderation.Shown } found
            ? found
            : throw PublicRequest.NotFound(request_id), await plan.DeadlineAsync(cancellation)));

    /// <summary>
    /// Opens a request: <c>{title, wanted, purpose?, group, agency?}</c>. 201 with the request; 202 if it waits for moderation.
    /// </summary>
    public IResult Open(HttpRequest request) => pipeline.Run(UsageKind.Demand, null, async (_, cancellation) =>
    {
        var body = await JsonBody.ReadAsync(request, cancellation);
        var wish = new DataRequest
        {
            RequestId = "",
            Title = body.Text("title", 5, 150),
            Wanted = body.Text("wanted", 10, 2000),
            Purpose = body.OptionalText("purpose", 1000),
            Group = await GroupAsync(body, cancellation),
            Agency = body.OptionalText("agency", DatasetId.MaxPartLength),
            OpenedAt = default,
        };
        body.RejectOtherMembers("title", "wanted", "purpose", "group", "agency");
        var opened = await desk.OpenAsync(request, wish, cancellation);
        var path = Routes.DataRequest.Replace("{request_id}", opened.RequestId, StringComparison.Ordinal);
        request.HttpContext.Response.Headers.Location = $"/{path}";
        return PublicRequest.ToResult(
            opened, await plan.DeadlineAsync(cancellation), opened.Moderation == Moderation.Shown ? 201 : 202);
    });

    /// <summary>
    /// Supports a request, once a caller and day: <c>{group}</c>. Answers the request, with <c>counted</c> false if the caller had
    /// supported it today.
    /// </summary>
    public IResult Support(HttpRequest request, string request_id) => pipeline.Run(UsageKind.Demand, null, async (_, cancellation) =>
    {
        var body = await JsonBody.ReadAsync(request, cancellation);
        var group = await GroupAsync(body, cancellation);
        body.RejectOtherMembers("group");
        var (supported, counted) = await desk.SupportAsync(request, request_id, group, cancellation);
        return Results.Json(
            new { counted, request = PublicRequest.Of(supported, await plan.DeadlineAsync(cancellation)) }, OpenDataJson.Options);
    });

    private async Task<string> GroupAsync(JsonBody body, CancellationToken cancellation)
    {
        var groups = (await plan.GetAsync(cancellation)).Groups.Select(group => group.Id).ToList();
        var group = body.Text("group", 1, 100);
        return groups.Contains(group)
            ? group
            : throw JsonBody.Wrong("group", group, $"must be one of {string.Join(", ", groups)}");
    }
}
