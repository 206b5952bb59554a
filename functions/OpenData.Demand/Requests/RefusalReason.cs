using System.Text.Json.Serialization;

namespace OpenData.Demand.Requests;

/// <summary>Why an agency refuses.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RefusalReason>))]
public enum RefusalReason
{
    /// <summary>The agency does not hold such data.</summary>
    [JsonStringEnumMemberName("not-held")] NotHeld,

    /// <summary>It would disclose persons, also after anonymisation.</summary>
    [JsonStringEnumMemberName("personal-data")] PersonalData,

    /// <summary>Others hold rights in it.</summary>
    [JsonStringEnumMemberName("third-party-rights")] ThirdPartyRights,

    /// <summary>It would endanger security.</summary>
    [JsonStringEnumMemberName("security")] Security,

    /// <summary>Another law forbids it.</summary>
    [JsonStringEnumMemberName("legal-restriction")] LegalRestriction,

    /// <summary>It is published already; the note says where.</summary>
    [JsonStringEnumMemberName("already-published")] AlreadyPublished,

    /// <summary>The effort is out of proportion.</summary>
    [JsonStringEnumMemberName("disproportionate-effort")] DisproportionateEffort,
}
