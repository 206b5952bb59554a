using System.Text.Json.Serialization;

namespace OpenData.Catalog;

/// <summary>Who may read a dataset, in the words of DCAT.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AccessRights>))]
public enum AccessRights
{
    /// <summary>Everybody.</summary>
    [JsonStringEnumMemberName("public")] Public,

    /// <summary>The agency, and holders of the keys that it names.</summary>
    [JsonStringEnumMemberName("restricted")] Restricted,

    /// <summary>The agency alone.</summary>
    [JsonStringEnumMemberName("non_public")] NonPublic,
}

/// <summary>Who may see a dataset, and from when on, as its agency says in dataset.json.</summary>
/// <param name="Rights">Who may read it.</param>
/// <param name="ReleaseAt">Until when nobody outside may know of it; null for no embargo.</param>
/// <param name="Listed">Whether a dataset that is not public is in the catalogue, with its description only.</param>
/// <param name="Grants">The names of the keys whose holders may read a restricted dataset.</param>
public sealed record AccessDeclaration(AccessRights Rights, DateTimeOffset? ReleaseAt, bool Listed, IReadOnlyList<string> Grants)
{
    /// <summary>Of a dataset whose declaration cannot be read: nobody outside sees it until that is mended.</summary>
    public static AccessDeclaration Unreadable { get; } = new(AccessRights.NonPublic, null, Listed: false, []);

    /// <summary>What a dataset's metadata declare. A word for the rights that is none of ours keeps it from the public.</summary>
    public static AccessDeclaration Of(DatasetMetadata metadata) =>
        new(Read(metadata.AccessRights) ?? AccessRights.NonPublic, metadata.ReleaseAt, metadata.Listed ?? true, metadata.Grants);

    /// <summary>
    /// Reads a word for the rights: <c>public</c>, <c>restricted</c> or <c>non_public</c>, also with a hyphen, in any case, or as an
    /// address of the
    /// EU's list; nothing is <c>public</c>. Null if it is none of them.
    /// </summary>
    public static AccessRights? Read(string? word) =>
        word?.Trim().Split('/')[^1].Replace('-', '_').Replace(' ', '_').ToLowerInvariant() switch
        {
            null or "" or "public" or "open" => AccessRights.Public,
            "restricted" or "restricted_public" => AccessRights.Restricted,
            "non_public" or "nonpublic" => AccessRights.NonPublic,
            _ => null,
        };
}
