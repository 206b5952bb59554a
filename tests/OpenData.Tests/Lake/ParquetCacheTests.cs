using System.Security.Cryptography;
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
    public async Task A_file_survives_a_restart()
    {
        var storage = await TestStorage.CreateAsync();
        var part = await UploadAsync(storage, "a", 1000);
        var path = await RentOnceAsync(storage, part);
        await storage.Lake.DeleteBlobAsync(part.Blob);

        Assert.Equal(path, await RentOnceAsync(storage, part));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1000)]
    public async Task A_damaged_file_is_fetched_again_after_a_restart(int bytes)
    {
        var storage = await TestStorage.CreateAsync();
        var part = await UploadAsync(storage, "a", 1000);
        var path = await RentOnceAsync(storage, part);
        await File.WriteAllBytesAsync(path, Enumerable.Repeat((byte)0xFF, bytes).ToArray());

        await RentOnceAsync(storage, part);

        Assert.Equal(part.Sha256, HashOf(path));
    }

    [Fact]
    public async Task A_file_that_is_damaged_while_it_is_served_is_fetched_again()
    {
        var storage = await TestStorage.CreateAsync();
        var part = await UploadAsync(storage, "a", 1000);
        using var cache = Open(storage, 10_000);
        var held = await cache.RentAsync([part]);
        var path = held.Paths[0];
        await File.WriteAllBytesAsync(path, Enumerable.Repeat((byte)0xFF, 1000).ToArray());
        File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        (await cache.RentAsync([part])).Dispose();

        Assert.Equal(part.Sha256, HashOf(path));
        held.Dispose();
        using var small = await cache.RentAsync([await UploadAsync(storage, "b", 9500)]);
        Assert.False(File.Exists(path), "a file that nobody holds any more was kept beyond the bound");
    }

    [Fact]
    public async Task Content_that_is_not_what_the_manifest_says_is_never_served()
    {
        var storage = await TestStorage.CreateAsync();
        var part = await UploadAsync(storage, "a", 1000);
        await UploadAsync(storage, "a", 1000, part.Blob);
        using var cache = Open(storage, 10_000);

        var error = await Assert.ThrowsAsync<DamagedDataException>(() => cache.RentAsync([part]));
        Assert.Contains(part.Blob, error.Message, StringComparison.Ordinal);
        await storage.Lake.DeleteBlobAsync(part.Blob);
        await Assert.ThrowsAsync<DamagedDataException>(() => cache.RentAsync([part]));
        await Assert.ThrowsAsync<DamagedDataException>(() => cache.RentAsync([part with { Sha256 = "../../../etc/passwd" }]));
        Assert.Empty(Directory.GetFiles(cache.Folder));
    }

    [Fact]
    public async Task Two_processes_with_one_folder_take_a_part_of_it_each_and_what_a_dead_one_left_goes()
    {
        var storage = await TestStorage.CreateAsync();
        var part = await UploadAsync(storage, "a", 1000);
        using var first = Open(storage, 10_000);
        string abandoned;
        using (var second = Open(storage, 10_000))
        {
            Assert.NotEqual(first.Folder, second.Folder);
            using var lease = await second.RentAsync([part]);
            abandoned = lease.Paths[0];
            using var other = await first.RentAsync([part]);
            Assert.NotEqual(other.Paths[0], abandoned);
            using var third = Open(storage, 10_000);
            Assert.True(File.Exists(abandoned), "what another process uses was deleted");
        }

        first.Dispose();
        using var next = Open(storage, 10_000);

        Assert.Equal(first.Folder, next.Folder);
        Assert.False(File.Exists(abandoned));
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

    private ParquetCache Open(Storage storage, long capacity) => new(storage, _folder, capacity);

    private async Task<string> RentOnceAsync(Storage storage, Part part)
    {
        using var cache = Open(storage, 10_000);
        using var lease = await cache.RentAsync([part]);
        return lease.Paths[0];
    }

    private static string HashOf(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    private static async Task<Part> UploadAsync(Storage storage, string name, int bytes, string? blob = null)
    {
        blob ??= $"set@agency/v/{name}.parquet";
        var content = RandomNumberGenerator.GetBytes(bytes);
        var uploaded = await storage.Lake.GetBlobClient(blob).UploadAsync(BinaryData.FromBytes(content), overwrite: true);
        return new Part(blob, uploaded.Value.ETag.ToString(), bytes, 1, Convert.ToHexStringLower(SHA256.HashData(content)));
    }
}
