using OpenData.Api.Explore;
using OpenData.Api.Harvest;
using OpenData.Api.Pipeline;
using OpenData.Api.Routing;
using OpenData.Catalog.Publication;
using OpenData.Catalog.Quality;
using OpenData.Portal.Rendering;
using OpenData.Query;
using OpenData.Query.Compilation;
using OpenData.Query.Language;
using OpenData.Query.Subjects;

namespace OpenData.Portal.Datasets;

/// <summary>A dataset's own page: what it is, its fields, its first records, downloads and quality.</summary>
internal sealed class DatasetHandler(QueryEngine engine, HarvestAnswers harvest) : IPageHandler
{
    private const int PreviewRows = 10;

    /// <inheritdoc/>
    public async Task<PageAnswer> GetAsync(PageRequest request, CancellationToken cancellation)
    {
        var dataset = await FindAsync(engine, request, cancellation);
        var view = request.View;
        var metadata = dataset.Entry.Metadata;
        var record = DatasetRecord.Of(dataset, view.Now);
        RecordTable? preview = null;
        if (dataset.ShowsRecords)
        {
            (preview, _) = await RecordTables.ReadAsync(engine, dataset, new QueryRequest { Limit = PreviewRows }, view, cancellation);
        }

        var model = new DatasetModel
        {
            Heading = Heading(dataset, ""),
            Description = metadata.Description,
            Facts = Facts(dataset, view),
            Fields = FieldModels.Of(record, dataset),
            Preview = preview,
            Records = dataset.Rows,
            Downloads = dataset.ShowsRecords ? Downloads(dataset, null, withOriginal: dataset.ShowsOriginal) : [],
            Quality = DatasetQuality.Of(metadata, dataset.Version, view.Now),
        };
        return new Page(typeof(DatasetPage), model)
        {
            Title = dataset.Entry.Title,
            Description = metadata.Description,
            Section = "datasets",
            StructuredData = harvest.StructuredData(request.Http, dataset),
        };
    }

    /// <summary>The dataset that a page is about.</summary>
    /// <exception cref="ApiException">404: there is none.</exception>
    internal static async Task<ServedDataset> FindAsync(QueryEngine engine, PageRequest request, CancellationToken cancellation)
    {
        var id = request.Value("dataset_id");
        if (await engine.FindAsync(id, null, Viewer.Anybody, cancellation) is not { } dataset)
        {
            throw ApiException.NotFound(request.View.Text("dataset.missing", id));
        }

        request.Details.Version = dataset.Version.Version;
        return dataset;
    }

    internal static DatasetHeading Heading(ServedDataset dataset, string tab) =>
        new(dataset.Version.DatasetId, dataset.Entry.Title, dataset.Entry.Publisher, tab);

    internal static string ApiPath(ServedDataset dataset, string below) =>
        $"/{Routes.Datasets}/{PortalView.Escape(dataset.Version.DatasetId)}/{below}";

    /// <summary>The files of a question's whole result.</summary>
    internal static IReadOnlyList<DownloadModel> Downloads(ServedDataset dataset, TableQuestion? question, bool withOriginal)
    {
        var files = ExportFormats.OfDataset(dataset).Select(format =>
        {
            var path = ApiPath(dataset, $"exports/{format.Name}");
            return new DownloadModel(
                format.Name, question?.ApiAddress(path, null) ?? path,
                format.Name == "parquet" && question is null && dataset.Entry.Current is { } current ? current.Bytes : null);
        });
        var source = dataset.Version.Source;
        var name = source.Path[(source.Path.LastIndexOf('/') + 1)..];
        return withOriginal
            ? [.. files, new DownloadModel("original", ApiPath(dataset, $"attachments/{Uri.EscapeDataString(name)}"), source.Bytes)]
            : [.. files];
    }

