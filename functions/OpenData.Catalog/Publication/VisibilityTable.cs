using static OpenData.Catalog.Publication.DatasetParts;

namespace OpenData.Catalog.Publication;

/// <summary>
/// Which parts of a dataset each viewer is shown in each state. This is the only place that says so; docs/publication.md shows the same
/// table, and
/// tests hold every route to it.
/// </summary>
public static class VisibilityTable
{
    private static readonly Dictionary<PublicationState, Row> Rows = new()
    {
        [PublicationState.Public] = new(All, All, All, All, All),
        [PublicationState.Restricted] = new(Listed | Metadata, All, All, Listed | Metadata, Listed | Metadata),
        [PublicationState.NonPublic] = new(Listed | Metadata, Listed | Metadata, All, Listed | Metadata, Listed | Metadata),
        [PublicationState.Embargoed] = new(None, None, All & ~Listed, All & ~Listed, Metadata),
        [PublicationState.Pending] = new(None, None, All & ~Listed, All & ~Listed, Metadata),
        [PublicationState.Held] = new(None, None, None, None, None),
        [PublicationState.Withdrawn] = new(Tombstone, Tombstone, Tombstone, Tombstone, Tombstone),
        [PublicationState.Purged] = new(Tombstone, Tombstone, Tombstone, Tombstone, Tombstone),
    };

    /// <summary>What a viewer of one kind is shown.</summary>
    public static DatasetParts Of(PublicationState state, ViewerKind viewer)
    {
        var row = Rows[state];
        return viewer switch
        {
            ViewerKind.Anybody => row.Anybody,
            ViewerKind.Holder => row.Holder,
            ViewerKind.Agency => row.Agency,
            ViewerKind.Approver => row.Approver,
            _ => row.Planner,
        };
    }

    private sealed record Row(
        DatasetParts Anybody, DatasetParts Holder, DatasetParts Agency, DatasetParts Approver, DatasetParts Planner);
}
