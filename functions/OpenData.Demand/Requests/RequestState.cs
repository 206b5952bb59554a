using System.Text.Json.Serialization;

namespace OpenData.Demand.Requests;

/// <summary>How far a data request has come.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RequestState>))]
public enum RequestState
{
    /// <summary>Nobody has decided yet.</summary>
    [JsonStringEnumMemberName("open")] Open,

    /// <summary>The agency has taken more time to decide, which it may once.</summary>
    [JsonStringEnumMemberName("extended")] Extended,

    /// <summary>An agency has promised the data.</summary>
    [JsonStringEnumMemberName("accepted")] Accepted,

    /// <summary>An agency has refused it, for a reason.</summary>
    [JsonStringEnumMemberName("refused")] Refused,

    /// <summary>The requester disputes the refusal before a mediator; no deadline runs meanwhile.</summary>
    [JsonStringEnumMemberName("in-mediation")] InMediation,

    /// <summary>The data is published.</summary>
    [JsonStringEnumMemberName("released")] Released,
}
