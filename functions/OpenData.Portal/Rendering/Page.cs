namespace OpenData.Portal.Rendering;

/// <summary>What a page handler answers.</summary>
internal abstract record PageAnswer;

/// <summary>The reader is sent to another address of the portal.</summary>
/// <param name="Location">The address, from the root.</param>
internal sealed record SeeOther(string Location) : PageAnswer;

/// <summary>A page to be written.</summary>
/// <param name="Component">The Razor component of its content, with one parameter <c>Model</c>.</param>
/// <param name="Model">What it shows.</param>
internal sealed record Page(Type Component, object? Model) : PageAnswer
{
    /// <summary>Its title, before the portal's name.</summary>
    public required string Title { get; init; }

    /// <summary>What it is about, for search engines; null for the portal's own description.</summary>
    public string? Description { get; init; }

    /// <summary>The HTTP status.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The entry of the menu that it belongs to, such as <c>datasets</c>; null for none.</summary>
    public string? Section { get; init; }

    /// <summary>JSON-LD about what the page shows; null for none.</summary>
    public string? StructuredData { get; init; }

    /// <summary>Whether shared caches may keep it for a minute; what a reader has just changed must be seen at once.</summary>
    public bool Cacheable { get; init; } = true;

    /// <summary>Whether search engines may list it.</summary>
    public bool Indexed { get; init; } = true;
}
