using System.CommandLine;
using Azure;
using OpenData.Lake;

namespace OpenData.LocalHost;

/// <summary>The command <c>drop</c>: what an agency does with AzCopy or Storage Explorer, for someone who has neither.</summary>
internal static class DropCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("AGENCY/DATASET") { Description = "The folder to drop into, such as nfa/fire-incidents." };
        var files = new Argument<FileInfo[]>("FILE") { Description = "The files to drop.", Arity = ArgumentArity.OneOrMore };
        var storage = new Option<string>("--storage")
        {
            Description = "The connection string of the storage account. Default: the setting AzureWebJobsStorage, or the Azurite of a running host.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable(StorageConnection.Setting) ?? "UseDevelopmentStorage=true",
        };

        var command = new Command("drop", "Drops files into incoming/ of a running host.") { folder, files, storage };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(folder)!, parsed.GetValue(files)!, parsed.GetValue(storage)!, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string folder, FileInfo[] files, string connection, CancellationToken cancellation)
    {
        try
        {
            if (folder.Split('/') is not [var agency, var dataset] || !DatasetId.TryCreate(agency, dataset, out var id))
            {
                return Refuse($"'{folder}' is not a place to drop into: name an agency and a dataset, such as nfa/fire-incidents, in letters, digits, '-', '_' and '.'.");
            }

            var incoming = StorageConnection.Open(connection).Incoming;
            foreach (var file in files)
            {
                await incoming.GetBlobClient($"{folder}/{file.Name}").UploadAsync(file.FullName, overwrite: true, cancellation);
                Console.WriteLine($"Dropped {file.Name} as {id}. What becomes of it: /api/uploads/{agency}");
            }

            return 0;
        }
        catch (Exception e) when (e is SettingException or FileNotFoundException or UnauthorizedAccessException)
        {
            return Refuse(e.Message);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            return Refuse($"Storage does not answer or refuses us: {e.Message.Split('\n')[0]} Is the host running? If its storage is elsewhere, name it with --storage.");
        }
    }

    private static int Refuse(string error)
    {
        Console.Error.WriteLine(error);
        return 1;
    }
}
