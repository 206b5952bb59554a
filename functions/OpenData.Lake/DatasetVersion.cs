using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenData.Lake;

/// <summary>
/// The manifest of one immutable version, stored beside its parts as <c>version.json</c>. A version exists
/// from the moment this blob does, and never changes after.
/// </summary>
public sealed record DatasetVersion
{
    /// <summary>The dataset, as <c>{dataset}@{agency}</c>.</summary>
    public required string DatasetId { get; init; }

    /// <summary>
    /// The version's name: the UTC time at which its source was dropped and a hash of the source's path and ETag,
    /// so that names sort by time and one drop has one name, however often it is ingested.
    /// </summary>
    public required string Version { get; init; }

    /// <summary>When ingest finished.</summary>
    public required DateTimeOffset ProcessedAt { get; init; }

    /// <summary>What the agency dropped.</summary>
    public required SourceFile Source { get; init; }

    /// <summary>
    /// Of a version to which the source's rows were added: what its rows before came from, the first one first. Otherwise empty.
    /// </summary>
    public IReadOnlyList<SourceFile> EarlierSources { get; init; } = [];

    /// <summary>
    /// The SHA-256, lower-case hexadecimal, of what dataset.json said about reading files when this version was made; null in versions of
    /// releases
    /// up to November 2026. The same source under the same word makes the same version.
    /// </summary>
    public string? Declaration { get; init; }

    /// <summary>The version of the reader that made the rows; 0 in versions of releases up to November 2026.</summary>
    public int Reader { get; init; }

    /// <summary>
    /// Where the first of the earlier sources and parts are listed, once there are many; whoever reads a version gets them all.
    /// </summary>
    public EarlierRows? Earlier { get; init; }

    /// <summary>Whether the file as it was dropped holds what must not be shown; it lies in the container <c>withheld</c> then.</summary>
    public bool IsOriginalWithheld { get; init; }

    /// <summary>The fields in file order, then derived ones.</summary>
    public required IReadOnlyList<Field> Fields { get; init; }

    /// <summary>The Parquet files that together are this version, in row order.</summary>
    public required IReadOnlyList<Part> Parts { get; init; }

    /// <summary>Rows over all parts.</summary>
    public required long Rows { get; init; }

    /// <summary>How many problems were found, also beyond those listed.</summary>
    public required long ProblemCount { get; init; }

    /// <summary>The problems, up to a bound.</summary>
    public required IReadOnlyList<Problem> Problems { get; init; }

    /// <summary>The profile of the data: statistics a field, and quality. Its shape is Ingest's own.</summary>
    public JsonElement? Profile { get; init; }

    /// <summary>What the profile says of each field, as JSON objects; none where there is no profile.</summary>
    public IEnumerable<JsonElement> FieldProfiles() =>
        Profile is { ValueKind: JsonValueKind.Object } profile && profile.TryGetProperty("fields", out var fields)
            && fields.ValueKind == JsonValueKind.Array
            ? fields.EnumerateArray().Where(field => field.ValueKind == JsonValueKind.Object)
            : [];

    /// <summary>The same by the fields' names.</summary>
    public Dictionary<string, JsonElement> FieldProfilesByName()
    {
        var profiles = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var field in FieldProfiles())
        {
            if (field.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String) profiles[name.GetString()!] = field;
        }

        return profiles;
    }
}

/// <summary>
/// A list of sources and parts that many versions of a dataset to which rows are added begin with, kept once instead of in each manifest.
/// </summary>
/// <param name="Blob">Its blob name in the lake container: JSON with the members <c>sources</c> and <c>parts</c>.</param>
/// <param name="Sources">How many sources it lists.</param>
/// <param name="Parts">How many parts it lists.</param>
public sealed record EarlierRows(string Blob, int Sources, int Parts);

/// <summary>A file as an agency dropped it.</summary>
/// <param name="Path">Its blob name in the incoming container, <c>{agency}/{dataset}/{file}</c>.</param>
/// <param name="ETag">The blob's ETag at the time.</param>
/// <param name="DroppedAt">The blob's last-modified time.</param>
/// <param name="Bytes">Its size in bytes.</param>
/// <param name="Sha256">The SHA-256 of its bytes, lower-case hexadecimal.</param>
/// <param name="Original">The blob name, in the lake container, of the copy kept with this version.</param>
/// <param name="Format">What it was, such as <c>csv</c>, <c>json</c>, <c>xlsx</c>; <c>csv.gz</c> if it was compressed.</param>
/// <param name="Encoding">The character encoding's name, such as <c>utf-8</c> or <c>cp949</c>; null where the format fixes it.</param>
public sealed record SourceFile(
    string Path,
    [property: JsonPropertyName("etag")] string ETag,
    DateTimeOffset DroppedAt,
    long Bytes,
    string Sha256,
    string Original,
    string Format,
    string? Encoding)
{
    /// <summary>The rows of the dataset that came from it.</summary>
    public long Rows { get; init; }
}

/// <summary>One Parquet file of a version.</summary>
/// <param name="Blob">Its blob name in the lake container.</param>
/// <param name="ETag">Its ETag.</param>
/// <param name="Bytes">Its size in bytes.</param>
/// <param name="Rows">Its number of rows.</param>
/// <param name="Sha256">The SHA-256 of its bytes, lower-case hexadecimal.</param>
public sealed record Part(string Blob, [property: JsonPropertyName("etag")] string ETag, long Bytes, long Rows, string Sha256);
