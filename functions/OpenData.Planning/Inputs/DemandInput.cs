using OpenData.Demand.Drops;
using OpenData.Demand.Requests;
using OpenData.Lake;
using OpenData.Planning.Names;
using OpenData.Planning.Sessions;

namespace OpenData.Planning.Inputs;

/// <summary>
/// Brings what people ask for into a session, every name resolved to its candidate, as the tables <c>survey</c>, <c>forum</c>,
/// <c>council</c>, <c>decisions</c>, <c>requests</c>, <c>supports</c>, <c>feedback</c>, <c>words</c>, <c>names</c> and
/// <c>planning_files</c>. What is hidden is in none of them.
/// </summary>
internal static class DemandInput
{
    public static async Task LoadAsync(
        Session session, PlanningDrops drops, CandidateIndex index, ReportSources sources, RequestDeadline deadline, LocalTime local,
        CancellationToken cancellation)
    {
        var requests = new List<DataRequest>();
        await foreach (var request in sources.Board.ListAsync(cancellation))
        {
            if (request.Moderation != Moderation.Hidden) requests.Add(request);
        }

        requests = [.. requests.OrderBy(request => request.OpenedAt).ThenBy(request => request.RequestId, StringComparer.Ordinal)];
        LoadRequests(session, requests, index, deadline, local);
        LoadFiles(session, drops, index);

        var visible = requests.Where(request => request.Moderation == Moderation.Shown).Select(request => request.RequestId).ToHashSet();
        var supports = new List<Support>();
        await foreach (var support in sources.Board.ListSupportsAsync(cancellation))
        {
            if (visible.Contains(support.RequestId)) supports.Add(support);
        }

        session.Load(
            "supports", "request_id VARCHAR, day DATE, person VARCHAR, group_id VARCHAR, source VARCHAR",
            supports.Select(
                support => new
                {
                    support.RequestId,
                    support.Day,
                    support.Person,
                    group_id = support.Group,
                    source = support.Verification,
                }));

        var feedback = new List<Feedback>();
        await foreach (var one in sources.Feedback.ListAsync(cancellation))
        {
            if (one.Moderation != Moderation.Hidden) feedback.Add(one);
        }

        session.Load(
            "feedback", "dataset_id VARCHAR, said_on DATE, kind VARCHAR, rating BIGINT, person VARCHAR, source VARCHAR",
            feedback.Select(
                one => new { one.DatasetId, said_on = local.DayOf(one.At), one.Kind, one.Rating, one.Person, source = one.Verification }));
    }

