using Microsoft.AspNetCore.Http;
using OpenData.Catalog;
using OpenData.Demand;
using OpenData.Demand.Requests;
using OpenData.Lake;
using OpenData.Usage;

namespace OpenData.Api;

/// <summary>Where people say what data they want, and agencies what comes of it.</summary>
public static class DemandEndpoints
{
    /// <summary>The header that carries an agency's key.</summary>
    public const string KeyHeader = "x-agency-key";

    private const int RequestsPerDay = 5; // for one caller, as the two below
    private const int SupportsPerDay = 50;
    private const int FeedbackPerDay = 20;

    /// <summary>
    /// The requests, the latest first: <c>{total_count, results:[request…]}</c>. Takes <c>state</c>, <c>group</c>, <c>agency</c>,
    /// <c>q</c> (all words in title or wanted), <c>limit</c> (1 to 100, default 20) and <c>offset</c>.
    /// </summary>
    public static IResult List(HttpRequest request, RequestBoard board, Answering answering) =>
        answering.Answer(UsageKind.Demand, null, async (used, cancellation) =>
        {
            var query = new RequestQuery(request.Query);
            var found = new List<DataRequest>();
            await foreach (var each in board.ListAsync(cancellation))
            {
                if (query.Matches(each)) found.Add(each);
            }

            var page = found.OrderByDescending(each => each.OpenedAt).ThenBy(each => each.RequestId, StringComparer.Ordinal).Skip(query.Offset).Take(query.Limit).Select(PublicRequest.Of).ToList();
            used.Rows = page.Count;
            return Json(new { total_count = found.Count, results = page });
        });

    /// <summary>One request; 404 if it is not there or not shown.</summary>
    public static IResult Find(string request_id, RequestBoard board, Answering answering) =>
        answering.Answer(UsageKind.Demand, null, async (_, cancellation) =>
            await board.FindAsync(request_id, cancellation) is { Moderation: Moderation.Shown } found ? Json(PublicRequest.Of(found)) : throw NoRequest(request_id));

    /// <summary>Opens a request: <c>{title, wanted, purpose?, group, agency?}</c>. 201 with the request; 202 if it waits for moderation.</summary>
    public static IResult Open(HttpRequest request, RequestBoard board, WriteQuota quota, CurrentPlan plan, Answering answering) =>
        answering.Answer(UsageKind.Demand, null, async (_, cancellation) =>
        {
            var body = await Body.ReadAsync(request, cancellation);
            var wish = new DataRequest
            {
                RequestId = "",
                Title = body.Text("title", 5, 150),
                Wanted = body.Text("wanted", 10, 2000),
                Purpose = body.OptionalText("purpose", 1000),
                Group = await GroupAsync(body, plan, cancellation),
                Agency = body.OptionalText("agency", DatasetId.MaxPartLength),
                OpenedAt = default,
            };
            body.NothingBut("title", "wanted", "purpose", "group", "agency");
            if (wish.Agency is not null && !DatasetId.IsName(wish.Agency)) throw Body.Wrong("agency", wish.Agency, "must be an agency's folder name");
            await SpendAsync(quota, "request", request, RequestsPerDay, cancellation);
            var opened = await board.OpenAsync(wish with { Moderation = TextScreen.Judge(wish.Title, wish.Wanted, wish.Purpose) }, Caller.Of(request.HttpContext).Name, cancellation);
            request.HttpContext.Response.Headers.Location = $"/{Routes.Prefix}/{Routes.DataRequest.Replace("{request_id}", opened.RequestId, StringComparison.Ordinal)}";
            return Json(PublicRequest.Of(opened), opened.Moderation == Moderation.Shown ? 201 : 202);
        });

    /// <summary>Supports a request, once a caller and day: <c>{group}</c>. Answers the request, with <c>counted</c> false if the caller had supported it today.</summary>
    public static IResult Support(HttpRequest request, string request_id, RequestBoard board, WriteQuota quota, CurrentPlan plan, Answering answering) =>
        answering.Answer(UsageKind.Demand, null, async (_, cancellation) =>
        {
            var body = await Body.ReadAsync(request, cancellation);
            var group = await GroupAsync(body, plan, cancellation);
            body.NothingBut("group");
            if (await board.FindAsync(request_id, cancellation) is not { Moderation: Moderation.Shown }) throw NoRequest(request_id);
            await SpendAsync(quota, "support", request, SupportsPerDay, cancellation);
            var (supported, counted) = await board.SupportAsync(request_id, group, Caller.Of(request.HttpContext).Name, cancellation) ?? throw NoRequest(request_id);
            return Json(new { counted, request = PublicRequest.Of(supported) });
        });

