using Microsoft.AspNetCore.Http;
using OpenData.Catalog;
using OpenData.Demand.Requests;
using OpenData.Portal.Rendering;
using OpenData.Portal.Requests;
using OpenData.Query;
using OpenData.Query.Compilation;
using OpenData.Query.Formats;
using OpenData.Query.Language;

namespace OpenData.Portal.Desk;

/// <summary>An agency's desk: sign in, upload, and see what became of it and what is to be done.</summary>
internal sealed class DeskHandler(DeskSessions sessions, UploadLog uploads, RequestViews requests, QueryEngine engine) : IFormHandler
{
    private const int Latest = 20;
    private const int MaxDatasets = 200;

    /// <inheritdoc/>
    public async Task<PageAnswer> GetAsync(PageRequest request, CancellationToken cancellation) =>
        await PageAsync(request, await sessions.FindAsync(request.Http, cancellation), null, cancellation);

    /// <inheritdoc/>
    public async Task<PageAnswer> PostAsync(PageRequest request, IFormCollection form, CancellationToken cancellation)
    {
        if (form["action"] == "sign-out")
        {
            var session = await sessions.RequireAsync(request, cancellation);
            DeskSessions.Check(session, form, request.View);
            await sessions.SignOutAsync(request.Http, cancellation);
            return new SeeOther(request.View.Link("/desk"));
        }

        return await sessions.SignInAsync(request.Http, form["key"].ToString().Trim(), cancellation)
            ? new SeeOther(request.View.Link("/desk"))
            : await PageAsync(request, null, request.View.Text("desk.signin.wrong"), cancellation);
    }

    /// <summary>The page, with what was wrong.</summary>
    internal async Task<Page> PageAsync(PageRequest request, DeskSession? session, string? fault, CancellationToken cancellation)
    {
        var model = new DeskModel { Agency = session?.Agency, Fault = fault, Dataset = request.Address["dataset"] };
        if (session is not null) model = await FillAsync(model with { Token = session.Token }, session.Agency, request.View, cancellation);
        return new Page(typeof(DeskPage), model)
        {
            Title = request.View.Text("desk.title"),
            Section = "desk",
            Status = fault is null ? 200 : session is null ? 401 : 400,
            Cacheable = false,
            Indexed = false,
        };
    }

    private async Task<DeskModel> FillAsync(DeskModel model, string agency, PortalView view, CancellationToken cancellation)
    {
        var latest = new List<Upload>();
        await foreach (var upload in uploads.ListAsync(agency, cancellation))
        {
            latest.Add(upload);
            if (latest.Count == Latest) break;
        }

        var datasets = await engine.RecordsAsync(
            await engine.CatalogAsync(cancellation),
            new QueryRequest
            {
                Select = DatasetSummary.Fields,
                Where = [$"dataset_id like {QuotedText.Of($"*@{agency}")}"],
                OrderBy = "title",
                Limit = MaxDatasets,
            },
            RecordFormat.Json, new FormatOptions(), count: false, cancellation);
        var open = (await requests.ShownAsync(cancellation))
            .Where(each => each.Agency == agency && each.State is RequestState.Open or RequestState.Extended)
            .OrderBy(each => each.OpenedAt);
        return model with
        {
            Uploads = latest,
            Datasets = [.. DatasetSummary.Read(datasets.Content).Where(
                dataset => dataset.Id.EndsWith($"@{agency}", StringComparison.Ordinal))],
            Requests = await requests.ModelsAsync(open, view, cancellation),
        };
    }
}