    private static void LoadFiles(Session session, PlanningDrops drops, CandidateIndex index)
    {
        var names = new Dictionary<string, (NameMatch Match, string File)>(StringComparer.Ordinal);
        session.Load(
            "survey", "survey VARCHAR, respondent VARCHAR, group_id VARCHAR, candidate_id VARCHAR",
            drops.Survey.Select(row => new
            {
                row.Survey,
                row.Respondent,
                row.GroupId,
                candidate_id = row.Candidate is null ? null : Of(row.Candidate, row.Survey),
            }));
        session.Load(
            "forum", "meeting VARCHAR, day DATE, group_id VARCHAR, candidate_id VARCHAR, participants BIGINT, supporters BIGINT",
            drops.Forum.Select(row => new
            {
                meeting = $"{row.Day:yyyy-MM-dd} {row.Meeting}",
                row.Day,
                row.GroupId,
                candidate_id = Of(row.Candidate, row.File),
                row.Participants,
                row.Supporters,
            }));
        session.Load(
            "council",
            "session VARCHAR, day DATE, member VARCHAR, candidate_id VARCHAR, value DOUBLE, urgency DOUBLE, risk DOUBLE, readiness DOUBLE",
            drops.Council.Select(row => new
            {
                row.Session,
                row.Day,
                row.Member,
                candidate_id = Of(row.Candidate, row.Session),
                row.Value,
                row.Urgency,
                row.Risk,
                row.Readiness,
            }));
        session.Load(
            "decisions", "file VARCHAR, line BIGINT, day DATE, candidate_id VARCHAR, decision VARCHAR, decided_by VARCHAR, reason VARCHAR",
            drops.Decisions.Select(row => new
            {
                row.File,
                row.Line,
                row.Day,
                candidate_id = Of(row.Candidate, row.File),
                row.Decision,
                decided_by = row.By,
                row.Reason,
            }));

        var words = names.Where(name => !name.Value.Match.IsKnown).ToList();
        session.Load(
            "words", "candidate_id VARCHAR, word VARCHAR",
            words.GroupBy(name => name.Value.Match.CandidateId, StringComparer.Ordinal)
                .Select(same => new { candidate_id = same.Key, word = same.Select(name => name.Key).Min(StringComparer.Ordinal) }));
        session.Load(
            "names", "word VARCHAR, candidate_id VARCHAR, how VARCHAR, near VARCHAR, file VARCHAR",
            names.Select(name => new
            {
                word = name.Key,
                name.Value.Match.CandidateId,
                name.Value.Match.How,
                near = string.Join(", ", name.Value.Match.Near),
                name.Value.File,
            }));
        session.Load(
            "planning_files", "path VARCHAR, rows BIGINT, errors BIGINT, warnings BIGINT, kept_from DATE",
            drops.Files.Select(file => new
            {
                path = file.Path,
                rows = file.Rows,
                errors = file.Problems.Count(problem => problem.Severity == Severity.Error),
                warnings = file.Problems.Count(problem => problem.Severity == Severity.Warning),
                kept_from = file.KeptFrom is { } at ? DateOnly.FromDateTime(at.UtcDateTime) : (DateOnly?)null,
            }));

        string Of(string word, string path)
        {
            if (names.TryGetValue(word, out var known)) return known.Match.CandidateId;
            var match = index.Resolve(word);
            names[word] = (match, path);
            if (!match.IsKnown) drops.WarnUnmatched(path, word, match.Near);
            return match.CandidateId;
        }
    }

    private static void LoadRequests(
        Session session, List<DataRequest> requests, CandidateIndex index, RequestDeadline deadline, LocalTime local) => session.Load(
        "requests",
        "request_id VARCHAR, title VARCHAR, group_id VARCHAR, agency VARCHAR, state VARCHAR, reason VARCHAR, dataset_id VARCHAR, "
        + "candidate_id VARCHAR, "
        + "shown BOOLEAN, opened_at TIMESTAMP, due DATE, extended BOOLEAN, decided_at TIMESTAMP, accepted_at TIMESTAMP, refused_at "
        + "TIMESTAMP, "
        + "refused_for VARCHAR, released_at TIMESTAMP",
        requests.Select(request => new
        {
            request.RequestId,
            request.Title,
            group_id = request.Group,
            request.Agency,
            request.State,
            request.Reason,
            request.DatasetId,
            candidate_id = Candidate(request, index),
            shown = request.Moderation == Moderation.Shown,
            opened_at = local.Of(request.OpenedAt),
            due = deadline.DueOn(request),
            extended = request.Changes.Any(change => change.State == RequestState.Extended),
            decided_at = At(RequestDeadline.FirstDecision(request), local),
            accepted_at = At(First(request, RequestState.Accepted), local),
            refused_at = At(First(request, RequestState.Refused), local),
            refused_for = First(request, RequestState.Refused)?.Reason,
            released_at = At(First(request, RequestState.Released), local),
        }).ToList());

    private static string Candidate(DataRequest request, CandidateIndex index)
    {
        if (request.Candidate is { } named && index.Resolve(named) is { IsKnown: true } match) return match.CandidateId;
        if (request.DatasetId is { } dataset && index.Resolve(dataset) is { IsKnown: true } published) return published.CandidateId;
        return request.Moderation == Moderation.Shown ? index.AddRequest(request.RequestId, request.Title) : "request:" + request.RequestId;
    }

    private static DateTime? At(RequestChange? change, LocalTime local) => change is null ? null : local.Of(change.At);

    private static RequestChange? First(DataRequest request, RequestState state) =>
        request.Changes.FirstOrDefault(change => change.State == state);
}
