using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Time.Testing;
using OpenData.Catalog;
using OpenData.Catalog.Publication;
using OpenData.Lake;
using OpenData.Query;

namespace OpenData.Tests.Query;

/// <summary>How often the catalogue is read to find what is asked.</summary>
public class FindingTests
{
    [Fact]
    public async Task Many_who_ask_for_a_dataset_at_once_cost_one_read_and_what_is_not_there_is_looked_for_anew()
    {
        var reads = new Reads();
        var connection = await TestStorage.ConnectionStringAsync();
        var options = new TableClientOptions();
        options.AddPolicy(reads, HttpPipelinePosition.PerCall);
        var storage = new Storage(
            new BlobServiceClient(connection),
            new TableServiceClient(connection, options),
            new QueueServiceClient(connection, Storage.QueueOptions),
            $"find{Guid.NewGuid().ToString("n")[..8]}");
        await storage.CreateAsync();
        var folder = Directory.CreateTempSubdirectory("opendata-find-").FullName;
        using (var engine = new QueryEngine(
                   storage,
                   new DatasetCatalog(storage),
                   new ParquetCache(storage, folder, 1 << 20),
                   new OpenDataSettings { CachePath = folder },
                   new FakeTimeProvider()))
        {
            const string Id = "parks@x";
            var before = await engine.FindAsync(Id, null, Viewer.Anybody);
            await TestDatasets.PublishAsync(storage, Id, ["SELECT 1 AS id"], [TestDatasets.Field("id", FieldType.Int)]);
            reads.Count = 0;

            var found = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => engine.FindAsync(Id, null, Viewer.Anybody))));

            Assert.Null(before);
            Assert.All(found, dataset => Assert.Equal(1, dataset!.Rows));
            Assert.Equal(1, reads.Count);
        }

        Directory.Delete(folder, recursive: true);
    }

    private sealed class Reads : HttpPipelineSynchronousPolicy
    {
        private int _count;

        public int Count
        {
            get => _count;
            set => _count = value;
        }

        public override void OnSendingRequest(HttpMessage message) => Interlocked.Increment(ref _count);
    }
}
