namespace OpenData.Catalog;

/// <summary>That an approver lets personal data of one kind in one column be published, for a while.</summary>
/// <param name="Field">The column's heading.</param>
/// <param name="Kind">The kind, such as <c>email</c>.</param>
/// <param name="By">Who decided.</param>
/// <param name="Reason">The legal basis, in the approver's words.</param>
/// <param name="Until">From when on it has to be decided again.</param>
public sealed record DisclosureExemption(string Field, string Kind, string By, string Reason, DateTimeOffset Until);
