using Microsoft.AspNetCore.Http;
using OpenData.Access;
using OpenData.Api.Pipeline;
using OpenData.Catalog.Publication;
using OpenData.Demand.Drops;
using OpenData.Demand.Requests;
using OpenData.Lake;
using OpenData.Usage;

namespace OpenData.Api.Demand;

/// <summary>Decisions of agencies and planners on requests for data.</summary>
public sealed class DecisionEndpoints(
    RequestBoard board, KnownAgencies agencies, PublishedDatasets datasets, CurrentPlan plan, TimeProvider time,
    RequestPipeline pipeline)
{
    private static readonly string[] AgencyMembers = ["state", "reason", "dataset_id", "note"];
    private static readonly string[] PlannerMembers = [.. AgencyMembers, "candidate", "moderation", "agency"];

    /// <summary>
    /// Decides on a request, with an agency's key in <c>x-agency-key</c>: <c>{state?, reason?, dataset_id?, note?}</c>, and with the
    /// planners' key also <c>candidate</c> (the plan's item it asks for), <c>moderation</c> and <c>agency</c> (whom it is addressed to). An
    /// agency may only change what is addressed to it. Every change is kept. 401 without a key or with an unknown one, 403 for a request
    /// that is addressed to another agency or to none, 409 if the state forbids it.
    /// </summary>
    public IResult Change(HttpRequest request, string request_id) => pipeline.Run(UsageKind.Demand, null, async (_, cancellation) =>
    {
        var viewer = ViewerIdentity.RequireKey(request);
        var plans = viewer.May(ViewerAction.Plan);
        var change = await ReadAsync(request, plans ? AccessKey.Planners : viewer.Agency ?? viewer.KeyName!, plans, cancellation);
        var found = await board.FindAsync(request_id, cancellation) ?? throw PublicRequest.NotFound(request_id);
        if (!plans && !viewer.May(ViewerAction.Answer, found.Agency))
        {
            throw new ApiException(403, "Forbidden", found.Agency is { } other
                ? $"This request is addressed to the agency {other}."
                : "This request is addressed to no agency yet; planners address it.");
        }

        try
        {
            var changed = await board.ChangeAsync(request_id, change, cancellation) ?? throw PublicRequest.NotFound(request_id);
            return PublicRequest.ToResult(changed, await plan.DeadlineAsync(cancellation));
        }
        catch (RequestConflictException e)
        {
            throw new ApiException(409, "Conflict", e.Message);
        }
    });

    private async Task<RequestChange> ReadAsync(HttpRequest request, string agency, bool planners, CancellationToken cancellation)
    {
        var body = await JsonBody.ReadAsync(request, cancellation);
        var change = new RequestChange(
            time.GetUtcNow(), agency, body.OneOf<RequestState>("state"), body.OneOf<RefusalReason>("reason"),
            body.OptionalText("dataset_id", 201), planners ? body.OptionalText("candidate", 200) : null,
            planners ? body.OneOf<Moderation>("moderation") : null, body.OptionalText("note", 1000),
            planners ? body.OptionalText("agency", DatasetId.MaxPartLength) : null);
        body.RejectOtherMembers(planners ? PlannerMembers : AgencyMembers);
        if (change is { State: null, Candidate: null, Moderation: null, Note: null, Agency: null })
        {
            throw new ApiException(400, "InvalidParameter", "The body changes nothing: give a state, or a note.");
        }

        if (change.Agency is { } addressed) await agencies.CheckAsync(addressed, cancellation);
        if (change.DatasetId is { } dataset && !await IsPublishedAsync(dataset, cancellation))
        {
            throw JsonBody.Wrong("dataset_id", dataset, "must be a dataset that is published");
        }

        if (change.Candidate is { } candidate)
        {
            var current = await plan.GetAsync(cancellation);
            if (!current.Items.Any(item => item.Id == candidate))
            {
                throw JsonBody.Wrong("candidate", candidate, "must be the id of an item of the plan");
            }
        }

        return change;
    }

    private async Task<bool> IsPublishedAsync(string text, CancellationToken cancellation) =>
        DatasetId.TryParse(text, out var id) && await datasets.FindAsync(id, cancellation) is not null;
}
