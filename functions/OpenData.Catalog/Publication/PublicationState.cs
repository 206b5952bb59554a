using System.Text.Json.Serialization;

namespace OpenData.Catalog.Publication;

/// <summary>How public a dataset, or one version of it, is at one moment.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PublicationState>))]
public enum PublicationState
{
    /// <summary>Everybody may read it.</summary>
    [JsonStringEnumMemberName("public")] Public,

    /// <summary>Everybody may know of it; who holds a key that the agency named may read it.</summary>
    [JsonStringEnumMemberName("restricted")] Restricted,

    /// <summary>Everybody may know of it; the agency alone may read it.</summary>
    [JsonStringEnumMemberName("non_public")] NonPublic,

    /// <summary>Its <c>release_at</c> lies ahead.</summary>
    [JsonStringEnumMemberName("embargoed")] Embargoed,

    /// <summary>It waits for an approver.</summary>
    [JsonStringEnumMemberName("pending")] Pending,

    /// <summary>Something was found in it that must be decided first.</summary>
    [JsonStringEnumMemberName("held")] Held,

    /// <summary>It was taken back, with a reason.</summary>
    [JsonStringEnumMemberName("withdrawn")] Withdrawn,

    /// <summary>It was taken back and its bytes were destroyed.</summary>
    [JsonStringEnumMemberName("purged")] Purged,
}
