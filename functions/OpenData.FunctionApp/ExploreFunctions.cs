using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using OpenData.Api;
using OpenData.Api.Explore;
using OpenData.Lake;
using OpenData.Query;

namespace OpenData.FunctionApp;

/// <summary>The Explore API.</summary>
public sealed class ExploreFunctions(QueryEngine engine, Storage storage, OpenDataSettings settings, TimeProvider time, Answering answering)
{
    /// <summary>See <see cref="CatalogEndpoints.Catalog"/>.</summary>
    [Function(nameof(Routes.Catalog))]
    public IResult Catalog([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.Catalog)] HttpRequest request) =>
        CatalogEndpoints.Catalog(request, settings, answering);

    /// <summary>See <see cref="CatalogEndpoints.Datasets"/>.</summary>
    [Function(nameof(Routes.Datasets))]
    public IResult Datasets([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "options", Route = Routes.Datasets)] HttpRequest request) =>
        CatalogEndpoints.Datasets(request, engine, settings, answering);

    /// <summary>See <see cref="CatalogEndpoints.Facets"/>.</summary>
    [Function(nameof(Routes.CatalogFacets))]
    public IResult CatalogFacets([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.CatalogFacets)] HttpRequest request) =>
        CatalogEndpoints.Facets(request, engine, answering);

    /// <summary>See <see cref="CatalogEndpoints.Exports"/>.</summary>
    [Function(nameof(Routes.CatalogExports))]
    public IResult CatalogExports([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.CatalogExports)] HttpRequest request) =>
        CatalogEndpoints.Exports(request, settings, answering);

    /// <summary>See <see cref="CatalogEndpoints.Export"/>.</summary>
    [Function(nameof(Routes.CatalogExport))]
    public IResult CatalogExport([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "options", Route = Routes.CatalogExport)] HttpRequest request, string format) =>
        CatalogEndpoints.Export(request, format, engine, settings, time, answering);

    /// <summary>See <see cref="CatalogEndpoints.Dataset"/>.</summary>
    [Function(nameof(Routes.Dataset))]
    public IResult Dataset([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.Dataset)] HttpRequest request, string dataset_id) =>
        CatalogEndpoints.Dataset(request, dataset_id, engine, settings, time, answering);

    /// <summary>See <see cref="DatasetEndpoints.Records"/>.</summary>
    [Function(nameof(Routes.Records))]
    public IResult Records([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "options", Route = Routes.Records)] HttpRequest request, string dataset_id) =>
        DatasetEndpoints.Records(request, dataset_id, engine, settings, answering);

    /// <summary>See <see cref="DatasetEndpoints.Record"/>.</summary>
    [Function(nameof(Routes.Record))]
    public IResult Record([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.Record)] HttpRequest request, string dataset_id, string record_id) =>
        DatasetEndpoints.Record(request, dataset_id, record_id, engine, settings, answering);

    /// <summary>See <see cref="DatasetEndpoints.Facets"/>.</summary>
    [Function(nameof(Routes.Facets))]
    public IResult Facets([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "options", Route = Routes.Facets)] HttpRequest request, string dataset_id) =>
        DatasetEndpoints.Facets(request, dataset_id, engine, answering);

    /// <summary>See <see cref="DatasetEndpoints.Exports"/>.</summary>
    [Function(nameof(Routes.Exports))]
    public IResult Exports([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.Exports)] HttpRequest request, string dataset_id) =>
        DatasetEndpoints.Exports(request, dataset_id, engine, settings, answering);

    /// <summary>See <see cref="DatasetEndpoints.Export"/>.</summary>
    [Function(nameof(Routes.Export))]
    public IResult Export([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "options", Route = Routes.Export)] HttpRequest request, string dataset_id, string format) =>
        DatasetEndpoints.Export(request, dataset_id, format, engine, answering);

    /// <summary>See <see cref="DatasetEndpoints.Attachments"/>.</summary>
    [Function(nameof(Routes.Attachments))]
    public IResult Attachments([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.Attachments)] HttpRequest request, string dataset_id) =>
        DatasetEndpoints.Attachments(request, dataset_id, engine, settings, answering);

    /// <summary>See <see cref="DatasetEndpoints.Attachment"/>.</summary>
    [Function(nameof(Routes.Attachment))]
    public IResult Attachment([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.Attachment)] HttpRequest request, string dataset_id, string attachment_id) =>
        DatasetEndpoints.Attachment(request, dataset_id, attachment_id, engine, storage, answering);
}
