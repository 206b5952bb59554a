using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using OpenData.Api.Catalog;
using OpenData.Api.Explore;
using OpenData.Api.Routing;

namespace OpenData.FunctionApp;

/// <summary>The Explore API.</summary>
public sealed class ExploreFunctions(CatalogEndpoints catalog, DatasetEndpoints datasets)
{
    /// <summary>See <see cref="CatalogEndpoints.Catalog"/>.</summary>
    [Function(nameof(Routes.Catalog))]
    public IResult Catalog(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.Catalog)] HttpRequest request) =>
        catalog.Catalog(request);

    /// <summary>See <see cref="CatalogEndpoints.Datasets"/>.</summary>
    [Function(nameof(Routes.Datasets))]
    public IResult Datasets(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "options", Route = Routes.Datasets)] HttpRequest request) =>
        catalog.Datasets(request);

    /// <summary>See <see cref="CatalogEndpoints.Facets"/>.</summary>
    [Function(nameof(Routes.CatalogFacets))]
    public IResult CatalogFacets(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.CatalogFacets)] HttpRequest request) =>
        catalog.Facets(request);

    /// <summary>See <see cref="CatalogEndpoints.Exports"/>.</summary>
    [Function(nameof(Routes.CatalogExports))]
    public IResult CatalogExports(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.CatalogExports)] HttpRequest request) =>
        catalog.Exports(request);

    /// <summary>See <see cref="CatalogEndpoints.Export"/>.</summary>
    [Function(nameof(Routes.CatalogExport))]
    public IResult CatalogExport(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "options", Route = Routes.CatalogExport)] HttpRequest request,
        string format) =>
        catalog.Export(request, format);

    /// <summary>See <see cref="CatalogEndpoints.Dataset"/>.</summary>
    [Function(nameof(Routes.Dataset))]
    public IResult Dataset(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.Dataset)] HttpRequest request,
        string dataset_id) =>
        catalog.Dataset(request, dataset_id);

    /// <summary>See <see cref="DatasetEndpoints.Records"/>.</summary>
    [Function(nameof(Routes.Records))]
    public IResult Records(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "options", Route = Routes.Records)] HttpRequest request,
        string dataset_id) =>
        datasets.Records(request, dataset_id);

    /// <summary>See <see cref="DatasetEndpoints.Record"/>.</summary>
    [Function(nameof(Routes.Record))]
    public IResult Record(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.Record)] HttpRequest request,
        string dataset_id, string record_id) =>
        datasets.Record(request, dataset_id, record_id);

    /// <summary>See <see cref="DatasetEndpoints.Facets"/>.</summary>
    [Function(nameof(Routes.Facets))]
    public IResult Facets(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "options", Route = Routes.Facets)] HttpRequest request,
        string dataset_id) =>
        datasets.Facets(request, dataset_id);

    /// <summary>See <see cref="DatasetEndpoints.Exports"/>.</summary>
    [Function(nameof(Routes.Exports))]
    public IResult Exports(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.Exports)] HttpRequest request,
        string dataset_id) =>
        datasets.Exports(request, dataset_id);

    /// <summary>See <see cref="DatasetEndpoints.Export"/>.</summary>
    [Function(nameof(Routes.Export))]
    public IResult Export(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "options", Route = Routes.Export)] HttpRequest request,
        string dataset_id, string format) =>
        datasets.Export(request, dataset_id, format);

    /// <summary>See <see cref="DatasetEndpoints.Attachments"/>.</summary>
    [Function(nameof(Routes.Attachments))]
    public IResult Attachments(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.Attachments)] HttpRequest request,
        string dataset_id) =>
        datasets.Attachments(request, dataset_id);

    /// <summary>See <see cref="DatasetEndpoints.Attachment"/>.</summary>
    [Function(nameof(Routes.Attachment))]
    public IResult Attachment(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = Routes.Attachment)] HttpRequest request,
        string dataset_id, string attachment_id) =>
        datasets.Attachment(request, dataset_id, attachment_id);
}
