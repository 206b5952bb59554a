using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpenData.Demand.Requests;

namespace OpenData.Api;

/// <summary>A small JSON body, read member by member so that every refusal names its member.</summary>
internal sealed class Body
{
    private const int MaxBytes = 16 * 1024;

    private readonly JsonElement _members;

    private Body(JsonElement members) => _members = members;

    public static async Task<Body> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var buffer = new byte[MaxBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        if (length > MaxBytes) throw new ApiException(413, "TooLarge", $"The body is larger than {MaxBytes} bytes.");
        try
        {
            using var document = JsonDocument.Parse(buffer.AsMemory(0, length));
            if (document.RootElement.ValueKind == JsonValueKind.Object) return new Body(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new ApiException(400, "InvalidBody", "The body must be one JSON object in UTF-8.");
    }

    /// <summary>A text that must be there.</summary>
    public string Text(string name, int least, int most)
    {
        var text = OptionalText(name, most) ?? "";
        return text.Length >= least ? text : throw Wrong(name, text, $"must be a text of {least} to {most} characters");
    }

    /// <summary>A text, or null.</summary>
    public string? OptionalText(string name, int most)
    {
        if (!_members.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null) return null;
        if (member.ValueKind != JsonValueKind.String) throw Wrong(name, member.GetRawText(), "must be a text");
        var text = TextScreen.Clean(member.GetString()!);
        if (text.Length > most) throw Wrong(name, text, $"must be a text of at most {most} characters");
        return text.Length == 0 ? null : text;
    }

    /// <summary>A whole number that must be there.</summary>
    public int Whole(string name, int least, int most) =>
        _members.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Number && member.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw Wrong(name, member.ValueKind == JsonValueKind.Undefined ? "" : member.GetRawText(), $"must be a whole number from {least} to {most}");

    /// <summary>One of an enumeration's words as JSON writes them, or null.</summary>
    public T? OneOf<T>(string name)
        where T : struct, Enum
    {
        if (OptionalText(name, 100) is not { } text) return null;
        foreach (var value in Enum.GetValues<T>())
        {
            if (WordOf(value) == text) return value;
        }

        throw Wrong(name, text, $"must be one of {string.Join(", ", Enum.GetValues<T>().Select(WordOf))}");
    }

    /// <summary>Refuses members that mean nothing here.</summary>
    public void NothingBut(params string[] butThese)
    {
        foreach (var member in _members.EnumerateObject())
        {
            if (!butThese.Contains(member.Name)) throw new ApiException(400, "InvalidBody", $"'{Cut(member.Name)}' means nothing here: the body takes {string.Join(", ", butThese)}.");
        }
    }

    /// <summary>A refusal of one member.</summary>
    public static ApiException Wrong(string name, string value, string rule) => new(400, "InvalidBody", $"{name} is '{Cut(value)}': it {rule}.");

    private static string WordOf<T>(T value)
        where T : struct, Enum => JsonSerializer.SerializeToElement(value, OpenDataJson.Options).GetString()!;

    private static string Cut(string text) => text.Length > 100 ? text[..100] + "…" : text;
}
