using System.Diagnostics.CodeAnalysis;
using OpenData.Ingest.Checking;

namespace OpenData.LocalHost.Check;

/// <summary>Decides where each file's output goes.</summary>
internal static class Outputs
{
    /// <summary>Plans one output a file; null entries if none is asked for.</summary>
    public static bool TryPlan(
        IReadOnlyList<string> files,
        string? output,
        string? format,
        out (string Path, OutputFormat Format)?[] outputs,
        [NotNullWhen(false)] out string? error)
    {
        outputs = new (string, OutputFormat)?[files.Count];
        error = files.FirstOrDefault(file => !File.Exists(file)) is { } missing ? $"There is no file '{missing}'." : null;
        if (error is not null || output is null) return error is null;

        if (files.Count == 1 && !Directory.Exists(output))
        {
            if ((format is null ? FormatOf(Path.GetExtension(output)) : FormatOf("." + format)) is not { } single)
            {
                error = $"'{output}' does not say what to write: let it end in .csv, .parquet or .ndjson, or add --format.";
                return false;
            }

            outputs[0] = (output, single);
            return true;
        }

        if (File.Exists(output))
        {
            error = $"'{output}' is a file. With several files, --out names a folder.";
            return false;
        }

        var ending = format ?? "parquet";
        var names = files.Select(file => $"{Path.GetFileName(file)}.{ending}").ToList();
        if (names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            error = $"Two files would be written to '{twice.Key}': check files of one name one after the other.";
            return false;
        }

        Directory.CreateDirectory(output);
        for (var i = 0; i < files.Count; i++) outputs[i] = (Path.Combine(output, names[i]), FormatOf("." + ending)!.Value);
        return true;
    }

    private static OutputFormat? FormatOf(string ending) => ending.ToLowerInvariant() switch
    {
        ".csv" => OutputFormat.Csv,
        ".parquet" => OutputFormat.Parquet,
        ".ndjson" or ".jsonl" => OutputFormat.Ndjson,
        _ => null,
    };
}
