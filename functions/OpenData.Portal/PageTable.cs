using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using OpenData.Portal.Catalog;
using OpenData.Portal.Datasets;
using OpenData.Portal.Desk;
using OpenData.Portal.Developers;
using OpenData.Portal.Home;
using OpenData.Portal.Plans;
using OpenData.Portal.Requests;
using OpenData.Usage;

namespace OpenData.Portal;

/// <summary>Every page by its path after the language.</summary>
internal static class PageTable
{
    private static readonly PageRoute[] All =
    [
        Of<HomeHandler>("", UsageKind.Catalog),
        Of<CatalogHandler>("datasets", UsageKind.Catalog),
        Of<DatasetHandler>("datasets/{dataset_id}", UsageKind.Dataset),
        Of<TableHandler>("datasets/{dataset_id}/table", UsageKind.Records),
        Of<ApiHandler>("datasets/{dataset_id}/api", UsageKind.Reference),
        Of<BoardHandler>("requests", UsageKind.Demand),
        Of<NewRequestHandler>("requests/new", UsageKind.Demand),
        Of<RequestHandler>("requests/{request_id}", UsageKind.Demand),
        Of<PlanHandler>("plan", UsageKind.Report),
        Of<DeveloperHandler>("developers", UsageKind.Reference),
        Of<DeskHandler>("desk", UsageKind.Uploads),
        Of<UploadHandler>("desk/upload", UsageKind.Uploads),
        Of<UploadPageHandler>("desk/uploads/{upload_id}", UsageKind.Uploads),
        Of<DescriptionHandler>("desk/datasets/{dataset}", UsageKind.Uploads),
    ];

    /// <summary>The handlers' types.</summary>
    public static IEnumerable<Type> Handlers => All.Select(page => page.Handler);

    /// <summary>The page at a path, with the values in the path; null if there is none.</summary>
    /// <param name="path">The path after the language, such as <c>/datasets</c>.</param>
    /// <param name="values">The values.</param>
    public static PageRoute? Find(string path, out RouteValueDictionary values)
    {
        foreach (var page in All)
        {
            values = [];
            if (page.Path.TryMatch(path.Length == 0 ? "/" : path, values)) return page;
        }

        values = [];
        return null;
    }

    private static PageRoute Of<T>(string path, UsageKind kind) =>
        new(new TemplateMatcher(TemplateParser.Parse(path), []), typeof(T), kind);
}

/// <summary>A page's path and what makes it.</summary>
/// <param name="Path">The path after the language.</param>
/// <param name="Handler">The type of its handler.</param>
/// <param name="Kind">What the usage log calls it.</param>
internal sealed record PageRoute(TemplateMatcher Path, Type Handler, UsageKind Kind);
