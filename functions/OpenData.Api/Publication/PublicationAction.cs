using System.Text.Json.Serialization;

namespace OpenData.Api.Publication;

/// <summary>What can be decided about publication.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PublicationAction>))]
public enum PublicationAction
{
    /// <summary>Serve the version that waits.</summary>
    [JsonStringEnumMemberName("approve")] Approve,

    /// <summary>Send back the version that waits.</summary>
    [JsonStringEnumMemberName("refuse")] Refuse,

    /// <summary>Take a dataset or a version back.</summary>
    [JsonStringEnumMemberName("withdraw")] Withdraw,

    /// <summary>Undo the withdrawal of a dataset.</summary>
    [JsonStringEnumMemberName("restore")] Restore,

    /// <summary>Destroy a withdrawn dataset's bytes.</summary>
    [JsonStringEnumMemberName("purge")] Purge,
}
