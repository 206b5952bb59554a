using System.Globalization;

namespace OpenData.Ingest.Json;

/// <summary>One step into a JSON value: to the property of an object, or to the element of an array.</summary>
/// <param name="Name">The property's name; null for an element.</param>
/// <param name="Index">The element's place from 0; meaningless for a property.</param>
internal readonly record struct JsonStep(string? Name, int Index)
{
    /// <summary>To a property.</summary>
    public static JsonStep To(string name) => new(name, 0);

    /// <summary>The steps that a text such as <c>response.body.items</c> or <c>$[1].rows</c> names.</summary>
    public static IReadOnlyList<JsonStep> Parse(string path)
    {
        var steps = new List<JsonStep>();
        foreach (var part in path.TrimStart('$').Split(['.', '[', '/'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.EndsWith(']') && int.TryParse(part[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                steps.Add(new JsonStep(null, index));
            }
            else
            {
                steps.Add(To(part));
            }
        }

        return steps;
    }

    /// <summary>Steps as text: <c>response.body.items</c>.</summary>
    public static string Text(IEnumerable<JsonStep> path) =>
        string.Concat(
            path.Select(
                step => step.Name is { } name
                    ? "." + name
                    : string.Create(CultureInfo.InvariantCulture, $"[{step.Index}]"))).TrimStart('.');
}
