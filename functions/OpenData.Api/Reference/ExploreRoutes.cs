using Microsoft.AspNetCore.Http;
using OpenData.Api.Catalog;
using OpenData.Api.Explore;
using OpenData.Api.Routing;
using static OpenData.Api.Reference.ApiAnswers;
using static OpenData.Api.Reference.ApiParameters;

namespace OpenData.Api.Reference;

/// <summary>Routes of the Explore API.</summary>
internal static class ExploreRoutes
{
    private const string Chapter = "Explore";

    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        new(
            nameof(Routes.Catalog), Routes.Catalog, Methods.Reading,
            (CatalogEndpoints endpoints, HttpRequest request) => endpoints.Catalog(request))
        {
            Chapter = Chapter,
            Summary = "Where the API begins",
            Answers = OfReading(Ok("Links to the datasets, their facets and the exports.", nameof(ApiSchemas.Links), "catalog")),
        },
        new(
            nameof(Routes.Datasets), Routes.Datasets, Methods.Asking,
            (CatalogEndpoints endpoints, HttpRequest request) => endpoints.Datasets(request))
        {
            Chapter = Chapter,
            Summary = "The catalogue as records",
            Description =
                "Takes the same language as a dataset's records; "
                + "the fields are those of the metas, such as title, theme, publisher and records_count, "
                + "or with their template: default.title, dcat.issued, quality.score.",
            Parameters = [.. CatalogQuestion, Limit, Offset, WithLinks],
            Body = nameof(ApiSchemas.Question),
            BodyExample = ApiExamples.Read("catalog-question"),
            Answers = OfQuestion(Ok("The datasets.", nameof(ApiSchemas.Datasets), "datasets")),
        },
        new(
            nameof(Routes.CatalogFacets), Routes.CatalogFacets, Methods.Reading,
            (CatalogEndpoints endpoints, HttpRequest request) => endpoints.Facets(request))
        {
            Chapter = Chapter,
            Summary = "How many datasets have which themes, publishers, …",
            Parameters = [Facet with { Example = "theme" }, .. CatalogQuestion.Where(IsFilter)],
            Answers = OfQuestion(Ok("The facets' values.", nameof(ApiSchemas.Facets), "catalog-facets")),
        },
        new(
            nameof(Routes.CatalogExports), Routes.CatalogExports, Methods.Reading,
            (CatalogEndpoints endpoints, HttpRequest request) => endpoints.Exports(request))
        {
            Chapter = Chapter,
            Summary = "The formats in which the catalogue is exported",
            Answers = OfReading(Ok("A link a format.", nameof(ApiSchemas.Links), "exports")),
        },
        new(
            nameof(Routes.CatalogExport), Routes.CatalogExport, Methods.Asking,
            (CatalogEndpoints endpoints, HttpRequest request, string format) => endpoints.Export(request, format))
        {
            Chapter = Chapter,
            Summary = "The catalogue as one file, for harvesters or as a table",
            Description =
                "where, refine, exclude, order_by, limit and offset choose datasets; select and group_by go with csv, json and xlsx only.",
            Parameters =
            [
                CatalogFormat, .. CatalogQuestion.Where(one => one.Name is not ("select" or "group_by")), ExportLimit, Offset,
                UseLabels, Compressed, Delimiter, ListSeparator, QuoteAll, WithBom,
            ],
            Body = nameof(ApiSchemas.Question),
            BodyExample = ApiExamples.Read("catalog-question"),
            Answers = OfQuestion(File("The file.", "text/turtle")),
        },
        new(
            nameof(Routes.Dataset), Routes.Dataset, Methods.Reading,
            (CatalogEndpoints endpoints, HttpRequest request, string dataset_id) => endpoints.Dataset(request, dataset_id))
        {
            Chapter = Chapter,
            Summary = "One dataset: its fields and what is known of it",
            Description = "With Accept: application/ld+json it is a schema.org Dataset, as search engines read it.",
            Parameters = [DatasetIdentifier, Select with { Example = "dataset_id, fields" }, Zone, Language, WithLinks],
            Answers = OfQuestion(Ok("The dataset.", nameof(ApiSchemas.Dataset), "dataset")),
        },
        new(
            nameof(Routes.Records), Routes.Records, Methods.Asking,
            (DatasetEndpoints endpoints, HttpRequest request, string dataset_id) => endpoints.Records(request, dataset_id))
        {
            Chapter = Chapter,
            Summary = "A dataset's records: filtered, selected, grouped, sorted",
            Description =
                "JSON, or as the Accept header says text/csv, application/geo+json or application/x-ndjson. "
                + "Link: rel=next leads to the next page.",
            Parameters = [DatasetIdentifier, .. Question, Limit, Offset, PinnedVersion, WithLinks, AppMetas],
            Body = nameof(ApiSchemas.Question),
            BodyExample = ApiExamples.Read("question"),
            Answers = OfQuestion(Ok("The records.", nameof(ApiSchemas.Records), "records")),
        },
        new(
            nameof(Routes.Record), Routes.Record, Methods.Reading,
            (DatasetEndpoints endpoints, HttpRequest request, string dataset_id, string record_id) =>
                endpoints.Record(request, dataset_id, record_id))
        {
            Chapter = Chapter,
            Summary = "One record, the same for ever",
            Parameters = [DatasetIdentifier, RecordId, Select, Zone, Language, WithLinks, AppMetas],
            Answers = OfQuestion(Ok("The record.", nameof(ApiSchemas.Record), "record")),
        },
        new(
            nameof(Routes.Facets), Routes.Facets, Methods.Asking,
            (DatasetEndpoints endpoints, HttpRequest request, string dataset_id) => endpoints.Facets(request, dataset_id))
        {
            Chapter = Chapter,
            Summary = "How many records have which values",
            Parameters = [DatasetIdentifier, Facet, .. Question.Where(IsFilter), PinnedVersion],
            Body = nameof(ApiSchemas.Question),
            BodyExample = ApiExamples.Read("facets-question"),
            Answers = OfQuestion(Ok("The facets' values.", nameof(ApiSchemas.Facets), "facets")),
        },
        new(
            nameof(Routes.Exports), Routes.Exports, Methods.Reading,
            (DatasetEndpoints endpoints, HttpRequest request, string dataset_id) => endpoints.Exports(request, dataset_id))
        {
            Chapter = Chapter,
            Summary = "The formats in which a dataset is exported",
            Parameters = [DatasetIdentifier, PinnedVersion],
            Answers = OfReading(Ok("A link a format.", nameof(ApiSchemas.Links), "exports")),
        },
        new(
            nameof(Routes.Export), Routes.Export, Methods.Asking,
            (DatasetEndpoints endpoints, HttpRequest request, string dataset_id, string format) =>
                endpoints.Export(request, dataset_id, format))
        {
            Chapter = Chapter,
            Summary = "All that a question concerns as one file, without a bound",
            Parameters = [DatasetIdentifier, Format, .. Question, ExportLimit, Offset, PinnedVersion, .. ApiParameters.File],
            Body = nameof(ApiSchemas.Question),
            BodyExample = ApiExamples.Read("question"),
            Answers = OfQuestion(File("The file, streamed.", "text/csv")),
        },
        new(
            nameof(Routes.Attachments), Routes.Attachments, Methods.Reading,
            (DatasetEndpoints endpoints, HttpRequest request, string dataset_id) => endpoints.Attachments(request, dataset_id))
        {
            Chapter = Chapter,
            Summary = "A dataset's original files",
            Parameters = [DatasetIdentifier, PinnedVersion],
            Answers = OfReading(Ok("The files.", nameof(ApiSchemas.Attachments), "attachments")),
        },
        new(
            nameof(Routes.Attachment), Routes.Attachment, Methods.Reading,
            (DatasetEndpoints endpoints, HttpRequest request, string dataset_id, string attachment_id) =>
                endpoints.Attachment(request, dataset_id, attachment_id))
        {
            Chapter = Chapter,
            Summary = "One original file, byte for byte as it was dropped",
            Parameters = [DatasetIdentifier, AttachmentId, PinnedVersion],
            Answers = OfReading(File("The file.", "application/octet-stream")),
        },
    ];

    // Facets are counted over filtered records; how the records would be shown does not matter.
    private static bool IsFilter(ApiParameter parameter) =>
        parameter.Name is "where" or "refine" or "exclude" or "timezone" or "lang";
}
