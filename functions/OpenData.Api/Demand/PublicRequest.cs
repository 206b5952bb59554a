using Microsoft.AspNetCore.Http;
using OpenData.Api.Pipeline;
using OpenData.Demand;
using OpenData.Demand.Requests;

namespace OpenData.Api.Demand;

/// <summary>
/// A data request as the public sees it: its texts only if they are shown, and supporters only of groups with five or more, as in the
/// report. A total over all groups would reveal the small ones.
/// </summary>
public static class PublicRequest
{
    /// <summary>An answer with a request.</summary>
    internal static IResult ToResult(DataRequest request, RequestDeadline deadline, int status = 200) =>
        Results.Json(Of(request, deadline), OpenDataJson.Options, statusCode: status);

    /// <summary>404: no request, or one that is not shown.</summary>
    public static ApiException NotFound(string requestId) =>
        ApiException.NotFound($"There is no request '{requestId}', or it is not shown.");

    /// <summary>What is written as JSON.</summary>
    internal static object Of(DataRequest request, RequestDeadline deadline)
    {
        var shown = request.Moderation == Moderation.Shown;
        var supporters = SupportersOf(request);
        var verified = Shown(request.VerifiedSupportersByGroup);
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
            DueOn = deadline.DueOn(request),
            DecidedOn = deadline.DecidedOn(request),
            request.Reason,
            request.DatasetId,
            request.Candidate,
            request.Moderation,
            Supporters = supporters,
            SupportersFewerThan = supporters is null ? (int?)SmallCell.Least : null, // in each group
            SupportersVerifiedBy = "network address and day", // how the count above was verified
            SignedInSupporters = verified > 0 ? (int?)verified : null,
            request.Changes,
        };
    }

    /// <summary>How many unverified voices support it, of groups with five or more; null if no group has as many.</summary>
    public static int? SupportersOf(DataRequest request) => Shown(request.SupportersByGroup) is > 0 and var supporters ? supporters : null;

    private static int Shown(IReadOnlyDictionary<string, int> byGroup) => byGroup.Values.Where(people => !SmallCell.IsSmall(people)).Sum();
}
