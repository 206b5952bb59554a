using System.Text.Json.Serialization;

namespace OpenData.Demand.Requests;

/// <summary>How it was established that a voice is one person's. The three are counted apart and weighted apart.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verification>))]
public enum Verification
{
    /// <summary>Nothing was checked: one network address on one day counts as one person.</summary>
    [JsonStringEnumMemberName("unverified")] Unverified,

    /// <summary>The person signed in: one identity counts as one person, for good.</summary>
    [JsonStringEnumMemberName("verified")] Verified,

    /// <summary>Planners asked the person in a survey or counted the person at a meeting.</summary>
    [JsonStringEnumMemberName("surveyed")] Surveyed,
}
