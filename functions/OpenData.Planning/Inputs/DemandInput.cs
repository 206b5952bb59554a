using OpenData.Demand.Drops;
using OpenData.Demand.Plans;
using OpenData.Demand.Requests;
using OpenData.Lake;
using OpenData.Planning.Sessions;

namespace OpenData.Planning.Inputs;

/// <summary>
/// Brings the plan and what people ask for into a session, as the tables <c>plan</c>, <c>groups</c>, <c>items</c>, <c>survey</c>, <c>forum</c>,
/// <c>council</c>, <c>requests</c>, <c>supports</c>, <c>feedback</c> and <c>planning_files</c>.
/// </summary>
internal static class DemandInput
{
    public static async Task LoadAsync(
        Session session, ReleasePlan plan, PlanningDrops drops, RequestBoard board, FeedbackLog log, CancellationToken cancellation)
    {
        LoadPlan(session, plan);
        session.Load("survey", "survey VARCHAR, respondent VARCHAR, group_id VARCHAR, candidate VARCHAR", drops.Survey);
        session.Load("forum", "meeting VARCHAR, group_id VARCHAR, candidate VARCHAR, participants BIGINT, supporters BIGINT", drops.Forum);
        session.Load("council", "session VARCHAR, member VARCHAR, candidate VARCHAR, value DOUBLE, urgency DOUBLE, risk DOUBLE, readiness DOUBLE", drops.Council);
        session.Load(
            "planning_files", "path VARCHAR, rows BIGINT, errors BIGINT, warnings BIGINT",
            drops.Files.Select(file => new
            {
                path = file.Path,
                rows = file.Rows,
                errors = file.Problems.Count(problem => problem.Severity == Severity.Error),
                warnings = file.Problems.Count(problem => problem.Severity == Severity.Warning),
            }));

        var requests = new List<DataRequest>();
        await foreach (var request in board.ListAsync(cancellation)) requests.Add(request);
        LoadRequests(session, requests);
        var supports = new List<Support>();
        await foreach (var support in board.ListSupportsAsync(cancellation)) supports.Add(support);
        session.Load("supports", "request_id VARCHAR, day DATE, client VARCHAR, group_id VARCHAR", supports.Select(support => new { support.RequestId, support.Day, support.Client, group_id = support.Group }));
        var feedback = new List<Feedback>();
        await foreach (var one in log.ListAsync(cancellation)) feedback.Add(one);
        session.Load("feedback", "dataset_id VARCHAR, said_at TIMESTAMP, kind VARCHAR, rating BIGINT",
            feedback.Where(one => one.Moderation != Moderation.Hidden).Select(one => new { one.DatasetId, said_at = one.At.UtcDateTime, one.Kind, one.Rating }));
    }

    private static void LoadPlan(Session session, ReleasePlan plan)
    {
        session.Load(
            "plan",
            "name_ko VARCHAR, name_en VARCHAR, example BOOLEAN, first_day DATE, last_day DATE, deadline_days BIGINT, w_demand DOUBLE, w_unmet DOUBLE, w_council DOUBLE, w_urgency DOUBLE",
            [
                new
                {
                    name_ko = plan.Name.Ko,
                    name_en = plan.Name.En,
                    plan.Example,
                    plan.FirstDay,
                    plan.LastDay,
                    deadline_days = plan.DecisionDeadlineDays,
                    w_demand = plan.Priority.Demand,
                    w_unmet = plan.Priority.UnmetSearch,
                    w_council = plan.Priority.Council,
                    w_urgency = plan.Priority.Urgency,
                },
            ]);
        session.Load(
            "groups", "position BIGINT, group_id VARCHAR, group_ko VARCHAR, group_en VARCHAR, weight DOUBLE",
            plan.Groups.Index().Select(group => new { position = group.Index, group_id = group.Item.Id, group_ko = group.Item.Name.Ko, group_en = group.Item.Name.En, group.Item.Weight }));
        session.Load(
            "items",
            "item_id VARCHAR, item_ko VARCHAR, item_en VARCHAR, area_id VARCHAR, area_ko VARCHAR, area_en VARCHAR, agency VARCHAR, planned VARCHAR, due DATE, dataset_id VARCHAR, keywords VARCHAR[]",
            from area in plan.Areas
            from item in area.Items
            select new
            {
                item_id = item.Id,
                item_ko = item.Name.Ko,
                item_en = item.Name.En,
                area_id = area.Id,
                area_ko = area.Name.Ko,
                area_en = area.Name.En,
                item.Agency,
                item.Planned,
                due = Quarter.TryParse(item.Planned, out _, out var last) ? last : (DateOnly?)null,
                item.DatasetId,
                item.Keywords,
            });
    }

    private static void LoadRequests(Session session, List<DataRequest> requests) => session.Load(
        "requests",
        "request_id VARCHAR, title VARCHAR, group_id VARCHAR, agency VARCHAR, state VARCHAR, reason VARCHAR, dataset_id VARCHAR, candidate VARCHAR, shown BOOLEAN, opened_at TIMESTAMP, decided_at TIMESTAMP, accepted_at TIMESTAMP, refused_at TIMESTAMP, refused_for VARCHAR, released_at TIMESTAMP",
        requests.Where(request => request.Moderation != Moderation.Hidden).OrderBy(request => request.RequestId, StringComparer.Ordinal).Select(request => new
        {
            request.RequestId,
            request.Title,
            group_id = request.Group,
            request.Agency,
            request.State,
            request.Reason,
            request.DatasetId,
            request.Candidate,
            shown = request.Moderation == Moderation.Shown,
            opened_at = request.OpenedAt.UtcDateTime,
            decided_at = request.Changes.FirstOrDefault(change => change.State is not null)?.At.UtcDateTime,
            accepted_at = First(request, RequestState.Accepted)?.At.UtcDateTime,
            refused_at = First(request, RequestState.Refused)?.At.UtcDateTime,
            refused_for = First(request, RequestState.Refused)?.Reason,
            released_at = First(request, RequestState.Released)?.At.UtcDateTime,
        }));

    private static RequestChange? First(DataRequest request, RequestState state) => request.Changes.FirstOrDefault(change => change.State == state);
}
