using System.Text.Json.Serialization;

namespace OpenData.Access;

/// <summary>What was done to what is published.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AuditedAction>))]
public enum AuditedAction
{
    /// <summary>A drop came to its end: its state is in the detail.</summary>
    [JsonStringEnumMemberName("drop")] Drop,

    /// <summary>A version waits, for an approver or for a decision about what was found in it.</summary>
    [JsonStringEnumMemberName("hold")] Hold,

    /// <summary>An approver published what waited.</summary>
    [JsonStringEnumMemberName("approve")] Approve,

    /// <summary>An approver sent back what waited.</summary>
    [JsonStringEnumMemberName("refuse")] Refuse,

    /// <summary>An approver let personal data be published on a legal basis.</summary>
    [JsonStringEnumMemberName("exception")] Exception,

    /// <summary>A dataset or a version was taken back.</summary>
    [JsonStringEnumMemberName("withdraw")] Withdraw,

    /// <summary>A withdrawal was undone.</summary>
    [JsonStringEnumMemberName("restore")] Restore,

    /// <summary>A dataset's or a version's bytes were destroyed.</summary>
    [JsonStringEnumMemberName("purge")] Purge,

    /// <summary>A request, feedback or a reuse case was decided on or moderated.</summary>
    [JsonStringEnumMemberName("decide")] Decide,

    /// <summary>A key was issued, rotated or revoked.</summary>
    [JsonStringEnumMemberName("key")] Key,
}

/// <summary>One line of the audit log.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who: a key's name and mark, an operator's name on the command line, or <c>storage</c> where only storage knows.</param>
/// <param name="Action">What was done.</param>
/// <param name="Subject">To what: a dataset, a version, an upload, a request or a key.</param>
/// <param name="Reason">Why, in the words of whoever did it.</param>
/// <param name="Detail">What else is to be known; never a value of the data.</param>
public sealed record AuditEntry(
    DateTimeOffset At, string By, AuditedAction Action, string Subject, string? Reason = null, string? Detail = null);
