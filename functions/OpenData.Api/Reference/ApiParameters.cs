using OpenData.Api.Explore;
using OpenData.Api.Harvest;
using OpenData.Api.Pipeline;
using OpenData.Query.Compilation;
using OpenData.Query.Language;

namespace OpenData.Api.Reference;

/// <summary>The parameters that routes share.</summary>
internal static class ApiParameters
{
    public static readonly ApiParameter DatasetIdentifier =
        new("dataset_id", "string", "The dataset, as {dataset}@{agency}.") { In = "path", Example = "fire-incidents@nfa" };
    public static readonly ApiParameter RecordId =
        new("record_id", "string", "The record, as include_app_metas=true shows it: "
            + "{version}-{row}.")
        { In = "path", Example = "20261123T213140000Z-f1066fcb-0" };
    public static readonly ApiParameter AttachmentId =
        new("attachment_id", "string", "The file, as the list of attachments names it.") { In = "path", Example = "화재발생현황_2025.csv" };

    public static readonly ApiParameter Format = new("format", "string", "The file's format; geojson where there is a point.")
    {
        In = "path",
        OneOf = [.. ExportFormats.All.Select(format => format.Name)],
        Example = "csv",
    };

    public static readonly ApiParameter CatalogFormat = new(
        "format",
        "string",
        "csv, json and xlsx are tables; dcat and rdf are DCAT-AP 3 as RDF/XML, ttl as Turtle, jsonld as JSON-LD; data.json is DCAT-US "
        + "1.1; rss is RSS 2.0.")
    {
        In = "path",
        OneOf = [.. ExportFormats.OfCatalog.Select(format => format.Name), .. HarvestFormat.All.Select(format => format.Name)],
        Example = "ttl",
    };

    public static readonly ApiParameter Limit = new(
        "limit", "integer",
        $"How many results. Without group_by at most {QueryLimits.Records}, and offset + limit at most {QueryLimits.RecordsWindow}; with "
        + $"group_by both at most {QueryLimits.Groups}. -1 is the most there may be.")
    {
        Default = 10,
        Least = -1,
        Most = QueryLimits.Groups,
        Example = 5,
    };

    public static readonly ApiParameter ExportLimit =
        new("limit", "integer", "How many results; -1 is all.") { Default = -1, Least = -1, Example = 5 };
    public static readonly ApiParameter Offset =
        new("offset", "integer", "How many results to leave out before the first.") { Default = 0, Least = 0, Example = 0 };

    public static readonly ApiParameter Select = new(
        "select",
        "string",
        "What each result shows: * or fields, expressions and aggregates, each with a name if you like, separated by commas; "
        + "include(pattern*) and exclude(pattern*).")
    {
        Example = "시도, 재산피해_천원 * 1000 as won",
    };

    public static readonly ApiParameter Where = new(
        "where",
        "string",
        "Which records: comparisons with and, or, not; in, like, is null; search(…), within_distance(…); or a text to search for. If it "
        + "stands several times, all must hold.")
    {
        Repeats = true,
        Example = "시도 = \"경기도\" and 재산피해_천원 > 50000",
    };

    public static readonly ApiParameter GroupBy =
        new("group_by", "string", "What the results are groups of: fields, expressions, range(…), date functions, geo_cluster(…); each "
            + "with a name if you like.")
        { Example = "발화요인" };
    public static readonly ApiParameter OrderBy =
        new("order_by", "string", "What the results are sorted by, each followed by asc or desc.") { Example = "발화요인 desc" };
    public static readonly ApiParameter Refine =
        new("refine", "string", "A value that a field must have, as field:value; of a date a year, a "
            + "month or a day.")
        { Repeats = true, Example = "발생일시:2025/03" };
    public static readonly ApiParameter Exclude =
        new("exclude", "string", "A value that a field must not have, as field:value.") { Repeats = true, Example = "시도:제주특별자치도" };
    public static readonly ApiParameter Facet = new(
        "facet",
        "string",
        "A field whose values are counted: its name, or facet(name=\"…\", sort=\"-count\", limit=10, disjunctive=true, hierarchical=true, "
        + "separator=\"/\").")
    {
        Repeats = true,
        Example = "facet(name=\"시도\", limit=3)",
    };

