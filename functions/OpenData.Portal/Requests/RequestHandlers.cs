using Microsoft.AspNetCore.Http;
using OpenData.Api.Demand;
using OpenData.Api.Pipeline;
using OpenData.Demand.Requests;
using OpenData.Lake;
using OpenData.Portal.Rendering;
using OpenData.Query;
using OpenData.Query.Compilation;
using OpenData.Query.Formats;

namespace OpenData.Portal.Requests;

/// <summary>The board of requests.</summary>
internal sealed class BoardHandler(RequestViews requests) : IPageHandler
{
    /// <inheritdoc/>
    public async Task<PageAnswer> GetAsync(PageRequest request, CancellationToken cancellation)
    {
        var address = request.Address;
        var state = address["state"] is { } asked && Enum.GetValues<RequestState>().Any(one => RequestViews.NameOf(one) == asked)
            ? asked
            : null;
        var sort = address["sort"] == "support" ? "support" : "opened";
        var words = RequestFilter.Words(address["q"]);
        var found = (await requests.ShownAsync(cancellation))
            .Where(each => (state is null || RequestViews.NameOf(each.State) == state) && RequestFilter.Has(each, words))
            .OrderByDescending(each => sort == "support" ? PublicRequest.SupportersOf(each) ?? 0 : 0)
            .ThenByDescending(each => each.OpenedAt)
            .ThenBy(each => each.RequestId, StringComparer.Ordinal)
            .ToList();
        var page = found.Skip((address.Page - 1) * BoardModel.PageSize).Take(BoardModel.PageSize);
        var model = new BoardModel(
            address["q"], state, sort, found.Count, await requests.ModelsAsync(page, request.View, cancellation));
        request.Details.Rows = model.Requests.Count;
        return new Page(typeof(BoardPage), model)
        {
            Title = request.View.Text("requests.title"),
            Section = "requests",
            Cacheable = false,
            Indexed = address.Parameters.Count == 0,
        };
    }
}

/// <summary>One request, and the form to support it.</summary>
internal sealed class RequestHandler(RequestViews requests, RequestDesk desk) : IFormHandler
{
    /// <inheritdoc/>
    public async Task<PageAnswer> GetAsync(PageRequest request, CancellationToken cancellation)
    {
        var id = request.Value("request_id");
        if (await requests.FindAsync(id, cancellation) is not { } found) throw PublicRequest.NotFound(id);
        var shown = (await requests.ModelsAsync([found], request.View, cancellation))[0];
        var outcome = request.Address["done"] is "opened" or "supported" or "already" ? request.Address["done"] : null;
        var model = new RequestPageModel(shown, await requests.GroupsAsync(request.View, cancellation), outcome);
        return new Page(typeof(RequestPage), model)
        {
            Title = found.Title,
            Description = found.Wanted,
            Section = "requests",
            Cacheable = false,
            Indexed = outcome is null,
        };
    }

    /// <inheritdoc/>
    public async Task<PageAnswer> PostAsync(PageRequest request, IFormCollection form, CancellationToken cancellation)
    {
        var (id, group) = (request.Value("request_id"), form["group"].ToString());
        if (!(await requests.GroupsAsync(request.View, cancellation)).Any(one => one.Id == group))
        {
            throw new ApiException(400, "InvalidBody", request.View.Text("request.group.missing"));
        }

        var (_, counted) = await desk.SupportAsync(request.Http, id, group, cancellation);
        return new SeeOther(request.View.Link($"/requests/{PortalView.Escape(id)}?done={(counted ? "supported" : "already")}"));
    }
}

/// <summary>The form for a new request, with what is like it.</summary>
internal sealed class NewRequestHandler(RequestViews requests, RequestDesk desk, QueryEngine engine) : IFormHandler
{
    private const int Similar = 5;
    private static readonly (string Name, int Least, int Most)[] Texts = [("title", 5, 150), ("wanted", 10, 2000), ("purpose", 0, 1000)];

