using System.IO.Compression;
using System.Text.Json;
using OpenData.Lake;
using OpenData.LocalHost;
using OpenData.LocalHost.Azurite;

namespace OpenData.Tests.Releases;

/// <summary>
/// A small store on an Azurite of its own. <see cref="RestoreAsync"/> opens a copy of one that a release wrote, with the ETags and times
/// that it had then; <see cref="SaveAsync"/> keeps one that today's code wrote.
/// </summary>
internal sealed class ReleaseStore : IAsyncDisposable
{
    private const string AzuriteFolder = "azurite";
    private const string FactsFile = "release.json";

    private readonly string _folder;
    private readonly AzuriteServer _azurite;
    private bool _stopped;

    private ReleaseStore(string folder, AzuriteServer azurite, ReleaseFacts? facts)
    {
        _folder = folder;
        _azurite = azurite;
        Facts = facts!;
        Storage = StorageConnection.Open(azurite.ConnectionString);
    }

    /// <summary>The releases whose stores are kept, such as <c>2026-11</c>, the oldest first.</summary>
    public static IEnumerable<string> Names =>
        Directory.GetFiles(Folder, "*.zip").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    /// <summary>What is known of the store.</summary>
    public ReleaseFacts Facts { get; }

    public Storage Storage { get; }

    /// <summary>The connection string of its account.</summary>
    public string ConnectionString => _azurite.ConnectionString;

    private static string Folder { get; } = Path.Combine(Repository.Root, "tests", "OpenData.Tests", "Releases");

    /// <summary>An empty store.</summary>
    public static async Task<ReleaseStore> CreateAsync()
    {
        var store = await OpenAsync(Directory.CreateTempSubdirectory("opendata-release-").FullName, null);
        await store.Storage.CreateAsync();
        return store;
    }

    /// <summary>A copy of the store that a release wrote.</summary>
    public static async Task<ReleaseStore> RestoreAsync(string release)
    {
        var folder = Directory.CreateTempSubdirectory("opendata-release-").FullName;
        await ZipFile.ExtractToDirectoryAsync(Path.Combine(Folder, release + ".zip"), folder);
        var facts = JsonSerializer.Deserialize<ReleaseFacts>(
            await File.ReadAllBytesAsync(Path.Combine(folder, FactsFile)), OpenDataJson.Options);
        var store = await OpenAsync(folder, facts);
        await store.Storage.CreateAsync(); // as every start of a host does
        return store;
    }

    /// <summary>Ends the store's Azurite and keeps its data, beside what is known of it, as an archive.</summary>
    public async Task SaveAsync(string release, ReleaseFacts facts)
    {
        await StopAsync();
        await File.WriteAllBytesAsync(Path.Combine(_folder, FactsFile), JsonSerializer.SerializeToUtf8Bytes(facts, OpenDataJson.Readable));
        foreach (var file in Directory.GetFiles(Path.Combine(_folder, AzuriteFolder), "*.pid")) File.Delete(file);
        foreach (var file in Directory.GetFiles(Path.Combine(_folder, AzuriteFolder), "*.json"))
        {
            // Azurite notes where its files are, and does not read it again.
            var text = (await File.ReadAllTextAsync(file)).Replace(_folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
            await File.WriteAllTextAsync(file, text);
        }

        var archive = Path.Combine(Folder, release + ".zip");
        File.Delete(archive);
        await ZipFile.CreateFromDirectoryAsync(_folder, archive, CompressionLevel.SmallestSize, includeBaseDirectory: false);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StopAsync()
    {
        if (_stopped) return;
        _stopped = true;
        await _azurite.DisposeAsync();
    }

    private static async Task<ReleaseStore> OpenAsync(string folder, ReleaseFacts? facts)
    {
        await AzuriteInstallation.EnsureAsync(() => { });
        var data = Directory.CreateDirectory(Path.Combine(folder, AzuriteFolder));
        return new ReleaseStore(folder, await AzuriteServer.StartOnFreePortsAsync(data.FullName), facts);
    }
}
