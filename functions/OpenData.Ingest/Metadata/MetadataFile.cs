using System.Text;
using System.Text.Json;
using OpenData.Catalog;
using OpenData.Ingest.Records;
using OpenData.Lake;

namespace OpenData.Ingest.Metadata;

/// <summary>
/// Reads <c>dataset.json</c>. A part of it that cannot be understood rejects the whole file, because half of an agency's word
/// may say something else than all of it; a property that we do not know is only a warning, because it may be meant for others.
/// </summary>
internal static class MetadataFile
{
    /// <summary>The file's name under which an agency describes its dataset.</summary>
    public const string FileName = "dataset.json";

    private const int LongestFile = 1 << 20;

    private static readonly JsonDocumentOptions Lenient =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 16 };

    /// <summary>Reads the file; the metadata is null if the problems reject it.</summary>
    public static async Task<(DatasetMetadata? Metadata, IReadOnlyList<Problem> Problems)> ReadAsync(
        SourceContent content, CancellationToken cancellation)
    {
        if (content.Length > LongestFile)
        {
            return (null, [Invalid($"It is {content.Length:n0} bytes long; metadata may take 1 MiB at most.")]);
        }

        await using var bytes = content.Open();
        using var memory = new MemoryStream();
        await bytes.CopyToAsync(memory, cancellation);
        return Read(memory.ToArray());
    }

    /// <summary>Reads the file's bytes: UTF-8, or CP949 as older editors in Korea save it.</summary>
    public static (DatasetMetadata? Metadata, IReadOnlyList<Problem> Problems) Read(byte[] bytes)
    {
        var problems = new List<Problem>();
        try
        {
            using var document = JsonDocument.Parse(Decode(bytes), Lenient);
            var file = new MetadataReader(document.RootElement, path: "", problems);
            var metadata = file.Dataset();
            if (JsonSerializer.Serialize(metadata, OpenDataJson.Options).Length > DatasetCatalog.MaxMetadataCharacters)
            {
                problems.Add(
                    Invalid(
                        $"It says more than {DatasetCatalog.MaxMetadataCharacters:n0} characters, which is all that the catalogue keeps "
                        + "of a dataset."));
            }

            return (problems.Exists(problem => problem.Severity == Severity.Error) ? null : metadata, problems);
        }
        catch (JsonException e)
        {
            return (null, [Invalid($"It is not JSON: {Reason(e)}") with { Line = e.LineNumber + 1 }]);
        }
        catch (DecoderFallbackException)
        {
            return (null, [Invalid("Its characters are neither UTF-8 nor CP949.")]);
        }
    }

    private static Problem Invalid(string message) => new(
        "metadata-invalid",
        Severity.Error,
        message,
        "Correct dataset.json and upload it again; a JSON editor shows where its syntax is broken.")
    {
        Action = "What was known of the dataset before stays as it is.",
    };

    private static string Decode(byte[] bytes)
    {
        var text = bytes.AsSpan() is [0xEF, 0xBB, 0xBF, ..] ? bytes.AsSpan(3) : bytes;
        if (System.Text.Unicode.Utf8.IsValid(text)) return Encoding.UTF8.GetString(text);
        return CodePagesEncodingProvider.Instance
            .GetEncoding(949, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!
            .GetString(bytes);
    }

    // The parser's message ends in its own counting of lines and bytes, from 0; the problem carries the line.
    private static string Reason(JsonException e) => e.Message.Split(" LineNumber:")[0];
}
