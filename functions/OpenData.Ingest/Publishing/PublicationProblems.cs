using OpenData.Catalog;
using OpenData.Lake;

namespace OpenData.Ingest.Publishing;

/// <summary>Why a file that can be read is not published yet, or not any more.</summary>
internal static class PublicationProblems
{
    /// <summary>An approver has to look at it first.</summary>
    public static Problem Pending { get; } = new(
        "version-pending", Severity.Note, "Publications of this agency are approved before the public sees them.",
            "Nothing: an approver decides.")
    {
        Action = "The version is built and waits; what was served before is still served.",
    };

    /// <summary>The bytes were withdrawn once.</summary>
    public static Problem Withdrawn(Withdrawal before) => new(
        "content-withdrawn", Severity.Error,
        $"The file has the bytes of one that was withdrawn on {before.At.UtcDateTime:yyyy-MM-dd}.",
        "Upload a corrected file; or, if this one may be published after all, ask an approver.")
    {
        Action = "The version is built and held; what was served before is still served.",
    };

    /// <summary>The dataset was purged.</summary>
    public static Problem Purged { get; } = new(
        "dataset-purged", Severity.Error, "The dataset of this name was withdrawn and destroyed for good.",
        "If this is other data, upload it under another dataset name.")
    {
        Action = "Nothing was published.",
    };

    /// <summary>dataset.json would show more than is shown, which an approver has to allow.</summary>
    public static Problem Opens { get; } = new(
        "access-needs-approval", Severity.Error,
        "It would make the dataset more public than it is, and publications of this agency are approved first.",
        "Leave access_rights, release_at, listed and grants as they are; or ask the planners to let this change through.")
    {
        Action = "What was known of the dataset before stays as it is.",
    };

    /// <summary>An approver sent it back.</summary>
    public static Problem Refused(string note) => new(
        "version-refused", Severity.Error, $"An approver did not let it be published: {note}", "Correct the file, and upload it again.")
    {
        Action = "Nothing was published; what was served before is still served.",
    };
}
