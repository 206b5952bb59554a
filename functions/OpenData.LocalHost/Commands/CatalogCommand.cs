using System.CommandLine;
using OpenData.Catalog;
using OpenData.Hosting;
using OpenData.Lake;
using OpenData.Query;

namespace OpenData.LocalHost.Commands;

/// <summary>The command <c>catalog</c>: makes the catalogue's index anew.</summary>
internal static class CatalogCommand
{
    public static Command Create() => new("catalog", "Keeps the catalogue's index.") { Rebuild() };

    private static Command Rebuild()
    {
        var command = new Command(
            "rebuild", "Makes the catalogue's index anew from what is published, and has every instance begin with that.");
        var storage = new StorageOption().AddTo(command);
        command.SetAction((parsed, cancellation) => storage.RunAsync(parsed, opened => RebuildAsync(parsed, opened, cancellation)));
        return command;
    }

    private static async Task<int> RebuildAsync(ParseResult parsed, Storage storage, CancellationToken cancellation)
    {
        await storage.CreateAsync(cancellation);
        var folder = Directory.CreateTempSubdirectory("opendata-catalog-").FullName;
        try
        {
            var settings = new OpenDataSettings { CachePath = folder };
            using var cache = new ParquetCache(storage, folder, settings.CacheBytes);
            using var engine = new QueryEngine(storage, new DatasetCatalog(storage), cache, settings, OpenDataServices.SystemTime);
            if (await engine.CatalogUpkeep.RebuildAsync(cancellation) is not { } made)
            {
                return StorageOption.Refuse(parsed, "Another instance is writing the index at this moment. Try again in a minute.");
            }

            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                $"The catalogue's index is made anew: {made.Rows:N0} datasets, up to change {made.Position:N0}.");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
