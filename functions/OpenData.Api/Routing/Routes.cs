namespace OpenData.Api.Routing;

/// <summary>
/// Every route as a path from the root. A constant's name is the name of its function on Azure and of its endpoint in LocalHost; a test
/// holds the two hosts to this list.
/// </summary>
public static class Routes
{
    /// <summary>
    /// What every route begins with. It is a part of the routes and not the Functions host's own prefix, which would keep the root, and
    /// every other path that is no route, from the app.
    /// </summary>
    public const string Prefix = "api";

    /// <summary>What the pages for people begin with.</summary>
    public const string PortalRoot = "portal";

    /// <summary>The pages for people, all of them.</summary>
    public const string Portal = PortalRoot + "/{*page}";

    /// <summary>Whether the service is well.</summary>
    public const string Health = Prefix + "/health";

    /// <summary>What there is to ask, for programs.</summary>
    public const string OpenApi = Prefix + "/openapi.json";

    /// <summary>What there is to ask, for people.</summary>
    public const string Reference = Prefix + "/reference";

    /// <summary>What became of an agency's drops.</summary>
    public const string Uploads = Prefix + "/uploads/{agency}";

    /// <summary>What became of one of an agency's drops.</summary>
    public const string Upload = Prefix + "/uploads/{agency}/{upload_id}";

    /// <summary>Where the catalogue's own paths begin.</summary>
    public const string Catalog = Prefix + "/explore/v2.1/catalog";

    /// <summary>The catalogue as records.</summary>
    public const string Datasets = Prefix + "/explore/v2.1/catalog/datasets";

    /// <summary>The catalogue's facets.</summary>
    public const string CatalogFacets = Prefix + "/explore/v2.1/catalog/facets";

    /// <summary>The formats in which the catalogue is exported.</summary>
    public const string CatalogExports = Prefix + "/explore/v2.1/catalog/exports";

    /// <summary>The catalogue as one file.</summary>
    public const string CatalogExport = Prefix + "/explore/v2.1/catalog/exports/{format}";

    /// <summary>One dataset's description.</summary>
    public const string Dataset = Prefix + "/explore/v2.1/catalog/datasets/{dataset_id}";

    /// <summary>A dataset's records; also by POST, for questions too long for a URL.</summary>
    public const string Records = Prefix + "/explore/v2.1/catalog/datasets/{dataset_id}/records";

    /// <summary>One record.</summary>
    public const string Record = Prefix + "/explore/v2.1/catalog/datasets/{dataset_id}/records/{record_id}";

    /// <summary>A dataset's facets.</summary>
    public const string Facets = Prefix + "/explore/v2.1/catalog/datasets/{dataset_id}/facets";

    /// <summary>The formats in which a dataset is exported.</summary>
    public const string Exports = Prefix + "/explore/v2.1/catalog/datasets/{dataset_id}/exports";

    /// <summary>A dataset's records as one file.</summary>
    public const string Export = Prefix + "/explore/v2.1/catalog/datasets/{dataset_id}/exports/{format}";

    /// <summary>A dataset's original files.</summary>
    public const string Attachments = Prefix + "/explore/v2.1/catalog/datasets/{dataset_id}/attachments";

    /// <summary>One original file, as it was dropped.</summary>
    public const string Attachment = Prefix + "/explore/v2.1/catalog/datasets/{dataset_id}/attachments/{attachment_id}";

    /// <summary>The planners' latest report.</summary>
    public const string LatestReport = Prefix + "/reports/latest";

    /// <summary>The editions of the report.</summary>
    public const string Reports = Prefix + "/reports";

    /// <summary>One edition of the report.</summary>
    public const string ReportEdition = Prefix + "/reports/{edition}";

    /// <summary>One file of an edition of the report.</summary>
    public const string ReportFile = Prefix + "/reports/{edition}/{file}";

    /// <summary>Make the report now.</summary>
    public const string RunReport = Prefix + "/reports";

    /// <summary>The data requests (GET).</summary>
    public const string DataRequests = Prefix + "/requests";

    /// <summary>Opens a data request (POST).</summary>
    public const string OpenDataRequest = Prefix + "/requests";

    /// <summary>One data request (GET).</summary>
    public const string DataRequest = Prefix + "/requests/{request_id}";

    /// <summary>Decides on a data request (PATCH).</summary>
    public const string ChangeDataRequest = Prefix + "/requests/{request_id}";

    /// <summary>Supports a data request (POST).</summary>
    public const string SupportDataRequest = Prefix + "/requests/{request_id}/support";

    /// <summary>Says something of a dataset (POST).</summary>
    public const string Feedback = Prefix + "/datasets/{dataset_id}/feedback";

    /// <summary>What of a dataset waits to be published (GET).</summary>
    public const string Waiting = Prefix + "/publication/{dataset_id}";

    /// <summary>Decides on a dataset's publication (POST).</summary>
    public const string DecidePublication = Prefix + "/publication/{dataset_id}";

    /// <summary>Who did what to what is published.</summary>
    public const string Audit = Prefix + "/audit";

    /// <summary>The Model Context Protocol (POST).</summary>
    public const string Mcp = Prefix + "/mcp";

    /// <summary>Everything that no other route takes.</summary>
    public const string Unknown = "{*path}";
}
