using Microsoft.Extensions.Logging.Abstractions;
using OpenData.Catalog;
using OpenData.Demand.Requests;
using OpenData.Lake;
using OpenData.Planning;

namespace OpenData.Tests.Planning;

/// <summary>The report's run over a test's storage, with the services that the container would give it.</summary>
internal static class TestReports
{
    public static ReportRun Over(Storage storage, TimeSpan? patience = null) => new(
        storage, new DatasetCatalog(storage), new UploadLog(storage), new RequestBoard(storage, TimeProvider.System), new FeedbackLog(storage),
        new WriteQuota(storage, TimeProvider.System), NullLogger<ReportRun>.Instance)
    {
        Patience = patience ?? TimeSpan.FromMinutes(1),
    };
}
