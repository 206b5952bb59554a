namespace OpenData.Catalog.Publication;

/// <summary>What somebody may do besides reading, which <see cref="VisibilityTable"/> decides.</summary>
public enum ViewerAction
{
    /// <summary>See an agency's uploads with their reports.</summary>
    SeeUploads,

    /// <summary>Decide on requests and feedback that are addressed to an agency.</summary>
    Answer,

    /// <summary>Decide on all requests, and address them to agencies.</summary>
    Plan,

    /// <summary>Show and hide what people sent in.</summary>
    Moderate,

    /// <summary>Publish or send back what waits.</summary>
    Approve,

    /// <summary>Take back what an agency published, and restore it.</summary>
    Withdraw,

    /// <summary>Destroy the bytes of what was withdrawn.</summary>
    Purge,

    /// <summary>Read the audit log.</summary>
    ReadAudit,
}

/// <summary>
/// Who may what. This is the only place that says so; docs/publication.md shows the same table, and a test holds both together.
/// </summary>
public static class ViewerActions
{
    private static readonly Dictionary<ViewerAction, ViewerKind[]> Table = new()
    {
        [ViewerAction.SeeUploads] = [ViewerKind.Agency, ViewerKind.Approver, ViewerKind.Planner],
        [ViewerAction.Answer] = [ViewerKind.Agency, ViewerKind.Planner],
        [ViewerAction.Plan] = [ViewerKind.Planner],
        [ViewerAction.Moderate] = [ViewerKind.Agency, ViewerKind.Planner],
        [ViewerAction.Approve] = [ViewerKind.Approver],
        [ViewerAction.Withdraw] = [ViewerKind.Agency, ViewerKind.Approver, ViewerKind.Planner],
        [ViewerAction.Purge] = [ViewerKind.Approver, ViewerKind.Planner],
        [ViewerAction.ReadAudit] = [ViewerKind.Planner],
    };

    /// <summary>Whether one kind of viewer may do something: agencies and approvers for their own agencies, planners for all.</summary>
    public static bool May(ViewerKind kind, ViewerAction action) => Table[action].Contains(kind);

    /// <summary>Whether a viewer may do something for an agency; for null, what concerns no single agency.</summary>
    public static bool May(this Viewer viewer, ViewerAction action, string? agency = null) =>
        (viewer.IsPlanner && May(ViewerKind.Planner, action))
        || (agency is not null && viewer.Agency == agency && May(ViewerKind.Agency, action))
        || (agency is not null && viewer.Approves(agency) && May(ViewerKind.Approver, action));
}
