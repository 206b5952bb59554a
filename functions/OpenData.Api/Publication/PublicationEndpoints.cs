using System.Globalization;
using Microsoft.AspNetCore.Http;
using OpenData.Access;
using OpenData.Api.Pipeline;
using OpenData.Catalog;
using OpenData.Catalog.Publication;
using OpenData.Ingest.Publishing;
using OpenData.Lake;
using OpenData.Usage;

namespace OpenData.Api.Publication;

/// <summary>What waits to be published, decisions about it, and the log of them.</summary>
public sealed class PublicationEndpoints(PublicationDesk desk, Purge purge, AuditLog audit, TimeProvider time, RequestPipeline pipeline)
{
    private const int MostLines = 10_000;

    /// <summary>
    /// The version of a dataset that waits, compared with the one that is served; for its agency, approvers and planners. Its records are
    /// read at
    /// the dataset's own address with <c>version=</c>. 404 if nothing waits.
    /// </summary>
    public IResult Waiting(HttpRequest request, string dataset_id) => pipeline.Run(UsageKind.Uploads, null, async (_, cancellation) =>
    {
        var id = Read(dataset_id);
        ViewerIdentity.Require(request, ViewerAction.SeeUploads, id.Agency);
        return Results.Json(
            await desk.CompareAsync(id, cancellation) ?? throw ApiException.NotFound($"Nothing of '{id}' waits."), OpenDataJson.Options);
    });

    /// <summary>
    /// Decides: <c>{action, version?, reason?, note}</c>. <c>approve</c> and <c>refuse</c> take the version that waits; <c>withdraw</c> a
    /// version or
    /// nothing for the whole dataset, and a reason; <c>restore</c> and <c>purge</c> concern the whole dataset. 200; 403 for who may not;
    /// 409 if it
    /// cannot be done as things are.
    /// </summary>
    public IResult Decide(HttpRequest request, string dataset_id) => pipeline.Run(UsageKind.Uploads, null, async (_, cancellation) =>
    {
        var id = Read(dataset_id);
        var body = await JsonBody.ReadAsync(request, cancellation);
        var action = body.OneOf<PublicationAction>("action") ?? throw JsonBody.Wrong("action", "",
            "must be approve, refuse, withdraw, restore or purge");
        var viewer = ViewerIdentity.Require(request, NeededFor(action), id.Agency);
        var version = body.OptionalText("version", 100);
        var reason = body.OneOf<WithdrawalReason>("reason");
        var note = body.OptionalText("note", 1000);
        body.RejectOtherMembers("action", "version", "reason", "note");
        if (note is null && action is not PublicationAction.Approve) throw JsonBody.Wrong("note", "", "must say why, for the audit log");
        if (version is null && action is PublicationAction.Approve or PublicationAction.Refuse)
        {
            throw JsonBody.Wrong("version", "", "must be the version that waits");
        }

        if (action is PublicationAction.Approve && viewer.Agency == id.Agency)
        {
            throw new ApiException(403, "Forbidden", "Who drops does not approve: somebody else's key decides.");
        }

        try
        {
            await CarryOutAsync();
        }
        catch (PublicationConflictException e)
        {
            throw new ApiException(409, "Conflict", e.Message);
        }

        return Results.Json(new { dataset_id = id.ToString(), action, version }, OpenDataJson.Options);

        Task CarryOutAsync() => action switch
        {
            PublicationAction.Approve => desk.ApproveAsync(id, version!, viewer.Signature, note, cancellation),
            PublicationAction.Refuse => desk.RefuseAsync(id, version!, viewer.Signature, note!, cancellation),
            PublicationAction.Withdraw => desk.WithdrawAsync(
                id, version, reason ?? throw JsonBody.Wrong("reason", "", "must be legal-basis, error, third-party-rights or privacy"),
                viewer.Signature, note, cancellation),
            PublicationAction.Restore => desk.RestoreAsync(id, viewer.Signature, note, cancellation),
            _ => purge.RunAsync(id, viewer.Signature, note, cancellation),
        };
    });

    /// <summary>
    /// The audit log of a day (UTC), the first line first: <c>{total_count, results}</c>. Takes <c>day</c> (yyyy-MM-dd, default today);
    /// for planners.
    /// </summary>
    public IResult Audit(HttpRequest request) => pipeline.Run(UsageKind.Uploads, null, async (details, cancellation) =>
    {
        ViewerIdentity.Require(request, ViewerAction.ReadAudit);
        var day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (request.Query["day"] is [{ Length: > 0 } text, ..]
            && !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
        {
            throw new ApiException(400, "InvalidParameter", $"day is '{text}': it must be a day such as 2026-12-01.");
        }

        var results = await audit.ListAsync(day, cancellation).Take(MostLines).ToListAsync(cancellation);
        details.Rows = results.Count;
        return Results.Json(new { total_count = results.Count, results }, OpenDataJson.Options);
    });

    private static ViewerAction NeededFor(PublicationAction action) => action switch
    {
        PublicationAction.Approve or PublicationAction.Refuse => ViewerAction.Approve,
        PublicationAction.Purge => ViewerAction.Purge,
        _ => ViewerAction.Withdraw,
    };

    private static DatasetId Read(string text) => DatasetId.TryParse(UnicodeText.Nfc(text), out var id)
        ? id
        : throw ApiException.NotFound($"'{text}' is no dataset's id, which is {{dataset}}@{{agency}}.");
}
