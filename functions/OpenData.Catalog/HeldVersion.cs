using OpenData.Lake;

namespace OpenData.Catalog;

/// <summary>
/// A version that is built and not served. It lies as <c>held.json</c> in the folder in the lake in which its parts lie; it becomes a
/// version when <c>version.json</c> is written there.
/// </summary>
/// <param name="Version">The manifest it would have.</param>
/// <param name="State">
/// What it waits for: <see cref="UploadState.Held"/>, <see cref="UploadState.Pending"/> or <see cref="UploadState.Scheduled"/>.
/// </param>
/// <param name="Agency">The agency whose drop it is.</param>
/// <param name="UploadId">The upload it was built of.</param>
/// <param name="Reasons">Why it is not served.</param>
public sealed record HeldVersion(
    DatasetVersion Version, UploadState State, string Agency, string UploadId, IReadOnlyList<Problem> Reasons);
