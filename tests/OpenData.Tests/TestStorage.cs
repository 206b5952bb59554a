using OpenData.Lake;
using OpenData.LocalHost.Azurite;

namespace OpenData.Tests;

/// <summary>
/// A real storage account for each test: one Azurite for the whole run, in memory and on free ports, and containers and tables
/// under a prefix of the test's own.
/// </summary>
internal static class TestStorage
{
    private static readonly Lazy<Task<AzuriteServer>> Server = new(StartAsync);
    private static int _count;

    /// <summary>The account's connection string.</summary>
    public static async Task<string> ConnectionStringAsync() => (await Server.Value).ConnectionString;

    /// <summary>Fresh, empty storage.</summary>
    public static async Task<Storage> CreateAsync()
    {
        var storage = StorageConnection.Open(await ConnectionStringAsync(), $"t{Interlocked.Increment(ref _count)}");
        await storage.CreateAsync();
        return storage;
    }

    private static async Task<AzuriteServer> StartAsync()
    {
        await AzuriteInstallation.EnsureAsync(() => { });
        // It stops when this process ends and its input closes.
        return await AzuriteServer.StartInMemoryAsync();
    }
}
