namespace OpenData.Catalog.Publication;

/// <summary>The parts of a dataset that are shown or not.</summary>
[Flags]
public enum DatasetParts
{
    /// <summary>Nothing: it is as if there were no such dataset.</summary>
    None = 0,

    /// <summary>It is in the catalogue: in lists, searches, facets, counts and harvesters' formats.</summary>
    Listed = 1,

    /// <summary>Its description: what the agency says of it, its fields, its size.</summary>
    Metadata = 2,

    /// <summary>Its records, and whatever is computed of them: facets, exports, statistics of fields.</summary>
    Records = 4,

    /// <summary>The files as they were dropped.</summary>
    Original = 8,

    /// <summary>Versions other than the current one.</summary>
    Versions = 16,

    /// <summary>That it was there and why it is gone.</summary>
    Tombstone = 32,

    /// <summary>Everything that there is to read.</summary>
    All = Listed | Metadata | Records | Original | Versions,
}
