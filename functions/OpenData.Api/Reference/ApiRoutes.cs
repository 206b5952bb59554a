using OpenData.Api.Explore;
using static OpenData.Api.Reference.ApiAnswers;
using static OpenData.Api.Reference.ApiParameters;

namespace OpenData.Api.Reference;

/// <summary>Every route of <see cref="Routes"/>, in the order of the reference. What is true of all stands in the document's introduction.</summary>
internal static class ApiRoutes
{
    private const string Explore = "Explore", Demand = "Demand", Reporting = "Reports", Operating = "Operation";

    private const string LinksExample = """{"links":[{"rel":"self","href":"https://data.example/api/explore/v2.1/catalog/exports"},{"rel":"csv","href":"https://data.example/api/explore/v2.1/catalog/exports/csv"}]}""";

    private const string RecordExample = """{"사건번호":"000001","발생일시":"2025-01-14T04:23:00+00:00","시도":"전북특별자치도","발화요인":"전기적 요인","사망":0,"부상":0,"재산피해_천원":5444}""";

    private const string DatasetExample =
        """{"dataset_id":"fire-incidents@nfa","dataset_uid":"fire-incidents@nfa","attachments":[{"mimetype":"text/csv","url":"odsfile://화재발생현황_2025.csv","id":"화재발생현황_2025.csv","title":"화재발생현황_2025.csv"}],"has_records":true,"data_visible":true,"features":["analyze","timeserie"],"fields":[{"name":"시도","label":"시도","type":"text","description":null,"annotations":{}}],"metas":{"default":{"title":"fire-incidents","description":null,"theme":[],"keyword":[],"license":null,"license_url":null,"language":"ko","modified":"2026-11-23T21:31:40+00:00","data_processed":"2026-11-23T21:31:43+00:00","metadata_processed":"2026-11-23T21:31:43+00:00","records_count":900,"publisher":"nfa","references":null,"attributions":null,"version":"20261123T213140000Z-f1066fcb"},"dcat":{"accrualperiodicity":null,"contact_name":null,"issued":"2026-11-23T21:31:40+00:00"},"quality":{"score":56.9,"metadata_rating":"good","metadata_points":235,"findability":20,"accessibility":100,"interoperability":80,"reusability":20,"contextuality":15,"data_points":55.75,"completeness":25.75,"validity":30,"uniqueness":0,"freshness":0}}}""";

    private const string FacetsExample = """{"links":[],"facets":[{"name":"시도","facets":[{"name":"경기도","value":"경기도","count":128,"state":"displayed"}]}]}""";

    private const string RequestExample =
        """{"request_id":"20261123-eb9b276b","title":"Bus arrival times","wanted":"Arrivals of all city buses by stop, in real time.","group":"citizen","agency":"molit","opened_at":"2026-11-23T21:41:21+00:00","state":"open","moderation":"shown","supporters_fewer_than":5,"changes":[]}""";

    private const string NewRequestExample = """{"title":"Bus arrival times","wanted":"Arrivals of all city buses by stop, in real time.","group":"citizen","agency":"molit"}""";

    private const string QuestionExample = """{"where":["시도 = \"경기도\""],"limit":5}""";