    /// <inheritdoc/>
    public async Task<PageAnswer> GetAsync(PageRequest request, CancellationToken cancellation)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (request.Address["title"] is { } title) values["title"] = title;
        if (request.Address["agency"] is { } agency) values["agency"] = agency;
        return await PageAsync(request, values, [], isPending: request.Address["done"] == "pending", cancellation);
    }

    /// <inheritdoc/>
    public async Task<PageAnswer> PostAsync(PageRequest request, IFormCollection form, CancellationToken cancellation)
    {
        var view = request.View;
        string[] names = ["title", "wanted", "purpose", "group", "agency"];
        var values = names.ToDictionary(name => name, name => TextScreen.Clean(form[name].ToString()), StringComparer.Ordinal);
        // A field that people do not see and programs fill in.
        if (form["website"].ToString().Length > 0) return new SeeOther(view.Link("/requests/new?done=pending"));
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, least, most) in Texts)
        {
            if (values[name].Length < least || values[name].Length > most) faults[name] = view.Text("form.length", least, most);
        }

        if (!(await requests.GroupsAsync(view, cancellation)).Any(group => group.Id == values["group"]))
        {
            faults["group"] = view.Text("request.group.missing");
        }
        if (values["agency"].Length > DatasetId.MaxPartLength) faults["agency"] = view.Text("form.length", 0, DatasetId.MaxPartLength);
        if (faults.Count > 0) return await PageAsync(request, values, faults, isPending: false, cancellation);
        try
        {
            var opened = await desk.OpenAsync(
                request.Http,
                new DataRequest
                {
                    RequestId = "",
                    Title = values["title"],
                    Wanted = values["wanted"],
                    Purpose = Given(values["purpose"]),
                    Group = values["group"],
                    Agency = Given(values["agency"]),
                    OpenedAt = default,
                },
                cancellation);
            return new SeeOther(opened.Moderation == Moderation.Shown
                ? view.Link($"/requests/{PortalView.Escape(opened.RequestId)}?done=opened")
                : view.Link("/requests/new?done=pending"));
        }
        catch (ApiException e) when (e.Status == 400)
        {
            faults["agency"] = e.Message;
            return await PageAsync(request, values, faults, isPending: false, cancellation);
        }
    }

    private async Task<Page> PageAsync(
        PageRequest request,
        Dictionary<string, string> values,
        Dictionary<string, string> faults,
        bool isPending,
        CancellationToken cancellation)
    {
        var title = values.GetValueOrDefault("title");
        var model = new NewRequestModel
        {
            Values = values,
            Faults = faults,
            Groups = await requests.GroupsAsync(request.View, cancellation),
            SimilarDatasets = await DatasetsAsync(title, cancellation),
            SimilarRequests = string.IsNullOrWhiteSpace(title)
                ? []
                : [.. (await requests.ShownAsync(cancellation))
                    .Where(each => Words(title).Any(word => RequestFilter.Has(each, RequestFilter.Words(word))))
                    .Take(Similar)],
            IsPending = isPending,
        };
        return new Page(typeof(NewRequestPage), model)
        {
            Title = request.View.Text("request.new"),
            Section = "requests",
            Status = faults.Count > 0 ? 400 : 200,
            Cacheable = false,
            Indexed = request.Address.Parameters.Count == 0,
        };
    }

    private async Task<IReadOnlyList<DatasetSummary>> DatasetsAsync(string? title, CancellationToken cancellation)
    {
        var words = Words(title ?? "").Select(word => Odsql.Search(word)!).ToList();
        if (words.Count == 0) return [];
        var page = await engine.RecordsAsync(
            await engine.CatalogAsync(cancellation),
            new QueryRequest { Select = DatasetSummary.Fields, Where = [string.Join(" or ", words)], Limit = Similar },
            RecordFormat.Json, new FormatOptions(), count: false, cancellation);
        return DatasetSummary.Read(page.Content);
    }

    // A word of one letter is in everything.
    private static IEnumerable<string> Words(string text) =>
        text.Split([' ', ',', '.', '/', '(', ')'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length > 1).Take(6);

    private static string? Given(string text) => text.Length == 0 ? null : text;
}
