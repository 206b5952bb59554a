using OpenData.Demand;
using OpenData.Demand.Requests;

namespace OpenData.Api;

/// <summary>A data request as everybody may see it: its words only if they are shown, and no count of fewer than five people.</summary>
internal static class PublicRequest
{
    public static object Of(DataRequest request)
    {
        var shown = request.Moderation == Moderation.Shown;
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
            Supporters = SmallCell.IsSmall(request.Supporters) ? null : (int?)request.Supporters,
            SupportersFewerThan = SmallCell.IsSmall(request.Supporters) ? (int?)SmallCell.Least : null,
            request.Changes,
        };
    }
}