    public static readonly ApiParameter Zone =
        new("timezone", "string", "The IANA time zone in which moments are read and shown.") { Default = "UTC", Example = "Asia/Seoul" };
    public static readonly ApiParameter Language =
        new("lang", "string", "The language of the names of days and months.")
        {
            Default = "en",
            OneOf = [.. QueryRequest.Languages],
            Example = "ko",
        };
    public static readonly ApiParameter WithLinks =
        new("include_links", "boolean", "Whether the answer has links to what is near it.") { Default = false, Example = true };
    public static readonly ApiParameter AppMetas =
        new("include_app_metas", "boolean", "Whether records show their _id, the _timestamp of their publication, and their _size: the "
            + "bytes of their values as text.")
        { Default = false, Example = true };
    public static readonly ApiParameter PinnedVersion =
        new("version", "string", "A version of the dataset, which then never changes; otherwise the "
            + "current one.")
        { Example = "20261123T213140000Z-f1066fcb" };
    public static readonly ApiParameter UseLabels =
        new("use_labels", "boolean", "Whether columns are named by the fields' labels.") { Default = false, Example = true };
    public static readonly ApiParameter Compressed =
        new("compressed", "boolean", "Whether the file is a gzip file.") { Default = false, Example = true };
    public static readonly ApiParameter Delimiter =
        new("delimiter", "string", "csv: what separates columns.") { Default = ";", OneOf = [";", ",", "\t", "|"], Example = "," };
    public static readonly ApiParameter ListSeparator =
        new("list_separator", "string", "csv: what separates the values of a field that has several.") { Default = ",", Example = "; " };
    public static readonly ApiParameter QuoteAll =
        new("quote_all", "boolean", "csv: whether every text is quoted.") { Default = false, Example = true };
    public static readonly ApiParameter WithBom =
        new("with_bom", "boolean", "csv: whether the file begins with a byte order mark, by which Excel "
            + "knows UTF-8.")
        { Default = true, Example = false };
    public static readonly ApiParameter Epsg =
        new("epsg", "integer", "geojson: the coordinate system of places, longitude "
            + "and latitude.")
        { Default = 4326, Least = 4326, Most = 4326, Example = 4326 };
    public static readonly ApiParameter Compression =
        new("parquet_compression", "string", "parquet: the codec.") { Default = "snappy", OneOf = ["snappy", "zstd"], Example = "zstd" };

    public static readonly ApiParameter Agency = new("agency", "string", "The agency's folder name.") { In = "path", Example = "nfa" };
    public static readonly ApiParameter UploadId =
        new("upload_id", "string", "The upload, as the list names it.") { In = "path", Example = "2516068312999999999-f1066fcbc2b80737" };
    public static readonly ApiParameter UploadFormat =
        new("format", "string", "Whether a page or the record is wanted.") { Default = "html", OneOf = ["html", "json"], Example = "json" };
    public static readonly ApiParameter AuditDay =
        new("day", "string", "The day, UTC; today if it is left out.") { Example = "2026-12-01" };
    public static readonly ApiParameter RequestId =
        new("request_id", "string", "The request.") { In = "path", Example = "20261123-4f9a2c" };
    public static readonly ApiParameter Edition =
        new("edition", "string", "A day, a quarter, a plan, or latest.") { In = "path", Example = "latest" };
    public static readonly ApiParameter ReportLanguage =
        new("lang", "string", "html: the language at first sight.") { Default = "ko", OneOf = ["ko", "en"], Example = "en" };
    public static readonly ApiParameter ReportFormat = new(
        "format", "string", "What is wanted of the report; without it the Accept header decides.")
    {
        Default = "html",
        OneOf = ["html", "json", "csv", "parquet"],
        Example = "json",
    };

    public static readonly ApiParameter AgencyKey =
        new(RequestHeaders.AgencyKey, "string", "The agency's key.") { In = "header", Example = "k-…" };

    /// <summary>Which records a question concerns, and how they are shown.</summary>
    public static readonly IReadOnlyList<ApiParameter> Question = [Select, Where, GroupBy, OrderBy, Refine, Exclude, Zone, Language];

    /// <summary>The same of the catalogue.</summary>
    public static readonly IReadOnlyList<ApiParameter> CatalogQuestion =
    [
        Select with { Example = "dataset_id, title, records_count" }, Where with
        {
            Example = "search(\"아파트\") and records_count > 100",
        }, GroupBy with { Example = "publisher" },
        OrderBy with
        {
            Example = "publisher desc",
        }, Refine with { Example = "theme:부동산" }, Exclude with { Example = "publisher:mfds" }, Zone, Language,
    ];

    /// <summary>How files are written.</summary>
    public static readonly IReadOnlyList<ApiParameter> File =
        [UseLabels, Compressed, Delimiter, ListSeparator, QuoteAll, WithBom, Compression, Epsg];

    /// <summary>A list of data requests.</summary>
    public static readonly IReadOnlyList<ApiParameter> Requests =
    [
        new("state", "string", "How far they have come.") { OneOf = ["open", "accepted", "refused", "released"], Example = "open" },
        new("group", "string", "Which group of people asked, by the plan's id.") { Example = "citizen" },
        new("agency", "string", "Which agency is asked.") { Example = "nfa" },
        new("q", "string", "Words, all of which stand in the title or in what is wanted.") { Example = "bus" },
        Limit with { Description = "How many results.", Default = 20, Least = 1, Most = 100 },
        Offset with { Most = 100_000 },
    ];

    /// <summary>How many of an agency's uploads.</summary>
    public static readonly ApiParameter Uploads = Limit with { Description = "How many results.", Default = 100, Least = 1, Most = 1000 };

    /// <summary>One file of a report.</summary>
    public static readonly ApiParameter ReportFile =
        new("file", "string", "The file.")
        {
            In = "path",
            OneOf = ["report.html", "report.json", "figures.csv", "figures.parquet"],
            Example = "figures.csv",
        };
}
