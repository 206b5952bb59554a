using System.Text.Json;
using OpenData.Demand;
using OpenData.Planning.Sessions;

namespace OpenData.Planning.Report;

/// <summary>The columns' headings and the words for values, in both languages, from <c>headings.json</c>.</summary>
internal static class Headings
{
    private static readonly Dictionary<string, Dictionary<string, BilingualText>> Words =
        JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, BilingualText>>>(
            EmbeddedSql.Read("Report/headings.json"), OpenDataJson.Options)!;

    /// <summary>A column's heading.</summary>
    public static BilingualText Column(string name) =>
        Words["columns"].TryGetValue(name, out var words) ? words : new BilingualText(name.Replace('_', ' '), name.Replace('_', ' '));

    /// <summary>The words for a value, such as a state; the value itself if there are none.</summary>
    public static BilingualText Value(string value) =>
        Words["values"].TryGetValue(value, out var words) ? words : new BilingualText(value, value);
}
