namespace OpenData.Planning;

/// <summary>What a run of the report came to.</summary>
public sealed record ReportSummary
{
    /// <summary>The editions written, such as <c>2026-11-23</c>; empty if another instance was at it.</summary>
    public required IReadOnlyList<string> Editions { get; init; }

    /// <summary>The figures in each edition.</summary>
    public required int Figures { get; init; }

    /// <summary>Datasets in the catalogue.</summary>
    public required long Datasets { get; init; }

    /// <summary>Requests counted in the first edition's period.</summary>
    public required long Requests { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Took { get; init; }
}
