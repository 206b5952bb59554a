using OpenData.Catalog;
using OpenData.Demand.Requests;

namespace OpenData.Planning.Inputs;

/// <summary>What the report reads besides usage and the planners' files.</summary>
/// <param name="Catalog">The datasets.</param>
/// <param name="Uploads">What agencies dropped.</param>
/// <param name="Board">The data requests.</param>
/// <param name="Feedback">The feedback on datasets.</param>
public sealed record ReportSources(DatasetCatalog Catalog, UploadLog Uploads, RequestBoard Board, FeedbackLog Feedback);