    /// <summary>
    /// Decides on a request, with an agency's key in <c>x-agency-key</c>: <c>{state?, reason?, dataset_id?, note?}</c>, and with the planners' key also
    /// <c>candidate</c> (the plan's item it asks for) and <c>moderation</c>. Every change is kept. 401 without a key or with one that is not known, 403 for another agency's request, 409 if the state forbids it.
    /// </summary>
    public static IResult Change(
        HttpRequest request, string request_id, RequestBoard board, AgencyKeys keys, DatasetCatalog catalog, CurrentPlan plan, TimeProvider time, Answering answering) =>
        answering.Answer(UsageKind.Demand, null, async (_, cancellation) =>
        {
            if (request.Headers[KeyHeader].ToString() is not { Length: > 0 } key) throw new ApiException(401, "Unauthorized", $"Send an agency's key in the header {KeyHeader}.");
            var agency = await keys.AgencyOfAsync(key, cancellation)
                ?? throw new ApiException(401, "UnknownAgencyKey", $"The key in the header {KeyHeader} is not known: it was misspelt or revoked. Operators issue another.");
            var planners = agency == AgencyKeys.Planners;
            var body = await Body.ReadAsync(request, cancellation);
            var change = new RequestChange(
                time.GetUtcNow(), agency, body.OneOf<RequestState>("state"), body.OneOf<RefusalReason>("reason"), body.OptionalText("dataset_id", 201),
                planners ? body.OptionalText("candidate", 200) : null, planners ? body.OneOf<Moderation>("moderation") : null, body.OptionalText("note", 1000));
            body.NothingBut(planners ? ["state", "reason", "dataset_id", "note", "candidate", "moderation"] : ["state", "reason", "dataset_id", "note"]);
            if (change is { State: null, Candidate: null, Moderation: null, Note: null }) throw new ApiException(400, "InvalidParameter", "The body changes nothing: give a state, or a note.");
            if (change.DatasetId is { } dataset) await CheckDatasetAsync(dataset, catalog, cancellation);
            if (change.Candidate is { } candidate && !(await plan.GetAsync(cancellation)).Areas.SelectMany(area => area.Items).Any(item => item.Id == candidate))
            {
                throw Body.Wrong("candidate", candidate, "must be the id of an item of the plan");
            }

            var found = await board.FindAsync(request_id, cancellation) ?? throw NoRequest(request_id);
            if (!planners && found.Agency is { } other && other != agency) throw new ApiException(403, "Forbidden", $"This request is with the agency {other}.");
            try
            {
                return Json(PublicRequest.Of(await board.ChangeAsync(request_id, change, cancellation) ?? throw NoRequest(request_id)));
            }
            catch (InvalidOperationException e)
            {
                throw new ApiException(409, "Conflict", e.Message);
            }
        });

    /// <summary>
    /// Says something of a dataset: <c>{kind: "rating", rating: 1…5}</c>, <c>{kind: "problem", text}</c> or <c>{kind: "reuse", text, url?}</c>. 201, or 202 if it waits for moderation.
    /// </summary>
    public static IResult Feedback(
        HttpRequest request, string dataset_id, FeedbackLog log, WriteQuota quota, DatasetCatalog catalog, TimeProvider time, Answering answering) =>
        answering.Answer(UsageKind.Demand, dataset_id, async (_, cancellation) =>
        {
            if (!DatasetId.TryParse(dataset_id, out var id) || (await catalog.FindAsync(id, cancellation))?.Current is null) throw ApiException.NotFound($"There is no dataset '{dataset_id}'.");
            var body = await Body.ReadAsync(request, cancellation);
            var kind = body.OneOf<FeedbackKind>("kind") ?? throw Body.Wrong("kind", "", "must be rating, problem or reuse");
            var text = kind == FeedbackKind.Rating ? body.OptionalText("text", 2000) : body.Text("text", 5, 2000);
            var rating = kind == FeedbackKind.Rating ? body.Whole("rating", 1, 5) : (int?)null;
            var url = kind == FeedbackKind.Reuse ? body.OptionalText("url", 500) : null;
            body.NothingBut("kind", "text", kind == FeedbackKind.Rating ? "rating" : "url");
            if (url is not null && !(Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https")) throw Body.Wrong("url", url, "must be an http or https address");
            await SpendAsync(quota, "feedback", request, FeedbackPerDay, cancellation);
            var moderation = TextScreen.Judge(text);
            await log.AddAsync(new Feedback(id.ToString(), time.GetUtcNow(), kind, rating, text, url, moderation), cancellation);
            return Json(new { moderation }, moderation == Moderation.Shown ? 201 : 202);
        });

    private static async Task<string> GroupAsync(Body body, CurrentPlan plan, CancellationToken cancellation)
    {
        var groups = (await plan.GetAsync(cancellation)).Groups.Select(group => group.Id).ToList();
        var group = body.Text("group", 1, 100);
        return groups.Contains(group) ? group : throw Body.Wrong("group", group, $"must be one of {string.Join(", ", groups)}");
    }

    private static async Task SpendAsync(WriteQuota quota, string what, HttpRequest request, int limit, CancellationToken cancellation)
    {
        if (await quota.TakeAsync(what, Caller.Of(request.HttpContext).Name, limit, cancellation)) return;
        throw new ApiException(429, "TooManyRequests", $"You have written {limit} times today, which is the most for a {what}. Try again tomorrow.") { RetrySeconds = 86_400 };
    }

    private static async Task CheckDatasetAsync(string text, DatasetCatalog catalog, CancellationToken cancellation)
    {
        if (!DatasetId.TryParse(text, out var id) || (await catalog.FindAsync(id, cancellation))?.Current is null)
        {
            throw Body.Wrong("dataset_id", text, "must be a dataset that is published");
        }
    }

    private static ApiException NoRequest(string request_id) => ApiException.NotFound($"There is no request '{request_id}', or it is not shown.");

    private static IResult Json(object value, int status = 200) => Results.Json(value, OpenDataJson.Options, statusCode: status);
}
