using OpenData.Lake;

namespace OpenData.Access;

/// <summary>What is known of a key; the key itself is known to its holder only.</summary>
/// <param name="Name">What it is called: agencies grant by it, and operators rotate and revoke by it. Several keys may share it.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Scope">Of an agency's key the agency; of an approver's the agencies approved, or <c>*</c> for all; otherwise empty.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="ExpiresAt">From when on it is useless; null for never.</param>
/// <param name="Mark">The first digits of its hash, to tell it from others.</param>
public sealed record AccessKey(
    string Name, KeyKind Kind, IReadOnlyList<string> Scope, DateTimeOffset IssuedAt, DateTimeOffset? ExpiresAt, string Mark)
{
    /// <summary>The agency for which planners act.</summary>
    public const string Planners = "planning";

    /// <summary>The scope of all agencies.</summary>
    public const string Everything = "*";

    internal const int MarkLength = 8;
}

/// <summary>A key that is to be issued.</summary>
/// <param name="Name">What it is called, as a folder is: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, at most 100.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Scope">See <see cref="AccessKey"/>.</param>
/// <param name="ExpiresAt">From when on it is useless; null for never.</param>
public sealed record NewKey(string Name, KeyKind Kind, IReadOnlyList<string> Scope, DateTimeOffset? ExpiresAt = null)
{
    /// <summary>An agency's key, called as the agency is; the planners' for <see cref="AccessKey.Planners"/>.</summary>
    public static NewKey OfAgency(string agency) => agency == AccessKey.Planners
        ? new NewKey(agency, KeyKind.Planner, [])
        : new NewKey(agency, KeyKind.Agency, [agency]);

    /// <summary>What is wrong with it, or null.</summary>
    public string? Fault()
    {
        if (!DatasetId.IsName(Name)) return $"'{Name}' is not a name: letters, digits, '-', '_' and '.', such as nfa.";
        if (Scope.FirstOrDefault(agency =>
            !DatasetId.IsName(agency) && !(Kind == KeyKind.Approver && agency == AccessKey.Everything)) is { } wrong)
        {
            return $"'{wrong}' is not an agency's folder name, such as nfa.";
        }

        return (Kind, Scope.Count) switch
        {
            (KeyKind.Agency, not 1) => "An agency's key is for exactly one agency.",
            (KeyKind.Agency, _) when Scope[0] == AccessKey.Planners => "The planners' key is of the kind planner.",
            (KeyKind.Approver, 0) => "An approver's key says for which agencies, or * for all.",
            (KeyKind.Client or KeyKind.Planner, > 0) => "Keys of clients and planners are for no agency.",
            _ => null,
        };
    }
}
