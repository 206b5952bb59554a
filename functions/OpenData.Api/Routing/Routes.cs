namespace OpenData.Api.Routing;

/// <summary>
/// Every route, below the hosts' common prefix <see cref="Prefix"/>. A constant's name is the name of its function on Azure
/// and of its endpoint in LocalHost; a test holds the two hosts to this list.
/// </summary>
public static class Routes
{
    /// <summary>What stands before every route: the Functions host's route prefix, see host.json.</summary>
    public const string Prefix = "api";

    /// <summary>Whether the service is well.</summary>
    public const string Health = "health";

    /// <summary>What there is to ask, for programs.</summary>
    public const string OpenApi = "openapi.json";

    /// <summary>What there is to ask, for people.</summary>
    public const string Reference = "reference";

    /// <summary>What became of an agency's drops.</summary>
    public const string Uploads = "uploads/{agency}";

    /// <summary>Where the catalogue's own paths begin.</summary>
    public const string Catalog = "explore/v2.1/catalog";

    /// <summary>The catalogue as records.</summary>
    public const string Datasets = "explore/v2.1/catalog/datasets";

    /// <summary>The catalogue's facets.</summary>
    public const string CatalogFacets = "explore/v2.1/catalog/facets";

    /// <summary>The formats in which the catalogue is exported.</summary>
    public const string CatalogExports = "explore/v2.1/catalog/exports";

    /// <summary>The catalogue as one file.</summary>
    public const string CatalogExport = "explore/v2.1/catalog/exports/{format}";

    /// <summary>One dataset's description.</summary>
    public const string Dataset = "explore/v2.1/catalog/datasets/{dataset_id}";

    /// <summary>A dataset's records; also by POST, for questions too long for a URL.</summary>
    public const string Records = "explore/v2.1/catalog/datasets/{dataset_id}/records";

    /// <summary>One record.</summary>
    public const string Record = "explore/v2.1/catalog/datasets/{dataset_id}/records/{record_id}";

    /// <summary>A dataset's facets.</summary>
    public const string Facets = "explore/v2.1/catalog/datasets/{dataset_id}/facets";

    /// <summary>The formats in which a dataset is exported.</summary>
    public const string Exports = "explore/v2.1/catalog/datasets/{dataset_id}/exports";

    /// <summary>A dataset's records as one file.</summary>
    public const string Export = "explore/v2.1/catalog/datasets/{dataset_id}/exports/{format}";

    /// <summary>A dataset's original files.</summary>
    public const string Attachments = "explore/v2.1/catalog/datasets/{dataset_id}/attachments";

    /// <summary>One original file, as it was dropped.</summary>
    public const string Attachment = "explore/v2.1/catalog/datasets/{dataset_id}/attachments/{attachment_id}";

    /// <summary>The planners' latest report.</summary>
    public const string LatestReport = "reports/latest";

    /// <summary>The editions of the report.</summary>
    public const string Reports = "reports";

    /// <summary>One edition of the report.</summary>
    public const string ReportEdition = "reports/{edition}";

    /// <summary>One file of an edition of the report.</summary>
    public const string ReportFile = "reports/{edition}/{file}";

    /// <summary>Make the report now.</summary>
    public const string RunReport = "reports";

    /// <summary>The data requests (GET).</summary>
    public const string DataRequests = "requests";

    /// <summary>Opens a data request (POST).</summary>
    public const string OpenDataRequest = "requests";

    /// <summary>One data request (GET).</summary>
    public const string DataRequest = "requests/{request_id}";

    /// <summary>Decides on a data request (PATCH).</summary>
    public const string ChangeDataRequest = "requests/{request_id}";

    /// <summary>Supports a data request (POST).</summary>
    public const string SupportDataRequest = "requests/{request_id}/support";

    /// <summary>Says something of a dataset (POST).</summary>
    public const string Feedback = "datasets/{dataset_id}/feedback";
}
