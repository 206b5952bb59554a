using System.Text.Json.Serialization;

namespace OpenData.Catalog;

/// <summary>Why something that was published is not served any more.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WithdrawalReason>))]
public enum WithdrawalReason
{
    /// <summary>There is no legal basis for publishing it, or a law forbids it.</summary>
    [JsonStringEnumMemberName("legal-basis")] LegalBasis,

    /// <summary>It is wrong.</summary>
    [JsonStringEnumMemberName("error")] Error,

    /// <summary>Others hold rights in it.</summary>
    [JsonStringEnumMemberName("third-party-rights")] ThirdPartyRights,

    /// <summary>It discloses persons.</summary>
    [JsonStringEnumMemberName("privacy")] Privacy,
}

/// <summary>That a dataset, or one version of it, is not served any more.</summary>
/// <param name="Version">The version; null for the whole dataset with all versions.</param>
/// <param name="Reason">Why; the public is told.</param>
/// <param name="At">When.</param>
/// <param name="Purged">Whether its bytes are to be gone as well; then the public is told its id and the reason only.</param>
public sealed record Withdrawal(string? Version, WithdrawalReason Reason, DateTimeOffset At, bool Purged = false)
{
    /// <summary>
    /// The SHA-256 of the withdrawn version's source, so that the same file does not become public again; null for a dataset.
    /// </summary>
    public string? Sha256 { get; init; }
}
