using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace OpenData.Api.Pipeline;

/// <summary>The JSON object in a request's body: bounded in size, in valid UTF-8, and without unpaired surrogates anywhere.</summary>
internal sealed class JsonRequest
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private JsonRequest(JsonElement root, string sha256) => (Root, Sha256) = (root, sha256);

    /// <summary>The object.</summary>
    public JsonElement Root { get; }

    /// <summary>The SHA-256 of the body's bytes, lower-case hexadecimal; empty for an empty body.</summary>
    public string Sha256 { get; }

    /// <summary>Reads a body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxBytes">The most bytes that are read.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="ApiException">400: no JSON object, or no Unicode text; 413: more than <paramref name="maxBytes"/>
    /// bytes.</exception>
    public static async Task<JsonRequest> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellation)
    {
        var bytes = await ReadBytesAsync(request, maxBytes, cancellation);
        if (bytes.Length == 0) return new JsonRequest(JsonDocument.Parse("{}").RootElement, "");
        try
        {
            StrictUtf8.GetCharCount(bytes);
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw Invalid("The body must be one JSON object.");
            CheckTexts(document.RootElement);
            return new JsonRequest(document.RootElement.Clone(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
        catch (DecoderFallbackException e)
        {
            throw Invalid($"The body must be in UTF-8: the bytes at offset {e.Index} are not.");
        }
        catch (InvalidOperationException)
        {
            throw Invalid("A text of the body is not Unicode: it has an unpaired surrogate.");
        }
        catch (JsonException e)
        {
            throw Invalid(e.LineNumber is { } line
                ? $"The body must be one JSON object: it is not JSON at line {line + 1}, byte {e.BytePositionInLine + 1}."
                : "The body must be one JSON object.");
        }
    }

    private static async Task<byte[]> ReadBytesAsync(HttpRequest request, int maxBytes, CancellationToken cancellation)
    {
        if (request.ContentLength > maxBytes) throw TooLarge(maxBytes);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancellation)) > 0;)
        {
            body.Write(buffer, 0, read);
            if (body.Length > maxBytes) throw TooLarge(maxBytes);
        }

        return body.ToArray();
    }

    // Decoding a text throws InvalidOperationException where an escape stands for half of a surrogate pair.
    private static void CheckTexts(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray()) CheckTexts(item);
                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    CheckTexts(member.Value);
                }

                break;
        }
    }

    private static ApiException Invalid(string message) => new(400, "InvalidBody", message);

    private static ApiException TooLarge(int maxBytes) => new(413, "BodyTooLarge", $"The body has more than {maxBytes} bytes.");
}
