using OpenData.Ingest;

namespace OpenData.Benchmarks.Ingest;

/// <summary>Puts the only part into a file.</summary>
internal sealed class OneFile(string path) : IPartSink
{
    public Task<Stream> CreateAsync(int index, CancellationToken cancellation) =>
        Task.FromResult<Stream>(
            new FileStream(index == 0 ? path : $"{path}.{index}", FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0));

    public Task DiscardAllAsync(CancellationToken cancellation) => Task.CompletedTask;
}
