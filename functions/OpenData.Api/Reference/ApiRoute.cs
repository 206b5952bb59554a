using System.Text.Json.Nodes;

namespace OpenData.Api.Reference;

/// <summary>A parameter of a route.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type in JSON Schema: <c>string</c>, <c>integer</c> or <c>boolean</c>.</param>
/// <param name="Description">What it does.</param>
internal sealed record ApiParameter(string Name, string Type, string Description)
{
    /// <summary>Where it stands: <c>query</c>, <c>path</c> or <c>header</c>.</summary>
    public string In { get; init; } = "query";

    /// <summary>What it is if it is left out.</summary>
    public JsonNode? Default { get; init; }

    /// <summary>The least number.</summary>
    public int? Least { get; init; }

    /// <summary>The greatest number.</summary>
    public int? Most { get; init; }

    /// <summary>The values there are.</summary>
    public IReadOnlyList<string>? OneOf { get; init; }

    /// <summary>Whether it may stand several times.</summary>
    public bool Repeats { get; init; }

    /// <summary>A value that works on the sample data.</summary>
    public required JsonNode Example { get; init; }
}

/// <summary>An answer of a route.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Description">When it comes.</param>
/// <param name="MediaType">Of its body; null if it has none.</param>
/// <param name="Schema">The schema of its body, by its name in <see cref="ApiSchemas"/>; null for a file.</param>
/// <param name="Example">A body; null for a file.</param>
internal sealed record ApiAnswer(int Status, string Description, string? MediaType = null, string? Schema = null, string? Example = null);

/// <summary>
/// One route with all that callers have to know of it. From this table the local host's routes, the OpenAPI document and the reference page
/// are made.
/// </summary>
/// <param name="Name">Its name, and that of its function on Azure.</param>
/// <param name="Path">Its path below the hosts' prefix.</param>
/// <param name="Methods">The HTTP methods that it takes.</param>
/// <param name="Handler">The endpoint that answers.</param>
internal sealed record ApiRoute(string Name, string Path, string[] Methods, Delegate Handler)
{
    /// <summary>The chapter of the reference that it stands in.</summary>
    public required string Chapter { get; init; }

    /// <summary>What it answers, in a few words.</summary>
    public required string Summary { get; init; }

    /// <summary>What else is to be known; empty if nothing is.</summary>
    public string Description { get; init; } = "";

    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

    /// <summary>The schema of the body that it takes, by its name in <see cref="ApiSchemas"/>; null if it takes none.</summary>
    public string? Body { get; init; }

    /// <summary>A body that works on the sample data.</summary>
    public string? BodyExample { get; init; }

    /// <summary>Its answers, the good ones first.</summary>
    public required IReadOnlyList<ApiAnswer> Answers { get; init; }

    /// <summary>The methods that do something: HEAD and OPTIONS say something of GET and of the path.</summary>
    public IEnumerable<string> Verbs => Methods.Where(method => method is not ("HEAD" or "OPTIONS"));
}
