using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenData.Lake;

/// <summary>Writes a <see cref="DatasetId"/> in JSON as its text, <c>{dataset}@{agency}</c>.</summary>
internal sealed class DatasetIdJson : JsonConverter<DatasetId>
{
    public override DatasetId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DatasetId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("It is not a dataset id.");

    public override void Write(Utf8JsonWriter writer, DatasetId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
