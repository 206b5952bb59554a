using System.Diagnostics;
using OpenData.Catalog;
using OpenData.Ingest.Metadata;
using OpenData.Ingest.Records;
using OpenData.Ingest.Typing;
using OpenData.Lake;

namespace OpenData.Ingest.Checking;

/// <summary>Runs the pipeline of ingest on a file of this machine, without storage: what agencies try before they upload.</summary>
public static class FileCheck
{
    /// <summary>Reads a file as ingest would, following the declarations of a dataset.json beside it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="allText">Keeps every field as text, each cell exactly as read.</param>
    /// <param name="output">
    /// Where to write what would be published, and how; null to write nothing. The file is replaced. A file without rows is rejected, and
    /// its output is its header; a file that cannot be read to its end leaves no output. With <paramref name="allText"/>, CSV of a file
    /// without a header has none either.
    /// </param>
    /// <param name="declaration">Where to write a dataset.json that says how the file was read; null to write none.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="IOException">The file cannot be read, or the output cannot be written.</exception>
    public static async Task<FileReport> RunAsync(
        string path,
        bool allText = false,
        (string Path, OutputFormat Format)? output = null,
        string? declaration = null,
        CancellationToken cancellation = default)
    {
        var begun = Stopwatch.GetTimestamp();
        if (Path.GetFileName(path).Equals(MetadataFile.FileName, StringComparison.OrdinalIgnoreCase))
        {
            return await CheckMetadataAsync(path, begun, cancellation);
        }

        var (metadata, declaredIn, problems) = await DeclarationsAsync(path, cancellation);
        using var parts = new TemporaryParts();
        var result = await Conversion.RunAsync(
            new LocalFileContent(path), metadata, previousFields: null, parts, new ConversionOptions
            {
                AllText = allText,
                PseudonymKey = new byte[32]
            }, cancellation);
        if (output is { } wanted)
        {
            if (result.ReadWhole)
            {
                await PublishedOutput.WriteAsync(
                    wanted.Path, wanted.Format, result.Fields, header: result.HasHeader || !allText, parts.Paths, cancellation);
            }
            else
            {
                File.Delete(wanted.Path);
            } // an earlier output would be taken for this file's
        }

        if (declaration is not null && result.Published)
        {
            if (File.Exists(declaration)) throw new IOException($"'{declaration}' is there already and is not replaced.");
            await File.WriteAllTextAsync(declaration, JudgedDeclaration.Of(result), cancellation);
        }

        return new FileReport
        {
            File = path,
            FirstRows = parts.Paths.Count > 0 ? PublishedOutput.FirstRows(result.Fields, parts.Paths[0], cancellation) : [],
            Sheet = result.Sheet,
            Declaration = declaration is not null && result.Published ? declaration : null,
            Published = result.Published,
            Format = result.Format,
            Encoding = result.Encoding,
            Dialect = result.Dialect is { } dialect
                ? new FileDialect(dialect.Delimiter, dialect.Quote?.ToString(), dialect.Escape?.ToString())
                : null,
            HeaderRow = result.HeaderRow,
            DeclaredIn = declaredIn,
            Rows = result.Rows,
            Fields = result.Fields,
            ProblemCount = result.ProblemCount + problems.Count,
            Problems = [.. problems, .. result.Problems],
            Profile = result.Profile,
            Milliseconds = Milliseconds(begun),
            Output = result.ReadWhole ? output?.Path : null,
        };
    }

    private static async Task<FileReport> CheckMetadataAsync(string path, long begun, CancellationToken cancellation)
    {
        var (metadata, problems) = await MetadataFile.ReadAsync(new LocalFileContent(path), cancellation);
        return new FileReport
        {
            File = path,
            Published = metadata is not null,
            Format = MetadataFile.FileName,
            ProblemCount = problems.Count,
            Problems = problems,
            Milliseconds = Milliseconds(begun),
        };
    }

    private static async Task<(DatasetMetadata Metadata, string? DeclaredIn, IReadOnlyList<Problem> Problems)> DeclarationsAsync(
        string path, CancellationToken cancellation)
    {
        var beside = Path.Combine(Path.GetDirectoryName(path) ?? "", MetadataFile.FileName);
        if (!File.Exists(beside)) return (new DatasetMetadata(), null, []);
        var (metadata, problems) = await MetadataFile.ReadAsync(new LocalFileContent(beside), cancellation);
        // As in storage: a dataset.json that is rejected is as if it were not there.
        return metadata is null ? (new DatasetMetadata(), null, problems) : (metadata, beside, problems);
    }

    private static long Milliseconds(long begun) => (long)Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
}
