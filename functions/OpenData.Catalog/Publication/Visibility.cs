namespace OpenData.Catalog.Publication;

/// <summary>What one viewer is shown of one dataset at one moment.</summary>
/// <param name="State">How public it is.</param>
/// <param name="Parts">What the viewer is shown.</param>
/// <param name="PublicParts">What everybody is shown; answers with more are kept by no cache.</param>
/// <param name="Withdrawn">Of a dataset or version that was taken back: the withdrawal.</param>
public sealed record Visibility(PublicationState State, DatasetParts Parts, DatasetParts PublicParts, Withdrawal? Withdrawn = null)
{
    /// <summary>Decides by <see cref="VisibilityTable"/>.</summary>
    /// <param name="entry">The dataset.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="now">When.</param>
    /// <param name="version">The version that is asked for by name; null for the current one.</param>
    public static Visibility Of(DatasetEntry entry, Viewer viewer, DateTimeOffset now, string? version = null)
    {
        var withdrawn = WithdrawalOf(entry, version);
        var state = StateOf(entry, withdrawn, now);
        var hidden = state is PublicationState.Restricted or PublicationState.NonPublic && !entry.Access.Listed;
        var parts = viewer.KindsTo(entry).Aggregate(DatasetParts.None, (all, kind) => all | Of(kind));
        return new Visibility(state, parts, Of(ViewerKind.Anybody), withdrawn);

        // Of what is not to be listed only those know who may read it.
        DatasetParts Of(ViewerKind kind)
        {
            var shown = VisibilityTable.Of(state, kind);
            if (!hidden) return shown;
            return shown.HasFlag(DatasetParts.Records) ? shown & ~DatasetParts.Listed : DatasetParts.None;
        }
    }

    /// <summary>Decides by <see cref="VisibilityTable"/> for a version that is built and not served.</summary>
    public static Visibility OfWaiting(DatasetEntry entry, Viewer viewer, UploadState waiting)
    {
        var state = waiting == UploadState.Pending ? PublicationState.Pending : PublicationState.Held;
        return new Visibility(
            state, viewer.KindsTo(entry).Aggregate(DatasetParts.None, (all, kind) =>
                all | VisibilityTable.Of(state, kind)), DatasetParts.None);
    }

    /// <summary>Whether the viewer is shown a part.</summary>
    public bool Allows(DatasetParts part) => Parts.HasFlag(part);

    private static Withdrawal? WithdrawalOf(DatasetEntry entry, string? version) =>
        entry.Withdrawals.FirstOrDefault(one => one.Version is null)
        ?? entry.Withdrawals.FirstOrDefault(one => one.Version == (version ?? entry.Current?.Version))
        ?? (version is null && entry.Current is null && entry.Withdrawals is [.., var last] ? last : null);

    private static PublicationState StateOf(DatasetEntry entry, Withdrawal? withdrawn, DateTimeOffset now)
    {
        if (withdrawn is not null) return withdrawn.Purged ? PublicationState.Purged : PublicationState.Withdrawn;
        if (entry.Access.ReleaseAt > now) return PublicationState.Embargoed;
        return entry.Access.Rights switch
        {
            AccessRights.Public => PublicationState.Public,
            AccessRights.Restricted => PublicationState.Restricted,
            _ => PublicationState.NonPublic,
        };
    }
}
