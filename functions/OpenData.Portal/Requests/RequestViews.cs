using System.Text.Json;
using OpenData.Api.Demand;
using OpenData.Demand.Drops;
using OpenData.Demand.Requests;
using OpenData.Portal.Rendering;

namespace OpenData.Portal.Requests;

/// <summary>Reads requests as pages show them.</summary>
internal sealed class RequestViews(RequestBoard board, CurrentPlan plan)
{
    /// <summary>The requests that are shown.</summary>
    public async Task<List<DataRequest>> ShownAsync(CancellationToken cancellation)
    {
        var shown = new List<DataRequest>();
        await foreach (var request in board.ListAsync(cancellation))
        {
            if (request.Moderation == Moderation.Shown) shown.Add(request);
        }

        return shown;
    }

    /// <summary>One request, or null if there is none or it is not shown.</summary>
    public async Task<DataRequest?> FindAsync(string id, CancellationToken cancellation) =>
        await board.FindAsync(id, cancellation) is { Moderation: Moderation.Shown } request ? request : null;

    /// <summary>The groups: id and name in a language.</summary>
    public async Task<IReadOnlyList<(string Id, string Name)>> GroupsAsync(PortalView view, CancellationToken cancellation) =>
        [.. (await plan.GetAsync(cancellation)).Groups.Select(group => (group.Id, view.Language == "ko" ? group.Name.Ko : group.Name.En))];

    /// <summary>Requests as models.</summary>
    public async Task<IReadOnlyList<RequestModel>> ModelsAsync(
        IEnumerable<DataRequest> requests, PortalView view, CancellationToken cancellation)
    {
        var groups = (await GroupsAsync(view, cancellation)).ToDictionary(group => group.Id, group => group.Name, StringComparer.Ordinal);
        var deadline = await plan.DeadlineAsync(cancellation);
        return
        [
            .. requests.Select(request => new RequestModel(
                request,
                groups.GetValueOrDefault(request.Group, request.Group),
                deadline.DueOn(request),
                PublicRequest.SupportersOf(request))),
        ];
    }

    /// <summary>A state's or a reason's name in the API, such as <c>in-mediation</c>.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum => JsonSerializer.Serialize(value).Trim('"');
}
