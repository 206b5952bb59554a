namespace OpenData.Catalog;

/// <summary>
/// What an agency says about a dataset in <c>incoming/{agency}/{dataset}/dataset.json</c>. Everything is optional;
/// names follow DCAT-AP 3 in snake_case.
/// </summary>
public sealed record DatasetMetadata
{
    /// <summary>The dataset's name for people. Default: its folder name.</summary>
    public string? Title { get; init; }

    /// <summary>What the data is, in a few sentences.</summary>
    public string? Description { get; init; }

    /// <summary>The themes it belongs to.</summary>
    public IReadOnlyList<string> Theme { get; init; } = [];

    /// <summary>Words to find it by.</summary>
    public IReadOnlyList<string> Keyword { get; init; } = [];

    /// <summary>The licence: its URL or its name.</summary>
    public string? License { get; init; }

    /// <summary>The publisher's name for people. Default: the agency's folder name.</summary>
    public string? Publisher { get; init; }

    /// <summary>Whom to ask: a name, an e-mail address or a URL.</summary>
    public string? Contact { get; init; }

    /// <summary>The area that the data covers: a name or a URL.</summary>
    public string? Spatial { get; init; }

    /// <summary>The time that the data covers, such as <c>2020-01-01/2024-12-31</c>.</summary>
    public string? Temporal { get; init; }

    /// <summary>
    /// Who may read it: <c>public</c> (the default), <c>restricted</c> or <c>non_public</c>; see <see cref="AccessDeclaration"/>.
    /// </summary>
    public string? AccessRights { get; init; }

    /// <summary>An embargo: until then the dataset is unknown to the public, and then it is public at once.</summary>
    public DateTimeOffset? ReleaseAt { get; init; }

    /// <summary>Whether a dataset that is not public is in the catalogue, with its description only. Default: it is.</summary>
    public bool? Listed { get; init; }

    /// <summary>The names of the keys whose holders may read it if it is <c>restricted</c>.</summary>
    public IReadOnlyList<string> Grants { get; init; } = [];

    /// <summary>What users have to heed besides the licence.</summary>
    public string? Rights { get; init; }

    /// <summary>
    /// How often it is renewed: the last word of a code of the EU's frequency list, in lower case, such as
    /// <c>daily</c>, <c>weekly</c>, <c>monthly</c>, <c>quarterly</c>, <c>annual</c>, <c>irregular</c>; all of them:
    /// <see cref="Catalog.UpdateFrequency"/>.
    /// </summary>
    public string? UpdateFrequency { get; init; }

    /// <summary>How to read its files, where what they say of themselves is not enough.</summary>
    public IngestDeclaration? Ingest { get; init; }
}
