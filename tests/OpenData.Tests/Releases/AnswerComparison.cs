using System.Text.Json;

namespace OpenData.Tests.Releases;

/// <summary>
/// Whether a client that understood an earlier answer understands today's: JSON may have more members, but each earlier value is still
/// there; anything else is the same to the byte.
/// </summary>
internal static class AnswerComparison
{
    /// <summary>What has changed, a line each.</summary>
    public static IEnumerable<string> Differences(ReleaseAnswer before, ReleaseAnswer now)
    {
        if ((before.Status, before.ContentType) != (now.Status, now.ContentType))
        {
            return [$"{before.Path}: {before.Status} {before.ContentType} became {now.Status} {now.ContentType}: {now.Body}"];
        }

        return before.ContentType switch
        {
            "application/json" =>
                Differences(JsonDocument.Parse(before.Body).RootElement, JsonDocument.Parse(now.Body).RootElement, before.Path),
            _ when before.Body != now.Body => [$"{before.Path}: {FirstDifference(before.Body, now.Body)}"],
            _ => [],
        };
    }

    private static IEnumerable<string> Differences(JsonElement before, JsonElement now, string path)
    {
        if (before.ValueKind == JsonValueKind.Object && now.ValueKind == JsonValueKind.Object)
        {
            return before.EnumerateObject().SelectMany(member => now.TryGetProperty(member.Name, out var value)
                ? Differences(member.Value, value, $"{path} .{member.Name}")
                : [$"{path} .{member.Name} is gone; it was {member.Value}"]);
        }

        if (before.ValueKind == JsonValueKind.Array
            && now.ValueKind == JsonValueKind.Array && before.GetArrayLength() == now.GetArrayLength())
        {
            return before
                .EnumerateArray()
                .Zip(now.EnumerateArray())
                .SelectMany((pair, i) => Differences(pair.First, pair.Second, $"{path} [{i}]"));
        }

        return JsonElement.DeepEquals(before, now) ? [] : [$"{path} was {before}, is {now}"];
    }

    private static string FirstDifference(string before, string now)
    {
        var (old, fresh) = (before.Split('\n'), now.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(old.Length, fresh.Length)).First(
            i => old.ElementAtOrDefault(i) != fresh.ElementAtOrDefault(i));
        return $"line {line + 1} was '{old.ElementAtOrDefault(line)}', is '{fresh.ElementAtOrDefault(line)}'";
    }
}
