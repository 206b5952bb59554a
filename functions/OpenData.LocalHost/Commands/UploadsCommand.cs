using System.CommandLine;
using System.Globalization;
using OpenData.Catalog;

namespace OpenData.LocalHost.Commands;

/// <summary>The commands <c>uploads</c> and <c>report</c>: what became of drops, for whoever may open the storage.</summary>
internal static class UploadsCommand
{
    public static Command List()
    {
        var agency = new Argument<string>("AGENCY") { Description = "The agency's folder name, such as nfa." };
        var most = new Option<int>("--limit") { Description = "How many at most.", DefaultValueFactory = _ => 20 };
        var command = new Command("uploads", "Lists an agency's uploads, the latest first, with their problems.") { agency, most };
        var storage = new StorageOption().AddTo(command);
        command.SetAction((parsed, cancellation) => storage.RunAsync(parsed, async opened =>
        {
            var (output, shown) = (parsed.InvocationConfiguration.Output, 0);
            await foreach (var upload in new UploadLog(opened).ListAsync(UnicodeText.Nfc(parsed.GetValue(agency)!), cancellation))
            {
                if (shown++ >= parsed.GetValue(most)) break;
                await output.WriteLineAsync(
                    $"{upload.DroppedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}  {upload.State.ToString().ToLowerInvariant(),-10}  "
                    + $"{upload.UploadId}  {upload.Path}");
                foreach (var problem in upload.Problems.Take(3)) await output.WriteLineAsync($"    {problem.Code}: {problem.Message}");
            }

            return shown > 0 ? 0 : StorageOption.Refuse(parsed, $"{parsed.GetValue(agency)} has no uploads.");
        }));
        return command;
    }

    public static Command Report()
    {
        var id = new Argument<string>("UPLOAD") { Description = "The upload's id, as the command uploads shows it." };
        var command = new Command("report", "Prints what became of one upload, with every problem that was kept.") { id };
        var storage = new StorageOption().AddTo(command);
        command.SetAction((parsed, cancellation) => storage.RunAsync(parsed, async opened =>
        {
            await foreach (var upload in new UploadLog(opened).ListAsync(cancellation))
            {
                if (upload.UploadId != parsed.GetValue(id)) continue;
                await WriteAsync(parsed.InvocationConfiguration.Output, upload);
                return 0;
            }

            return StorageOption.Refuse(parsed, $"There is no upload '{parsed.GetValue(id)}'. An agency's: uploads AGENCY");
        }));
        return command;
    }

    private static async Task WriteAsync(TextWriter output, Upload upload)
    {
        await output.WriteLineAsync($"{upload.Path}: {upload.State.ToString().ToLowerInvariant()}");
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
                $"  dropped {upload.DroppedAt.UtcDateTime:u}, {upload.Bytes:n0} bytes, {upload.Format} {upload.Encoding}"));
        if (upload.Version is { } version)
        {
            await output.WriteLineAsync($"  version {version}, {upload.Rows:n0} rows, {upload.Columns} columns");
        }

        if (upload.Quarantine is { } folder) await output.WriteLineAsync($"  kept in quarantine/{folder}");
        foreach (var problem in upload.Problems)
        {
            var place = string.Join(", ", new[]
            {
                problem.Line is { } line ? $"line {line}" : null, problem.Column is { } column ? $"column {column}" : null,
            }.OfType<string>());
            await output.WriteLineAsync($"  {problem.Severity.ToString().ToLowerInvariant()} {problem.Code} {place}".TrimEnd());
            await output.WriteLineAsync($"    {problem.Message}");
            if (problem.RawValue is { } raw) await output.WriteLineAsync($"    it is: {raw}");
            await output.WriteLineAsync($"    {problem.Fix}");
        }

        if (upload.ProblemCount > upload.Problems.Count)
        {
            await output.WriteLineAsync(
                $"  {upload.ProblemCount - upload.Problems.Count} more are in the version's manifest or the quarantine report.");
        }
    }
}
