using System.Text.Json.Serialization;

namespace OpenData.Demand.Requests;

/// <summary>What feedback is about.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FeedbackKind>))]
public enum FeedbackKind
{
    /// <summary>One to five stars.</summary>
    [JsonStringEnumMemberName("rating")] Rating,

    /// <summary>Something is wrong with the data.</summary>
    [JsonStringEnumMemberName("problem")] Problem,

    /// <summary>Something was made with the data.</summary>
    [JsonStringEnumMemberName("reuse")] Reuse,
}
