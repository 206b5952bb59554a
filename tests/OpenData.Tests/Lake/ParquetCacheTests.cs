using OpenData.Lake;

namespace OpenData.Tests.Lake;

public sealed class ParquetCacheTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("opendata-cache-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Of_many_who_want_a_file_at_once_one_downloads_it()
    {
        var storage = await TestStorage.CreateAsync();
        var part = await UploadAsync(storage, "a", 1000);
        var cache = Open(storage, 10_000);

        var leases = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => cache.RentAsync([part])));

        Assert.Single(leases.Select(lease => lease.Paths.Single()).Distinct());
        Assert.Equal(1000, new FileInfo(leases[0].Paths[0]).Length);
        Assert.Single(Directory.GetFiles(cache.Folder));
    }

    [Fact]
    public async Task The_least_recently_used_file_goes_first_and_never_one_in_use()
    {
        var storage = await TestStorage.CreateAsync();
        var (a, b, c) = (await UploadAsync(
            storage, "a", 1000), await UploadAsync(storage, "b", 1000), await UploadAsync(storage, "c", 1000));
        var cache = Open(storage, 2000);

        var held = await cache.RentAsync([a]);
        (await cache.RentAsync([b])).Dispose();
        (await cache.RentAsync([c])).Dispose();

        Assert.True(File.Exists(held.Paths[0]), "a file in use was evicted");
        Assert.Equal(2, Directory.GetFiles(cache.Folder).Length); // b went
        held.Dispose();
        (await cache.RentAsync([b])).Dispose();
        Assert.False(File.Exists(held.Paths[0]));
    }

    [Fact]
    public async Task A_file_survives_a_restart_and_a_damaged_one_is_fetched_again()
    {
        var storage = await TestStorage.CreateAsync();
        var part = await UploadAsync(storage, "a", 1000);
        string path;
        using (var lease = await Open(storage, 10_000).RentAsync([part])) path = lease.Paths[0];
        await storage.Lake.DeleteBlobAsync(part.Blob);

        using (var again = await Open(storage, 10_000).RentAsync([part])) Assert.Equal(path, again.Paths[0]);
        await File.WriteAllBytesAsync(path, new byte[10]);
        await UploadAsync(storage, "a", 1000, part.Blob);

        // The blob under that name is another one now: its ETag says so, and nothing else is served in its place.
        await Assert.ThrowsAsync<Azure.RequestFailedException>(() => Open(storage, 10_000).RentAsync([part]));
    }

    [Fact]
    public async Task A_disk_too_full_for_a_file_is_a_fault_that_passes()
    {
        var storage = await TestStorage.CreateAsync();
        var part = await UploadAsync(storage, "a", 1000);
        var other = await UploadAsync(storage, "b", 1000);
        var cache = Open(storage, 10_000);
        (await cache.RentAsync([other])).Dispose();

        // More than any disk has: what a full disk says to a file of any size.
        await Assert.ThrowsAsync<IOException>(() => cache.RentAsync([part with { Bytes = 1L << 60 }]));
        Assert.Empty(Directory.GetFiles(cache.Folder)); // it gave back all that it could before it gave up
        using var lease = await cache.RentAsync([part]);

        Assert.True(File.Exists(lease.Paths[0]));
    }

    [Fact]
    public async Task A_caller_who_goes_away_does_not_stop_the_download_for_the_others()
    {
        var storage = await TestStorage.CreateAsync();
        var part = await UploadAsync(storage, "a", 1000);
        var cache = Open(storage, 10_000);
        using var gone = new CancellationTokenSource();

        var first = cache.RentAsync([part], gone.Token);
        var second = cache.RentAsync([part]);
        await gone.CancelAsync();

        using var lease = await second;
        Assert.True(File.Exists(lease.Paths[0]));
        if (await Record.ExceptionAsync(() => first) is { } error) Assert.IsAssignableFrom<OperationCanceledException>(error);
        else (await first).Dispose();
    }

    private ParquetCache Open(Storage storage, long capacity) => new(storage, _folder, capacity, TimeProvider.System);

    private static async Task<Part> UploadAsync(Storage storage, string name, int bytes, string? blob = null)
    {
        blob ??= $"set@agency/v/{name}.parquet";
        var uploaded = await storage.Lake.GetBlobClient(blob).UploadAsync(BinaryData.FromBytes(new byte[bytes]), overwrite: true);
        return new Part(blob, uploaded.Value.ETag.ToString(), bytes, 1, new string('0', 64));
    }
}
