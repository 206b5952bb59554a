using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpenData.Demand.Requests;

namespace OpenData.Api.Pipeline;

/// <summary>A small JSON body, read member by member so that every error names its member.</summary>
internal sealed class JsonBody
{
    private const int MaxBytes = 16 * 1024;

    private readonly JsonElement _members;

    private JsonBody(JsonElement members) => _members = members;

    /// <summary>Reads a request's body.</summary>
    /// <exception cref="ApiException">400: no JSON object; 413: too large.</exception>
    public static async Task<JsonBody> ReadAsync(HttpRequest request, CancellationToken cancellation) =>
        new((await JsonRequest.ReadAsync(request, MaxBytes, cancellation)).Root);

    /// <summary>A required text.</summary>
    public string Text(string name, int least, int most)
    {
        var text = OptionalText(name, most) ?? "";
        return text.Length >= least ? text : throw Wrong(name, text, $"must be a text of {least} to {most} characters");
    }

    /// <summary>An optional text; null if it is absent, null or blank.</summary>
    public string? OptionalText(string name, int most)
    {
        if (!_members.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null) return null;
        if (member.ValueKind != JsonValueKind.String) throw Wrong(name, member.GetRawText(), "must be a text");
        var text = TextScreen.Clean(member.GetString()!);
        if (text.Length > most) throw Wrong(name, text, $"must be a text of at most {most} characters");
        return text.Length == 0 ? null : text;
    }

    /// <summary>A required whole number.</summary>
    public int Whole(string name, int least, int most)
    {
        if (_members.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Number
            && member.TryGetInt32(out var number) && number >= least && number <= most)
        {
            return number;
        }

        var written = member.ValueKind == JsonValueKind.Undefined ? "" : member.GetRawText();
        throw Wrong(name, written, $"must be a whole number from {least} to {most}");
    }

    /// <summary>An optional member of an enumeration, written as in JSON answers.</summary>
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

    /// <summary>Rejects a body with members other than these.</summary>
    public void RejectOtherMembers(params string[] known)
    {
        foreach (var member in _members.EnumerateObject())
        {
            if (known.Contains(member.Name)) continue;
            throw new ApiException(
                400, "InvalidBody", $"'{Cut(member.Name)}' means nothing here: the body takes {string.Join(", ", known)}.");
        }
    }

    /// <summary>The error of one member.</summary>
    public static ApiException Wrong(string name, string value, string rule) =>
        new(400, "InvalidBody", $"{name} is '{Cut(value)}': it {rule}.");

    private static string WordOf<T>(T value)
        where T : struct, Enum => JsonSerializer.SerializeToElement(value, OpenDataJson.Options).GetString()!;

    private static string Cut(string text) => text.Length > 100 ? text[..100] + "…" : text;
}