    private const string CatalogQuestionExample = """{"where":["search(\"아파트\")"],"limit":5}""";

    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        new(nameof(Routes.Catalog), Routes.Catalog, Methods.Reading, CatalogEndpoints.Catalog)
        {
            Chapter = Explore,
            Summary = "Where the API begins",
            Answers = OfReading(Ok("Links to the datasets, their facets and the exports.", nameof(ApiSchemas.Links), """{"links":[{"rel":"self","href":"https://data.example/api/explore/v2.1/catalog"},{"rel":"datasets","href":"https://data.example/api/explore/v2.1/catalog/datasets"}]}""")),
        },
        new(nameof(Routes.Datasets), Routes.Datasets, Methods.Asking, CatalogEndpoints.Datasets)
        {
            Chapter = Explore,
            Summary = "The catalogue as records",
            Description = "Takes the same language as a dataset's records; the fields are those of the metas, such as title, theme, publisher and records_count, or with their template: default.title, dcat.issued, quality.score.",
            Parameters = [.. CatalogQuestion, Limit, Offset, WithLinks],
            Body = nameof(ApiSchemas.Question),
            BodyExample = CatalogQuestionExample,
            Answers = OfQuestion(Ok("The datasets.", nameof(ApiSchemas.Datasets), $$"""{"total_count":1,"results":[{{DatasetExample}}]}""")),
        },
        new(nameof(Routes.CatalogFacets), Routes.CatalogFacets, Methods.Reading, CatalogEndpoints.Facets)
        {
            Chapter = Explore,
            Summary = "How many datasets have which themes, publishers, …",
            Parameters = [Facet with { Example = "theme" }, .. CatalogQuestion.Where(one => one.Name is "where" or "refine" or "exclude" or "timezone" or "lang")],
            Answers = OfQuestion(Ok("The facets' values.", nameof(ApiSchemas.Facets), """{"links":[],"facets":[{"name":"theme","facets":[{"name":"부동산","value":"부동산","count":1,"state":"displayed"}]}]}""")),
        },
        new(nameof(Routes.CatalogExports), Routes.CatalogExports, Methods.Reading, CatalogEndpoints.Exports)
        {
            Chapter = Explore,
            Summary = "The formats in which the catalogue is exported",
            Answers = OfReading(Ok("A link a format.", nameof(ApiSchemas.Links), LinksExample)),
        },
        new(nameof(Routes.CatalogExport), Routes.CatalogExport, Methods.Asking, CatalogEndpoints.Export)
        {
            Chapter = Explore,
            Summary = "The catalogue as one file, for harvesters or as a table",
            Description = "where, refine, exclude, order_by, limit and offset choose datasets; select and group_by go with csv, json and xlsx only.",
            Parameters = [CatalogFormat, .. CatalogQuestion.Where(one => one.Name is not ("select" or "group_by")), ExportLimit, Offset, UseLabels, Compressed, Delimiter, ListSeparator, QuoteAll, WithBom],
            Body = nameof(ApiSchemas.Question),
            BodyExample = CatalogQuestionExample,
            Answers = OfQuestion(File("The file.", "text/turtle")),
        },
        new(nameof(Routes.Dataset), Routes.Dataset, Methods.Reading, CatalogEndpoints.Dataset)
        {
            Chapter = Explore,
            Summary = "One dataset: its fields and what is known of it",
            Description = "With Accept: application/ld+json it is a schema.org Dataset, as search engines read it.",
            Parameters = [DatasetIdentifier, Select with { Example = "dataset_id, fields" }, Zone, Language, WithLinks],
            Answers = OfQuestion(Ok("The dataset.", nameof(ApiSchemas.Dataset), DatasetExample)),
        },
        new(nameof(Routes.Records), Routes.Records, Methods.Asking, DatasetEndpoints.Records)
        {
            Chapter = Explore,
            Summary = "A dataset's records: filtered, selected, grouped, sorted",
            Description = "JSON, or as the Accept header says text/csv, application/geo+json or application/x-ndjson. Link: rel=next leads to the next page.",
            Parameters = [DatasetIdentifier, .. Question, Limit, Offset, PinnedVersion, WithLinks, AppMetas],
            Body = nameof(ApiSchemas.Question),
            BodyExample = QuestionExample,
            Answers = OfQuestion(Ok("The records.", nameof(ApiSchemas.Records), $$"""{"total_count":900,"results":[{{RecordExample}}]}""")),
        },
        new(nameof(Routes.Record), Routes.Record, Methods.Reading, DatasetEndpoints.Record)
        {
            Chapter = Explore,
            Summary = "One record, the same for ever",
            Parameters = [DatasetIdentifier, RecordId, Select, Zone, Language, WithLinks, AppMetas],
            Answers = OfQuestion(Ok("The record.", nameof(ApiSchemas.Record), RecordExample)),
        },
        new(nameof(Routes.Facets), Routes.Facets, Methods.Asking, DatasetEndpoints.Facets)
        {
            Chapter = Explore,
            Summary = "How many records have which values",
            Parameters = [DatasetIdentifier, Facet, .. Question.Where(one => one.Name is "where" or "refine" or "exclude" or "timezone" or "lang"), PinnedVersion],
            Body = nameof(ApiSchemas.Question),
            BodyExample = """{"facet":["시도"]}""",
            Answers = OfQuestion(Ok("The facets' values.", nameof(ApiSchemas.Facets), FacetsExample)),
        },
        new(nameof(Routes.Exports), Routes.Exports, Methods.Reading, DatasetEndpoints.Exports)
        {
            Chapter = Explore,
            Summary = "The formats in which a dataset is exported",
            Parameters = [DatasetIdentifier, PinnedVersion],
            Answers = OfReading(Ok("A link a format.", nameof(ApiSchemas.Links), LinksExample)),
        },
        new(nameof(Routes.Export), Routes.Export, Methods.Asking, DatasetEndpoints.Export)
        {
            Chapter = Explore,
            Summary = "All that a question concerns as one file, without a bound",
            Parameters = [DatasetIdentifier, Format, .. Question, ExportLimit, Offset, PinnedVersion, .. ApiParameters.File],
            Body = nameof(ApiSchemas.Question),
            BodyExample = QuestionExample,
            Answers = OfQuestion(File("The file, streamed.", "text/csv")),
        },
        new(nameof(Routes.Attachments), Routes.Attachments, Methods.Reading, DatasetEndpoints.Attachments)
        {
            Chapter = Explore,
            Summary = "A dataset's original files",
            Parameters = [DatasetIdentifier, PinnedVersion],
            Answers = OfReading(Ok("The files.", nameof(ApiSchemas.Attachments), """{"links":[],"attachments":[{"href":"https://data.example/api/explore/v2.1/catalog/datasets/fire-incidents@nfa/attachments/%ED%99%94%EC%9E%AC.csv","metas":{"mime-type":"text/csv","title":"화재.csv","url":"odsfile://화재.csv","id":"화재.csv"}}]}""")),
        },
        new(nameof(Routes.Attachment), Routes.Attachment, Methods.Reading, DatasetEndpoints.Attachment)
        {
            Chapter = Explore,
            Summary = "One original file, byte for byte as it was dropped",
            Parameters = [DatasetIdentifier, AttachmentId, PinnedVersion],
            Answers = OfReading(File("The file.", "application/octet-stream")),
        },
        new(nameof(Routes.DataRequests), Routes.DataRequests, Methods.Reading, DemandEndpoints.List)
        {
            Chapter = Demand,
            Summary = "What people have asked for, the latest first",
            Parameters = Requests,
            Answers = OfList(Ok("The requests; counts of fewer than five people are not told.", nameof(ApiSchemas.DataRequests), $$"""{"total_count":1,"results":[{{RequestExample}}]}""")),
        },
        new(nameof(Routes.OpenDataRequest), Routes.OpenDataRequest, Methods.Posting, DemandEndpoints.Open)
        {
            Chapter = Demand,
            Summary = "Asks for data, five times a day",
            Body = nameof(ApiSchemas.NewRequest),
            BodyExample = NewRequestExample,
            Answers = OfWriting(Ok("The request.", nameof(ApiSchemas.DataRequest), RequestExample, 201), Ok("It waits for a planner's eyes.", nameof(ApiSchemas.DataRequest), """{"request_id":"20261123-eb9b276b","group":"citizen","opened_at":"2026-11-23T21:41:21+00:00","state":"open","moderation":"pending","supporters_fewer_than":5,"changes":[]}""", 202)),
        },
        new(nameof(Routes.DataRequest), Routes.DataRequest, Methods.Reading, DemandEndpoints.Find)
        {
            Chapter = Demand,
            Summary = "One request for data",
            Parameters = [RequestId],
            Answers = OfReading(Ok("The request.", nameof(ApiSchemas.DataRequest), RequestExample)),
        },
        new(nameof(Routes.ChangeDataRequest), Routes.ChangeDataRequest, Methods.Patching, DemandEndpoints.Change)
        {
            Chapter = Demand,
            Summary = "Decides on a request, as the agency that is asked",
            Parameters = [RequestId, AgencyKey],
            Body = nameof(ApiSchemas.Change),
            BodyExample = """{"state":"accepted","note":"In the next quarter."}""",
            Answers = OfWriting(Ok("The request.", nameof(ApiSchemas.DataRequest), RequestExample), Error(403, "The request is with another agency.", "Forbidden", "This request is with the agency molit."), Error(409, "The request's state forbids it.", "Conflict", "A released request cannot be refused.")),
        },
        new(nameof(Routes.SupportDataRequest), Routes.SupportDataRequest, Methods.Sending, DemandEndpoints.Support)
        {
            Chapter = Demand,
            Summary = "Supports a request, once a day",
            Parameters = [RequestId],
            Body = nameof(ApiSchemas.Support),
            BodyExample = """{"group":"citizen"}""",
            Answers = OfWriting(Ok("The request, and whether the support was counted.", nameof(ApiSchemas.Supported), $$"""{"counted":true,"request":{{RequestExample}}}""")),
        },
        new(nameof(Routes.Feedback), Routes.Feedback, Methods.Sending, DemandEndpoints.Feedback)
        {
            Chapter = Demand,
            Summary = "Rates a dataset, reports a problem in it, or shows what was made of it",
            Parameters = [DatasetIdentifier],
            Body = nameof(ApiSchemas.Feedback),
            BodyExample = """{"kind":"rating","rating":5}""",
            Answers = OfWriting(Ok("It was received.", nameof(ApiSchemas.Received), """{"moderation":"shown"}""", 201), Ok("It waits for a planner's eyes.", nameof(ApiSchemas.Received), """{"moderation":"pending"}""", 202)),
        },
        new(nameof(Routes.Reports), Routes.Reports, Methods.Reading, ReportEndpoints.List)
        {
            Chapter = Reporting,
            Summary = "The editions of the planners' report",
            Answers = OfList(Ok("The editions, and how the last run ended.", nameof(ApiSchemas.Reports), """{"total_count":1,"results":[{"edition":"2026-11-23","url":"/api/reports/2026-11-23","files":["/api/reports/2026-11-23/report.html"]}],"last_run":{"at":"2026-11-23T21:37:56+00:00","edition":"2026-11-23","failed":false}}""")),
        },
        new(nameof(Routes.LatestReport), Routes.LatestReport, Methods.Reading, ReportEndpoints.Latest)
        {
            Chapter = Reporting,
            Summary = "The last report",
            Parameters = [ReportFormat, ReportLanguage],
            Answers = OfReading(File("The report.", "text/html")),
        },
        new(nameof(Routes.ReportEdition), Routes.ReportEdition, Methods.Reading, ReportEndpoints.Edition)
        {
            Chapter = Reporting,
            Summary = "One edition of the report",
            Parameters = [Edition, ReportFormat, ReportLanguage],
            Answers = OfReading(File("The report.", "text/html")),
        },
        new(nameof(Routes.ReportFile), Routes.ReportFile, Methods.Reading, ReportEndpoints.File)
        {
            Chapter = Reporting,
            Summary = "One file of an edition",
            Parameters = [Edition, ApiParameters.ReportFile],
            Answers = OfReading(File("The file.", "text/csv")),
        },
        new(nameof(Routes.RunReport), Routes.RunReport, Methods.Posting, ReportEndpoints.Run)
        {
            Chapter = Reporting,
            Summary = "Makes the report now",
            Description = "For operators: on Azure the host asks for its master key.",
            Answers =
            [
                Ok("It is made.", nameof(ApiSchemas.Run), """{"editions":["2026-11-23"],"figures":34,"datasets":6,"requests":0,"took":"00:00:01.6830000"}"""),
                Error(409, "Another instance is making it.", "Conflict", "Another instance is making the report. It will be at reports/latest in a moment."),
            ],
        },
        new(nameof(Routes.Uploads), Routes.Uploads, Methods.Reading, SystemEndpoints.Uploads)
        {
            Chapter = Operating,
            Summary = "What became of an agency's drops, the latest first",
            Parameters = [Agency, ApiParameters.Uploads],
            Answers = OfList(Ok("The uploads.", nameof(ApiSchemas.Uploads), """{"total_count":1,"results":[{"upload_id":"2516068312999999999-f1066fcbc2b80737","agency":"nfa","dataset":"fire-incidents","path":"nfa/fire-incidents/화재발생현황_2025.csv","etag":"\"0x1E45AAD8BAC4550\"","bytes":95258,"dropped_at":"2026-11-23T21:31:40+00:00","state":"published","finished_at":"2026-11-23T21:31:43+00:00","format":"csv","encoding":"utf-8","rows":900,"columns":11,"milliseconds":244,"version":"20261123T213140000Z-f1066fcb","problem_count":0,"problems":[]}]}""")),
        },
        new(nameof(Routes.Health), Routes.Health, Methods.Reading, SystemEndpoints.Health)
        {
            Chapter = Operating,
            Summary = "Whether the service is well",
            Answers = [Ok("It is.", nameof(ApiSchemas.Health), """{"status":"ok"}"""), Error(503, "It is not.", "StorageUnavailable", "Storage does not answer. Data is safe; try again in a minute.")],
        },
        new(nameof(Routes.OpenApi), Routes.OpenApi, Methods.Reading, ReferenceEndpoints.OpenApi)
        {
            Chapter = Operating,
            Summary = "This reference for programs, as OpenAPI 3.1",
            Answers = [File("The document.", "application/json")],
        },
        new(nameof(Routes.Reference), Routes.Reference, Methods.Reading, ReferenceEndpoints.Reference)
        {
            Chapter = Operating,
            Summary = "This reference for people",
            Answers = [File("The page.", "text/html")],
        },
    ];
}
