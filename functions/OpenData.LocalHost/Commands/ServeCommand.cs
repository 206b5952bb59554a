using System.CommandLine;
using OpenData.LocalHost.Check;
using OpenData.LocalHost.Serving;

namespace OpenData.LocalHost.Commands;

/// <summary>The command line of the host.</summary>
internal static class ServeCommand
{
    public static RootCommand Create()
    {
        var urls = new Option<string>("--urls")
        {
            Description = "Where to listen, such as http://127.0.0.1:7071. Several are separated by ';'.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("ASPNETCORE_URLS") ?? "http://127.0.0.1:7071",
        };
        var data = DataOption.Create("The folder that keeps Azurite's data and the query cache.");
        var storage = new Option<string?>("--storage")
        {
            Description = "The connection string of a storage account to work on. "
                + "Default: the setting AzureWebJobsStorage; without either, an Azurite is started.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable(Lake.StorageConnection.Setting),
        };
        var noSample = new Option<bool>("--no-sample") { Description = "Do not drop the sample files into empty storage." };
        var once = new Option<bool>("--once")
        {
            Description = "Ingest what is there, make the report, and exit: "
                + "0 if every drop was published or rejected with a report, 1 on a fault.",
        };

        var command = new RootCommand("OpenDataServerless on one machine: drop files, query them, read the planners' report.")
        {
            urls, data, storage, noSample, once, CatalogCommand.Create(), CheckCommand.Create(), DropCommand.Create(), KeyCommand.Create(),
            VerifyCommand.Create(),
            UploadsCommand.List(), UploadsCommand.Report(), PublicationCommand.Create(),
        };
        command.SetAction((parsed, cancellation) => LocalServer.RunAsync(
            new LocalServerOptions
            {
                Urls = parsed.GetValue(urls)!,
                Data = parsed.GetValue(data)!.FullName,
                Storage = parsed.GetValue(storage) is { Length: > 0 } connection ? connection : null,
                Sample = !parsed.GetValue(noSample),
                Once = parsed.GetValue(once),
            },
            cancellation));
        return command;
    }
}
