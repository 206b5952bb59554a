using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenData.Demand;

/// <summary>The same words in Korean and in English. In JSON <c>{"ko": …, "en": …}</c>, or one text that serves for both.</summary>
/// <param name="Ko">In Korean.</param>
/// <param name="En">In English.</param>
[JsonConverter(typeof(BilingualTextConverter))]
public sealed record BilingualText(string Ko, string En);

internal sealed class BilingualTextConverter : JsonConverter<BilingualText>
{
    public override BilingualText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String) return Both(reader.GetString()!);
        var words = JsonSerializer.Deserialize<Dictionary<string, string>>(ref reader, options)!;
        var (ko, en) = (words.GetValueOrDefault("ko"), words.GetValueOrDefault("en"));
        if (ko is null && en is null) throw new JsonException("a name is a text or {\"ko\": …, \"en\": …}");
        return new BilingualText(ko ?? en!, en ?? ko!);
    }

    public override void Write(Utf8JsonWriter writer, BilingualText value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("ko", value.Ko);
        writer.WriteString("en", value.En);
        writer.WriteEndObject();
    }

    private static BilingualText Both(string text) => new(text, text);
}
