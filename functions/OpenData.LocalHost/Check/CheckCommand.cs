using System.CommandLine;
using OpenData.Ingest.Checking;

namespace OpenData.LocalHost.Check;

/// <summary>The command <c>check</c>: what would become of these files, before they are uploaded.</summary>
internal static class CheckCommand
{
    /// <summary>The exit code of a command line that was not understood, or that names a file which cannot be read.</summary>
    public const int Usage = 2;

    private const int Published = 0;
    private const int Rejected = 1;

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "The files to check.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string?>("--out")
        {
            Description =
                "Writes what would be published: to this file (.csv, .parquet or .ndjson), or with several files into this folder.",
        };
        var format = new Option<string?>("--format")
        {
            Description =
                "What --out writes into a folder, each output being named after its input with this ending added. Default: parquet.",
        };
        format.AcceptOnlyFromAmong("csv", "parquet", "ndjson");
        var text = new Option<bool>("--text") { Description = "Keeps every field as text, cells exactly as read." };
        var declaration = new Option<string?>("--write-declaration")
        {
            Description = "Writes a dataset.json to this path that says how the file was read: encoding, header, sheet, names and types.",
        };
        var json = new Option<bool>("--json") { Description = "Prints one JSON document: an object for one file, an array for several." };

        var command = new Command(
            "check",
            "Checks files as an upload would, without storage. Exits with 0 if all would be published, 1 if one would be rejected, 2 if "
            + "one could not be read or the command was called wrongly.")
        {
            files, output, format, text, declaration, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var paths = parsed.GetValue(files)!;
            if (!Outputs.TryPlan(paths, parsed.GetValue(output), parsed.GetValue(format), out var outputs, out var error))
            {
                return Refuse(parsed, error);
            }

            if (paths.Length > 1 && parsed.GetValue(declaration) is not null)
            {
                return Refuse(parsed, "--write-declaration describes one file: check the files one after the other.");
            }

            var console = new CheckConsole(parsed.InvocationConfiguration.Output, parsed.GetValue(json), several: paths.Length > 1);
            var code = Published;
            for (var i = 0; i < paths.Length; i++)
            {
                try
                {
                    var report = await FileCheck.RunAsync(
                        paths[i], parsed.GetValue(text), outputs[i], parsed.GetValue(declaration), cancellation);
                    if (!report.Published) code = Math.Max(code, Rejected);
                    console.Tell(report);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // The other files' results do not depend on this one.
                    code = Refuse(
                        parsed,
                        e is IOException or UnauthorizedAccessException
                            ? e.Message
                            : $"'{paths[i]}' could not be checked, which is a fault of this program: {e}");
                }
            }

            console.End();
            return code;
        });
        return command;
    }

    private static int Refuse(ParseResult parsed, string error)
    {
        parsed.InvocationConfiguration.Error.WriteLine(error);
        return Usage;
    }
}
