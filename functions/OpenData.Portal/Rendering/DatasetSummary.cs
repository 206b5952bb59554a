using System.Text.Json;

namespace OpenData.Portal.Rendering;

/// <summary>A dataset in a list.</summary>
/// <param name="Id">Its id, <c>{dataset}@{agency}</c>.</param>
/// <param name="Title">Its title.</param>
/// <param name="Description">The beginning of its description; null if it has none.</param>
/// <param name="Publisher">Who publishes it.</param>
/// <param name="License">Its licence; null if none is stated.</param>
/// <param name="Themes">Its themes.</param>
/// <param name="Records">How many records it has.</param>
/// <param name="Modified">When its data last changed.</param>
public sealed record DatasetSummary(
    string Id, string Title, string? Description, string Publisher, string? License, IReadOnlyList<string> Themes, long Records,
    DateTimeOffset Modified)
{
    /// <summary>The fields of the catalogue that a summary is made of.</summary>
    internal const string Fields = "dataset_id, title, description, publisher, license, theme, records_count, modified";

    private const int MaxDescription = 200;

    /// <summary>Reads the catalogue's records, a JSON array of objects with <see cref="Fields"/>.</summary>
    internal static IReadOnlyList<DatasetSummary> Read(ReadOnlyMemory<byte> records)
    {
        using var document = JsonDocument.Parse(records);
        return [.. document.RootElement.EnumerateArray().Select(Read)];
    }

    private static DatasetSummary Read(JsonElement record)
    {
        var description = Text("description");
        return new DatasetSummary(
            Text("dataset_id")!,
            Text("title")!,
            description is { Length: > MaxDescription } ? description[..MaxDescription] + "…" : description,
            Text("publisher")!,
            Text("license"),
            record.GetProperty("theme") is { ValueKind: JsonValueKind.Array } themes
                ? [.. themes.EnumerateArray().Select(theme => theme.GetString()!)]
                : [],
            record.GetProperty("records_count").GetInt64(),
            record.GetProperty("modified").GetDateTimeOffset());

        string? Text(string name) => record.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
    }
}
