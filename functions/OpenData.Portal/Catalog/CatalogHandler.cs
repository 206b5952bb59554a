using System.Globalization;
using OpenData.Api.Routing;
using OpenData.Portal.Rendering;
using OpenData.Query;
using OpenData.Query.Compilation;
using OpenData.Query.Formats;

namespace OpenData.Portal.Catalog;

/// <summary>The catalogue: search, filters, sort and pages, all of them in the address.</summary>
internal sealed class CatalogHandler(QueryEngine engine) : IPageHandler
{
    /// <summary>The orders to choose from, the default first.</summary>
    public static IReadOnlyList<string> Orders { get; } = ["modified", "title", "records", "quality"];

    // A reader may choose several values of each: datasets with any of them are shown.
    private static readonly string[] FacetNames =
        ["theme", "publisher", "license", "accrualperiodicity", "metadata_rating", "features", "year"];

    private const int MaxValues = 30;

    /// <inheritdoc/>
    public async Task<PageAnswer> GetAsync(PageRequest request, CancellationToken cancellation)
    {
        var (address, details) = (request.Address, request.Details);
        var search = address["q"];
        var sort = address["sort"] is { } order && Orders.Contains(order) ? order : Orders[0];
        var chosen = FacetNames.SelectMany(name => address.All(name).Select(value => $"{FieldOf(name)}:{value}")).ToList();
        var question = new QueryRequest
        {
            Where = Odsql.Search(search) is { } words ? [words] : [],
            Refine = chosen,
            Facets = [.. FacetNames.Select(name => $"facet(name=\"{FieldOf(name)}\", disjunctive=true)")],
        };
        var listed = question with
        {
            Select = DatasetSummary.Fields,
            OrderBy = OrderOf(sort),
            Limit = CatalogModel.PageSize,
            Offset = (Math.Min(address.Page, 500) - 1) * CatalogModel.PageSize,
        };
        var catalog = await engine.CatalogAsync(cancellation);
        var page = await engine.RecordsAsync(catalog, listed, RecordFormat.Json, new FormatOptions(), count: true, cancellation);
        var facets = await engine.FacetsAsync(catalog, question, cancellation);
        (details.Rows, details.Search, details.Hits) = (page.Count, search, search is null ? null : page.TotalCount);
        var model = new CatalogModel
        {
            Search = search,
            Sort = sort,
            Total = page.TotalCount ?? 0,
            Datasets = DatasetSummary.Read(page.Content),
            Facets = [.. FacetNames.Select(name => Facet(address, name, facets)).Where(facet => facet.Values.Count > 0)],
            ApiAddress = Odsql.Address(
                $"/{Routes.Datasets}",
                [
                    ("where", Odsql.Search(search)), .. chosen.Select(value => ("refine", (string?)value)), ("order_by", OrderOf(sort)),
                    ("limit", CatalogModel.PageSize.ToString(CultureInfo.InvariantCulture)),
                ]),
        };
        var title = search is null ? request.View.Text("catalog.title") : request.View.Text("catalog.found", search);
        return new Page(typeof(CatalogPage), model) { Title = title, Section = "datasets", Indexed = address.Parameters.Count == 0 };
    }

    private static CatalogFacet Facet(PageAddress address, string name, IReadOnlyList<FacetValues> facets)
    {
        var chosen = address.All(name).ToHashSet(StringComparer.Ordinal);
        var values = facets.Where(facet => facet.Name == FieldOf(name)).SelectMany(facet => facet.Facets);
        return new CatalogFacet(
            name,
            [
                .. values.Take(MaxValues).Select(value => new CatalogFacetValue(
                    value.Name, value.Count ?? 0, chosen.Contains(value.Value), address.Toggle(name, value.Value).ToString())),
            ]);
    }

    private static string FieldOf(string facet) => facet == "year" ? "modified" : facet;

    private static string OrderOf(string sort) => sort switch
    {
        "title" => "title",
        "records" => "records_count desc",
        "quality" => "score desc",
        _ => "modified desc",
    };
}
