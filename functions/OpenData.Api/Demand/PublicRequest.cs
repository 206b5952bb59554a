using Microsoft.AspNetCore.Http;
using OpenData.Api.Pipeline;
using OpenData.Demand;
using OpenData.Demand.Requests;

namespace OpenData.Api.Demand;

/// <summary>
/// A data request as the public sees it: its texts only if they are shown, and supporters only of groups with five or more, as in the
/// report. A total over all groups would reveal the small ones.
/// </summary>
internal static class PublicRequest
{
    /// <summary>An answer with a request.</summary>
    public static IResult ToResult(DataRequest request, int status = 200) =>
        Results.Json(Of(request), OpenDataJson.Options, statusCode: status);

    /// <summary>404: no request, or one that is not shown.</summary>
    public static ApiException NotFound(string requestId) =>
        ApiException.NotFound($"There is no request '{requestId}', or it is not shown.");

    /// <summary>What is written as JSON.</summary>
    public static object Of(DataRequest request)
    {
        var shown = request.Moderation == Moderation.Shown;
        var supporters = request.SupportersByGroup.Values.Where(people => !SmallCell.IsSmall(people)).Sum();
        return new
        {
            request.RequestId,
            Title = shown ? request.Title : null,
            Wanted = shown ? request.Wanted : null,
            Purpose = shown ? request.Purpose : null,
            request.Group,
            request.Agency,
            request.OpenedAt,
            request.State,
            request.Reason,
            request.DatasetId,
            request.Candidate,
            request.Moderation,
            Supporters = supporters > 0 ? (int?)supporters : null,
            SupportersFewerThan = supporters > 0 ? null : (int?)SmallCell.Least, // in each group
            request.Changes,
        };
    }
}
