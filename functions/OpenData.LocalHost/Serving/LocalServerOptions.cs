namespace OpenData.LocalHost.Serving;

/// <summary>What the command line says.</summary>
internal sealed record LocalServerOptions
{
    /// <summary>Where to listen: addresses separated by <c>;</c>.</summary>
    public required string Urls { get; init; }

    /// <summary>The folder of Azurite's data and the query cache.</summary>
    public required string Data { get; init; }

    /// <summary>The storage to work on, or null to start an Azurite.</summary>
    public string? Storage { get; init; }

    /// <summary>Whether to drop the sample files into empty storage.</summary>
    public bool Sample { get; init; } = true;

    /// <summary>Whether to exit once everything there is has been ingested and reported.</summary>
    public bool Once { get; init; }
}
