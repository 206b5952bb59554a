using System.Text.Json.Serialization;

namespace OpenData.Lake;

/// <summary>How bad a problem is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
public enum Severity
{
    /// <summary>Something was understood in a way worth knowing; nothing is wrong.</summary>
    [JsonStringEnumMemberName("note")] Note,

    /// <summary>The data was published, but a part of it deviates and may need repair.</summary>
    [JsonStringEnumMemberName("warning")] Warning,

    /// <summary>The file, or the row named, could not be published.</summary>
    [JsonStringEnumMemberName("error")] Error,
}

/// <summary>
/// One deviation found in a dropped file, written for the official who can mend it: what, where, what was done, and what to do.
/// </summary>
/// <param name="Code">A stable name such as <c>encoding-undecodable</c>, lower case with hyphens.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
/// <param name="Fix">What the agency can do about it, in one sentence.</param>
public sealed record Problem(string Code, Severity Severity, string Message, string Fix)
{
    /// <summary>The line in the file, from 1, or null where lines mean nothing.</summary>
    public long? Line { get; init; }

    /// <summary>The byte offset in the file's (decompressed) content, from 0.</summary>
    public long? ByteOffset { get; init; }

    /// <summary>The header of the column concerned.</summary>
    public string? Column { get; init; }

    /// <summary>Of personal data the kind, such as <c>email</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>The text in question as read, cut after 200 characters.</summary>
    public string? RawValue { get; init; }

    /// <summary>What ingest did about it.</summary>
    public string? Action { get; init; }
}
