using OpenData.Catalog;
using OpenData.Lake;

namespace OpenData.Ingest.Publishing;

/// <summary>What waits, beside what is served: for whoever approves.</summary>
/// <param name="Version">The version that waits.</param>
/// <param name="State">What it waits for.</param>
/// <param name="Reasons">Why it is not served.</param>
/// <param name="Served">The version that is served; null if none is.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="RowsServed">Rows of the version that is served; null if none is.</param>
/// <param name="Changes">What changed in the columns.</param>
/// <param name="Problems">What was noted in the file.</param>
public sealed record VersionComparison(
    string Version, UploadState State, IReadOnlyList<Problem> Reasons, string? Served, long Rows, long? RowsServed,
    IReadOnlyList<Problem> Changes, long Problems)
{
    /// <summary>Compares.</summary>
    internal static VersionComparison Of(HeldVersion held, DatasetVersion? served) => new(
        held.Version.Version, held.State, held.Reasons, served?.Version, held.Version.Rows, served?.Rows,
        served is null ? [] : [.. SchemaComparison.Changes(served.Fields, held.Version.Fields)], held.Version.ProblemCount);
}
