using System.Text.Json.Serialization;
using OpenData.Lake;

namespace OpenData.Catalog;

/// <summary>One dataset as the catalogue knows it: the agency's words about it and the version that is served.</summary>
public sealed record DatasetEntry
{
    /// <summary>The dataset.</summary>
    public required DatasetId Id { get; init; }

    /// <summary>How often its row was changed; of two entries of a dataset the one with the greater number is the later one.</summary>
    public long Revision { get; init; }

    /// <summary>What the agency says of it.</summary>
    public required DatasetMetadata Metadata { get; init; }

    /// <summary>When the agency last dropped what it says of it; null if it never did.</summary>
    public DateTimeOffset? DescribedAt { get; init; }

    /// <summary>The version that is served; null while only metadata has arrived.</summary>
    public CurrentVersion? Current { get; init; }

    /// <summary>The name of the newest version that is built and not served (<see cref="HeldVersions"/>); null if none waits.</summary>
    public string? Waiting { get; init; }

    /// <summary>Who may see it.</summary>
    public AccessDeclaration Access { get; init; } = AccessDeclaration.Of(new DatasetMetadata());

    /// <summary>Personal data in it that an approver has let through.</summary>
    public IReadOnlyList<DisclosureExemption> Exceptions { get; init; } = [];

    /// <summary>What of it was taken back, the first first.</summary>
    public IReadOnlyList<Withdrawal> Withdrawals { get; init; } = [];

    /// <summary>What of it is stored but cannot be read; the next drop of that kind mends it.</summary>
    public StoredDamage Damage { get; init; }

    /// <summary>The title, or the folder name where none was given.</summary>
    [JsonIgnore]
    public string Title => Metadata.Title ?? Id.Dataset;

    /// <summary>The publisher's name, or the agency's folder name where none was given.</summary>
    [JsonIgnore]
    public string Publisher => Metadata.Publisher ?? Id.Agency;
}

/// <summary>What of a dataset's entry is stored but cannot be read.</summary>
public enum StoredDamage
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>What the agency says of it: it is served without.</summary>
    Metadata,

    /// <summary>Which version is served: none is.</summary>
    Pointer,
}

/// <summary>The catalogue's pointer to a published version.</summary>
/// <param name="Version">Its name; its manifest is <c>{dataset_id}/{version}/version.json</c> in the lake.</param>
/// <param name="DroppedAt">When its source was dropped.</param>
/// <param name="ProcessedAt">When ingest finished.</param>
/// <param name="Rows">Its number of rows.</param>
/// <param name="Bytes">The size of its Parquet.</param>
public sealed record CurrentVersion(string Version, DateTimeOffset DroppedAt, DateTimeOffset ProcessedAt, long Rows, long Bytes);
