using OpenData.Demand;
using OpenData.Demand.Requests;

namespace OpenData.Api;

/// <summary>
/// A data request as everybody may see it: its words only if they are shown, and supporters of those groups only of which there are five or more, as in
/// the report: a total of all would give the small ones away.
/// </summary>
internal static class PublicRequest
{
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