    private static List<DatasetFact> Facts(ServedDataset dataset, PortalView view)
    {
        var (metadata, version) = (dataset.Entry.Metadata, dataset.Version);
        var catalog = new PageAddress(view.Link("/datasets"), []);
        var facts = new List<DatasetFact>
        {
            new("publisher", dataset.Entry.Publisher, catalog.With("publisher", dataset.Entry.Publisher).ToString()),
            new("records", PortalView.Number(dataset.Rows)),
            new("modified", view.Day(version.Source.DroppedAt)),
        };
        if (metadata.UpdateFrequency is { } frequency) facts.Add(new("frequency", view.Term("accrualperiodicity", frequency)));
        facts.AddRange(metadata.Theme.Select(theme => new DatasetFact("theme", theme, catalog.With("theme", theme).ToString())));
        if (metadata.Keyword.Count > 0) facts.Add(new("keyword", string.Join(", ", metadata.Keyword)));
        facts.Add(metadata.License is { } license
            ? new(
                "license",
                license,
                Uri.TryCreate(license, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? license : null)
            : new("license", view.Text("fact.license.none")));
        if (metadata.Spatial is { } spatial) facts.Add(new("spatial", spatial));
        if (metadata.Temporal is { } temporal) facts.Add(new("temporal", temporal));
        if (metadata.Contact is { } contact) facts.Add(new("contact", contact));
        if (metadata.Rights is { } rights) facts.Add(new("rights", rights));
        facts.Add(new("id", version.DatasetId));
        facts.Add(new("version", version.Version));
        if (version.ProblemCount > 0) facts.Add(new("problems", PortalView.Number(version.ProblemCount)));
        return facts;
    }
}

/// <summary>A dataset's records as a table: words, filters by column, sort and pages, all of them in the address.</summary>
internal sealed class TableHandler(QueryEngine engine) : IPageHandler
{
    /// <inheritdoc/>
    public async Task<PageAnswer> GetAsync(PageRequest request, CancellationToken cancellation)
    {
        var dataset = await DatasetHandler.FindAsync(engine, request, cancellation);
        var question = new TableQuestion(request.Address, dataset.Version.Fields);
        string? fault = null;
        (RecordTable Table, long Total) answer;
        try
        {
            answer = await RecordTables.ReadAsync(
                engine, dataset, question.Page(PageOf(request), TableModel.PageSize), request.View, cancellation);
        }
        catch (QueryException e)
        {
            fault = e.Message;
            answer = await RecordTables.ReadAsync(engine, dataset, new QueryRequest { Limit = 0 }, request.View, cancellation);
            answer.Total = 0;
        }

        var details = request.Details;
        (details.Rows, details.Search) = (answer.Table.Rows.Count, question.Search);
        if (question.Search is not null) details.Hits = answer.Total;
        var model = new TableModel
        {
            Heading = DatasetHandler.Heading(dataset, "table"),
            Table = answer.Table,
            Total = answer.Total,
            Question = question,
            Fault = fault,
            ApiAddress = question.ApiAddress(DatasetHandler.ApiPath(dataset, "records"), TableModel.PageSize),
            Downloads = DatasetHandler.Downloads(dataset, question, withOriginal: false),
        };
        return new Page(typeof(TablePage), model)
        {
            Title = $"{dataset.Entry.Title} – {request.View.Text("tab.table")}",
            Section = "datasets",
            Status = fault is null ? 200 : 400,
            Indexed = request.Address.Parameters.Count == 0,
        };
    }

    private static int PageOf(PageRequest request) => Math.Min(request.Address.Page, QueryLimits.RecordsWindow / TableModel.PageSize);
}

/// <summary>How a program asks what the table's page shows.</summary>
internal sealed class ApiHandler(QueryEngine engine) : IPageHandler
{
    private const int Records = 20;

    /// <inheritdoc/>
    public async Task<PageAnswer> GetAsync(PageRequest request, CancellationToken cancellation)
    {
        var dataset = await DatasetHandler.FindAsync(engine, request, cancellation);
        var question = new TableQuestion(request.Address, dataset.Version.Fields);
        var root = request.View.Root;
        var records = root + question.ApiAddress(DatasetHandler.ApiPath(dataset, "records"), Records);
        var csv = question.ApiAddress(DatasetHandler.ApiPath(dataset, "exports/csv"), null);
        var model = new ApiModel(
            DatasetHandler.Heading(dataset, "api"),
            records,
            CodeSamples.Of(
                records,
                $"{root}{csv}{(csv.Contains('?', StringComparison.Ordinal) ? '&' : '?')}delimiter=%2C",
                root + question.ApiAddress(DatasetHandler.ApiPath(dataset, "exports/parquet"), null)));
        return new Page(typeof(ApiPage), model)
        {
            Title = $"{dataset.Entry.Title} – {request.View.Text("tab.api")}",
            Section = "datasets",
            Indexed = request.Address.Parameters.Count == 0,
        };
    }
}
