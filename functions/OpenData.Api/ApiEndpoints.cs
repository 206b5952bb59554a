using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenData.Api.Explore;

namespace OpenData.Api;

/// <summary>Sets the endpoints up: their services, and their routes where there is a router. On Azure each of them is a function of the same name.</summary>
public static class ApiEndpoints
{
    /// <summary>Adds the product's services and what the endpoints need besides.</summary>
    /// <exception cref="SettingException">A setting has a value of the wrong kind; its name is in the message.</exception>
    public static IServiceCollection AddOpenDataApi(this IServiceCollection services, IConfiguration configuration) =>
        services.AddOpenData(configuration).AddSingleton<RateLimit>().AddSingleton<Answering>().AddHostedService<UsageWriter>();

    /// <summary>Maps every route of <see cref="Routes"/> below <see cref="Routes.Prefix"/>.</summary>
    public static void MapOpenDataApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup(Routes.Prefix);
        api.MapGet(Routes.Health, SystemEndpoints.Health).WithName(nameof(Routes.Health));
        api.MapGet(Routes.Uploads, SystemEndpoints.Uploads).WithName(nameof(Routes.Uploads));
        api.MapMethods(Routes.Catalog, Methods.Reading, CatalogEndpoints.Catalog).WithName(nameof(Routes.Catalog));
        api.MapMethods(Routes.Datasets, Methods.Asking, CatalogEndpoints.Datasets).WithName(nameof(Routes.Datasets));
        api.MapMethods(Routes.CatalogFacets, Methods.Reading, CatalogEndpoints.Facets).WithName(nameof(Routes.CatalogFacets));
        api.MapMethods(Routes.CatalogExports, Methods.Reading, CatalogEndpoints.Exports).WithName(nameof(Routes.CatalogExports));
        api.MapMethods(Routes.CatalogExport, Methods.Asking, CatalogEndpoints.Export).WithName(nameof(Routes.CatalogExport));
        api.MapMethods(Routes.Dataset, Methods.Reading, CatalogEndpoints.Dataset).WithName(nameof(Routes.Dataset));
        api.MapMethods(Routes.Records, Methods.Asking, DatasetEndpoints.Records).WithName(nameof(Routes.Records));
        api.MapMethods(Routes.Record, Methods.Reading, DatasetEndpoints.Record).WithName(nameof(Routes.Record));
        api.MapMethods(Routes.Facets, Methods.Asking, DatasetEndpoints.Facets).WithName(nameof(Routes.Facets));
        api.MapMethods(Routes.Exports, Methods.Reading, DatasetEndpoints.Exports).WithName(nameof(Routes.Exports));
        api.MapMethods(Routes.Export, Methods.Asking, DatasetEndpoints.Export).WithName(nameof(Routes.Export));
        api.MapMethods(Routes.Attachments, Methods.Reading, DatasetEndpoints.Attachments).WithName(nameof(Routes.Attachments));
        api.MapMethods(Routes.Attachment, Methods.Reading, DatasetEndpoints.Attachment).WithName(nameof(Routes.Attachment));
        api.MapGet(Routes.Reports, ReportEndpoints.List).WithName(nameof(Routes.Reports));
        api.MapGet(Routes.LatestReport, ReportEndpoints.Latest).WithName(nameof(Routes.LatestReport));
        api.MapGet(Routes.ReportEdition, ReportEndpoints.Edition).WithName(nameof(Routes.ReportEdition));
        api.MapGet(Routes.ReportFile, ReportEndpoints.File).WithName(nameof(Routes.ReportFile));
        api.MapPost(Routes.RunReport, ReportEndpoints.Run).WithName(nameof(Routes.RunReport));
        api.MapGet(Routes.DataRequests, DemandEndpoints.List).WithName(nameof(Routes.DataRequests));
        api.MapPost(Routes.OpenDataRequest, DemandEndpoints.Open).WithName(nameof(Routes.OpenDataRequest));
        api.MapGet(Routes.DataRequest, DemandEndpoints.Find).WithName(nameof(Routes.DataRequest));
        api.MapPatch(Routes.ChangeDataRequest, DemandEndpoints.Change).WithName(nameof(Routes.ChangeDataRequest));
        api.MapPost(Routes.SupportDataRequest, DemandEndpoints.Support).WithName(nameof(Routes.SupportDataRequest));
        api.MapPost(Routes.Feedback, DemandEndpoints.Feedback).WithName(nameof(Routes.Feedback));
    }
}
