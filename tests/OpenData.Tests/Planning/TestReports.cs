using Microsoft.Extensions.Logging.Abstractions;
using OpenData.Catalog;
using OpenData.Demand.Requests;
using OpenData.Lake;
using OpenData.Planning;
using OpenData.Planning.Inputs;

namespace OpenData.Tests.Planning;

/// <summary>The report's run over a test's storage, with the services that the container would give it.</summary>
internal static class TestReports
{
    public static ReportRun Over(Storage storage, TimeSpan? patience = null) => new(
        storage,
        Sources(storage, LocalTime.Utc),
        new WriteQuota(storage, TimeProvider.System, LocalTime.Utc),
        LocalTime.Utc,
        NullLogger<ReportRun>.Instance)
    {
        Patience = patience ?? TimeSpan.FromMinutes(1),
    };

    public static ReportSources Sources(Storage storage, LocalTime local) => new(
        new DatasetCatalog(storage),
        new UploadLog(storage),
        new RequestBoard(storage, TimeProvider.System, local),
        new FeedbackLog(storage, local));
}
