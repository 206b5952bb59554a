namespace OpenData.Ingest.Typing;

/// <summary>Differences between publishing and checking.</summary>
internal sealed record ConversionOptions
{
    /// <summary>What publishing does.</summary>
    public static ConversionOptions Default { get; } = new();

    /// <summary>The dataset's key for pseudonyms; null where none is set.</summary>
    public byte[]? PseudonymKey { get; init; }

    /// <summary>Keeps every field as text, each cell exactly as read.</summary>
    public bool AllText { get; init; }

    /// <summary>
    /// The rows are to follow those of the current version: they get its fields' types where every value survives in them.
    /// </summary>
    public bool Appends { get; init; }
}
