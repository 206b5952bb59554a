using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenData;

/// <summary>How we write JSON, everywhere: snake_case names, no nulls, Hangul as itself.</summary>
public static class OpenDataJson
{
    /// <summary>For storage and HTTP answers.</summary>
    public static JsonSerializerOptions Options { get; } = Create(indented: false);

    /// <summary>The same, indented, for files that people open.</summary>
    public static JsonSerializerOptions Readable { get; } = Create(indented: true);

    /// <summary>
    /// To read what was stored: as <see cref="Options"/>, but a null where there must be a value is an error, not a surprise later.
    /// </summary>
    public static JsonSerializerOptions Stored { get; } = new(Options) { RespectNullableAnnotations = true };

    private static JsonSerializerOptions Create(bool indented) => new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // as JSON it is safe; in HTML it must be escaped like any text
        WriteIndented = indented,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };
}
