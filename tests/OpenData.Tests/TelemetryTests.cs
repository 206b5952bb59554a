using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenData.Catalog;
using OpenData.Ingest.Publishing;
using OpenData.Tests.Api;
using OpenData.Tests.Planning;

namespace OpenData.Tests;

/// <summary>Tests of what the whole process measures: they run alone.</summary>
[CollectionDefinition(nameof(ProcessWideMeters), DisableParallelization = true)]
public sealed class ProcessWideMeters;

/// <summary>What operators' alerts and the workbook ask for is measured, and says nothing of persons.</summary>
[Collection(nameof(ProcessWideMeters))]
public sealed class TelemetryTests : IDisposable
{
    // A state, a format, a code: words of ours, few of them. No path, no address, no text of a caller.
    private static readonly string[] Allowed = ["state", "format", "code", "kind", "status", "result", "outcome"];

    private readonly ConcurrentBag<(string Instrument, double Value, string[] Tags)> _measured = [];
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MeterListener _listener = new();

    public TelemetryTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Telemetry.Name) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measured(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measured(instrument, value, tags));
        _listener.Start();
    }

    [Fact]
    public async Task A_drop_and_a_report_are_measured()
    {
        var storage = await TestStorage.CreateAsync();
        var (catalog, uploads) = (new DatasetCatalog(storage), new UploadLog(storage));
        var ingestor = new Ingestor(storage, catalog, uploads, TimeProvider.System);
        await storage.Incoming.GetBlobClient("seoul/parks/parks.csv").UploadAsync(
            BinaryData.FromString("name,area\nNamsan,102\nBukhan,7992\n"));
        await storage.Incoming.GetBlobClient("seoul/parks/broken.xlsx").UploadAsync(BinaryData.FromBytes(new byte[] { 1, 0, 2 }));

        Assert.Equal(UploadState.Published, (await ingestor.IngestAsync("seoul/parks/parks.csv"))!.State);
        Assert.Equal(UploadState.Rejected, (await ingestor.IngestAsync("seoul/parks/broken.xlsx"))!.State);
        await TestReports.Over(storage).RunAsync(DateTimeOffset.UtcNow);

        AssertMeasured("opendata.ingest.drops", 1, "state=published", "format=csv");
        AssertMeasured("opendata.ingest.drops", 1, "state=rejected");
        AssertMeasured("opendata.ingest.rows", 2);
        AssertMeasured("opendata.ingest.problems", 1);
        Assert.Contains(_measured, found => found.Instrument == "opendata.ingest.duration" && found.Value > 0);
        Assert.Contains(_measured, found => found.Instrument == "opendata.report.duration" && found.Tags.Contains("outcome=made"));
        Assert.All(_measured.SelectMany(found => found.Tags), tag => Assert.Contains(tag.Split('=')[0], Allowed));
    }

    [Fact]
    public async Task A_question_is_measured_and_traced_without_what_was_asked()
    {
        await using var api = await TestFires.StartAsync();
        using var spans = Listen(out var ended);
        const string Secret = "never-in-telemetry";
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{TestFires.Path}/records?where=search(%22{Secret}%22)");
        request.Headers.UserAgent.ParseAdd($"{Secret}/1.0");
        using var answer = await api.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();

        string[] expected = ["query.plan", "query.execute", "query.serialise", "cache.download"];
        Assert.Subset(ended.Select(span => span.OperationName).ToHashSet(), expected.ToHashSet());
        Assert.All(
            ended.SelectMany(span => span.TagObjects), tag => Assert.DoesNotContain(Secret, $"{tag.Value}", StringComparison.Ordinal));
        AssertMeasured("opendata.cache.rents", 1, "result=miss");
        Assert.Contains(_measured, found => found.Instrument == "opendata.cache.downloaded" && found.Value > 0);
        await _answered.Task.WaitAsync(TimeSpan.FromMinutes(1)); // a request is measured just after its answer has been sent
        AssertMeasured("opendata.request.duration", null, "kind=records", "status=200");
        Assert.All(_measured.SelectMany(found => found.Tags), tag => Assert.Contains(tag.Split('=')[0], Allowed));
    }

    public void Dispose() => _listener.Dispose();

    private static ActivityListener Listen(out ConcurrentBag<Activity> ended)
    {
        var spans = ended = [];
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private void AssertMeasured(string instrument, double? value, params string[] tags) => Assert.Contains(
        _measured, found => found.Instrument == instrument && (value is null || found.Value == value) && tags.All(found.Tags.Contains));

    private void Measured(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        _measured.Add((instrument.Name, value, [.. tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")]));
        if (instrument.Name == "opendata.request.duration") _answered.TrySetResult();
    }
}
