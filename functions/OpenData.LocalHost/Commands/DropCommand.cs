using System.CommandLine;
using OpenData.Lake;

namespace OpenData.LocalHost.Commands;

/// <summary>The command <c>drop</c>: what an agency does with AzCopy or Storage Explorer, for someone who has neither.</summary>
internal static class DropCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("AGENCY/DATASET") { Description = "The folder to drop into, such as nfa/fire-incidents." };
        var files = new Argument<FileInfo[]>("FILE") { Description = "The files to drop.", Arity = ArgumentArity.OneOrMore };
        files.AcceptExistingOnly();
        var command = new Command("drop", "Drops files into incoming/ of a running host.") { folder, files };
        var storage = new StorageOption().AddTo(command);
        command.SetAction((parsed, cancellation) => storage.RunAsync(
            parsed, opened => DropAsync(parsed, parsed.GetValue(folder)!, parsed.GetValue(files)!, opened, cancellation)));
        return command;
    }

    private static async Task<int> DropAsync(
        ParseResult parsed, string folder, FileInfo[] files, Storage storage, CancellationToken cancellation)
    {
        if (folder.Split('/') is not [var agency, var dataset] || !DatasetId.TryCreate(agency, dataset, out var id))
        {
            return StorageOption.Refuse(parsed,
                $"'{folder}' is not a place to drop into: name an agency and a dataset, such as nfa/fire-incidents, "
                + "in letters, digits, '-', '_' and '.'.");
        }

        foreach (var file in files)
        {
            await storage.Incoming.GetBlobClient($"{folder}/{file.Name}").UploadAsync(file.FullName, overwrite: true, cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                $"Dropped {file.Name} as {id}. What becomes of it: uploads {agency}");
        }

        return 0;
    }
}
