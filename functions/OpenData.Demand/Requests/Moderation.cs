using System.Text.Json.Serialization;

namespace OpenData.Demand.Requests;

/// <summary>Whether a text that somebody sent in is shown.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Moderation>))]
public enum Moderation
{
    /// <summary>It is shown.</summary>
    [JsonStringEnumMemberName("shown")] Shown,

    /// <summary>It waits for a planner, because it may hold personal data or advertising.</summary>
    [JsonStringEnumMemberName("pending")] Pending,

    /// <summary>A planner has taken it down.</summary>
    [JsonStringEnumMemberName("hidden")] Hidden,
}
