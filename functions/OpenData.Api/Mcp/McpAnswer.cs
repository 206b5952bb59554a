using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using OpenData.Api.Pipeline;
using OpenData.Api.Routing;
using OpenData.Query;
using OpenData.Query.Language;
using OpenData.Query.Subjects;

namespace OpenData.Api.Mcp;

/// <summary>What the tools' answers have in common: their size, their source, and their errors.</summary>
internal static class McpAnswer
{
    /// <summary>The most bytes of an answer: assistants pay by length; a table that is cut is marked as such.</summary>
    public const int MaxBytes = 12_000;

    /// <summary>An answer as JSON text.</summary>
    public static string Write(JsonObject answer) => answer.ToJsonString(OpenDataJson.Options);

    /// <summary>A value as JSON, written as the API writes it.</summary>
    public static JsonNode? Node(object? value) => JsonSerializer.SerializeToNode(value, OpenDataJson.Options);

    /// <summary>The bytes of a value as JSON text.</summary>
    public static int Size(JsonNode? node) => node is null ? 4 : Encoding.UTF8.GetByteCount(node.ToJsonString(OpenDataJson.Options));

    /// <summary>Where a dataset's data comes from, and under which terms.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="root">The service's address.</param>
    public static JsonObject Source(ServedDataset dataset, string root) => new()
    {
        ["dataset_id"] = dataset.Version.DatasetId,
        ["title"] = dataset.Entry.Title,
        ["publisher"] = dataset.Entry.Publisher,
        ["license"] = dataset.Entry.Metadata.License ?? "not stated",
        ["version"] = dataset.Version.Version,
        ["modified"] = Node(dataset.Version.Source.DroppedAt),
        ["url"] = UrlOf(dataset, root),
    };

    /// <summary>The address of a dataset.</summary>
    public static string UrlOf(ServedDataset dataset, string root) =>
        $"{root}/{Routes.Datasets}/{Uri.EscapeDataString(dataset.Version.DatasetId).Replace("%40", "@", StringComparison.Ordinal)}";

    /// <summary>Items for as long as they fit beside what an answer has already.</summary>
    public static JsonArray Fit(IEnumerable<JsonNode?> items, int bytes, out bool cut)
    {
        var fitting = new JsonArray();
        cut = false;
        foreach (var item in items)
        {
            bytes -= Size(item) + 1;
            if (bytes < 0)
            {
                cut = true;
                break;
            }

            fitting.Add(item?.DeepClone());
        }

        return fitting;
    }

    /// <summary>A text of at most a number of characters.</summary>
    public static string? Shorten(string? text, int characters) =>
        text is null || text.Length <= characters ? text : text[..characters] + "…";

    /// <summary>Does a tool's work; what the caller can mend comes back as the tool's error with a hint.</summary>
    public static async Task<string> RunAsync(Func<Task<JsonObject>> work, Func<string> hint)
    {
        try
        {
            return Write(await work());
        }
        catch (Exception e) when (e is ApiException or NotVisibleException)
        {
            throw new McpException(e.Message);
        }
        catch (Exception e) when (QueryFailures.Translate(e) is var failure
            && failure is QueryException or QueryTimeoutException or QueryBusyException or QueryResourcesException)
        {
            throw new McpException($"{failure.Message} {hint()}".TrimEnd());
        }
    }
}
