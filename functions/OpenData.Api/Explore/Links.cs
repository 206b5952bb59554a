using System.Text.Json;
using System.Text.Json.Nodes;
using OpenData.Query.Subjects;

namespace OpenData.Api.Explore;

/// <summary>The links of datasets and of exports.</summary>
internal static class Links
{
    private static readonly string[] DatasetPaths = ["records", "exports", "facets", "attachments"];

    /// <summary>A link for each format.</summary>
    /// <param name="here">The address of the list of formats.</param>
    /// <param name="formats">The formats' names.</param>
    public static IReadOnlyList<Link> OfExports(string here, IEnumerable<string> formats) =>
        [new Link("self", here), .. formats.Select(format => new Link(format, $"{here}/{format}"))];

    /// <summary>What is near a dataset.</summary>
    /// <param name="here">The dataset's address.</param>
    public static IReadOnlyList<Link> OfDataset(string here) =>
    [
        new Link("self", here),
        new Link("catalog", here[..here.LastIndexOf('/')]),
        .. DatasetPaths.Select(name => new Link(name, $"{here}/{name}")),
    ];

    /// <summary>A record with <c>_links</c> before its members.</summary>
    public static JsonObject Into(DatasetRecord record, IReadOnlyList<Link> links)
    {
        var json = new JsonObject { ["_links"] = JsonSerializer.SerializeToNode(links, CatalogSnapshot.Json) };
        var members = JsonSerializer.SerializeToNode(record, CatalogSnapshot.Json)!.AsObject();
        foreach (var (name, value) in members) json[name] = value?.DeepClone();
        return json;
    }
}
