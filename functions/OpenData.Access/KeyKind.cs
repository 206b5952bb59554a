using System.Text.Json.Serialization;

namespace OpenData.Access;

/// <summary>What a key is for. What each kind may do is in docs/publication.md.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<KeyKind>))]
public enum KeyKind
{
    /// <summary>A program that reads: it may call more often, and reads restricted datasets whose agency granted it by its name.</summary>
    [JsonStringEnumMemberName("client")] Client,

    /// <summary>An agency: its uploads, and the requests and feedback addressed to it.</summary>
    [JsonStringEnumMemberName("agency")] Agency,

    /// <summary>Who approves what agencies publish, and takes it back.</summary>
    [JsonStringEnumMemberName("approver")] Approver,

    /// <summary>The planners.</summary>
    [JsonStringEnumMemberName("planner")] Planner,
}
