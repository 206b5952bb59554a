namespace OpenData.Catalog.Publication;

/// <summary>What somebody is to one dataset.</summary>
public enum ViewerKind
{
    /// <summary>Anybody.</summary>
    Anybody,

    /// <summary>The holder of a key that the dataset's agency named in <c>grants</c>.</summary>
    Holder,

    /// <summary>The agency that publishes it.</summary>
    Agency,

    /// <summary>Who approves what is published of this agency.</summary>
    Approver,

    /// <summary>The planners.</summary>
    Planner,
}

/// <summary>Who is asking: what was proved by a key or a sign-in, and nothing that somebody says of itself.</summary>
public sealed record Viewer
{
    /// <summary>Who proved nothing.</summary>
    public static Viewer Anybody { get; } = new();

    /// <summary>The name of the key, by which agencies grant; null without one.</summary>
    public string? KeyName { get; init; }

    /// <summary>The first digits of the key's hash, which tell it from others of that name; null without one.</summary>
    public string? Mark { get; init; }

    /// <summary>The viewer as the audit log names it.</summary>
    public string Signature => KeyName is null ? "anybody" : $"key {KeyName} {Mark}";

    /// <summary>The agency that the viewer acts for.</summary>
    public string? Agency { get; init; }

    /// <summary>The agencies for which the viewer approves; <c>*</c> for all.</summary>
    public IReadOnlyList<string> ApproverOf { get; init; } = [];

    /// <summary>Whether the viewer acts for the planners.</summary>
    public bool IsPlanner { get; init; }

    /// <summary>Whether the viewer may approve for an agency.</summary>
    public bool Approves(string agency) => ApproverOf.Contains("*") || ApproverOf.Contains(agency);

    /// <summary>What the viewer is to a dataset, the anybody that everybody is included.</summary>
    public IEnumerable<ViewerKind> KindsTo(DatasetEntry entry)
    {
        yield return ViewerKind.Anybody;
        if (KeyName is not null && entry.Access.Grants.Contains(KeyName, StringComparer.Ordinal)) yield return ViewerKind.Holder;
        if (Agency == entry.Id.Agency) yield return ViewerKind.Agency;
        if (Approves(entry.Id.Agency)) yield return ViewerKind.Approver;
        if (IsPlanner) yield return ViewerKind.Planner;
    }
}
