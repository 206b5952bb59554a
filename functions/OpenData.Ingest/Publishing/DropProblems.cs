using OpenData.Lake;

namespace OpenData.Ingest.Publishing;

/// <summary>Problems of a drop as a whole, before a byte of it is read.</summary>
internal static class DropProblems
{
    /// <summary>Every try failed, and not because of the data.</summary>
    public static Problem GivenUp { get; } = new(
        "system-fault",
        Severity.Error,
        "The file could not be processed because of a fault of the system, on every one of several tries.",
        "Nothing seems wrong with the file: upload it again later, and tell the operators of this service if it fails again.")
    {
        Action = "The file is kept in quarantine; what was published before is still served.",
    };

    /// <summary>Every try ended for want of memory, or with the process.</summary>
    public static Problem TooDemanding { get; } = new(
        "file-too-demanding",
        Severity.Error,
        "The file could not be processed: every one of several tries ran out of memory or ended with the process that it ran in.",
        "Split the file into smaller ones, or leave out columns and sheets that nobody needs; tell the operators of this service of it.")
    {
        Action = "The file is kept in quarantine; what was published before is still served.",
    };

    /// <summary>The file is the same as one whose rows are served already.</summary>
    public static Problem Unchanged(bool appended) => new(
        "drop-unchanged",
        Severity.Note,
        appended
            ? "A file with the same content was added under this path already."
            : "The file has the content of the one that is served.",
        appended
            ? "Nothing; or declare \"repeat\": true beside \"update_mode\" in dataset.json if its rows are to be added once more, and "
                + "upload it again."
            : "Nothing.")
    {
        Action = "No new version was made.",
    };

    /// <summary>What dataset.json says about reading files came after the files, and cannot be applied to them.</summary>
    public static Problem AppliesLater { get; } = new(
        "declaration-applies-later",
        Severity.Warning,
        "The rows that are served come from several files, which were read as dataset.json said before.",
        "To have them read anew, set \"update_mode\": \"replace\" and upload the whole dataset.")
    {
        Action = "What it says applies to files uploaded from now on.",
    };

    /// <summary>What dataset.json says about reading files does not fit the file that is served.</summary>
    public static Problem NotApplied { get; } = new(
        "declaration-not-applied",
        Severity.Warning,
        "The file that is served cannot be read as dataset.json says.",
        "Correct what it says under 'ingest', or upload a file that fits it.")
    {
        Action = "The version that is served stays as it is; what dataset.json says applies to files uploaded from now on.",
    };

    /// <summary>A version waited to be served, and a later one took its place.</summary>
    public static Problem Superseded { get; } = new(
        "held-superseded",
        Severity.Note,
        "The version built of this file waited to be served; a file that was uploaded later took its place.",
        "Nothing, if the later file is the right one; otherwise upload this one again.")
    {
        Action = "The version was never served.",
    };

    /// <summary>The drop is outside any dataset's folder.</summary>
    public static Problem Misplaced(Drop drop) => new(
        "drop-misplaced",
        Severity.Error,
        $"'{drop.Path}' does not lie in {{agency}}/{{dataset}}/{{file}}, or a name in it is not allowed.",
        "Upload the file to a folder of the dataset within your agency's folder. The two folder names take up to 100 letters, digits, "
        + "'-', '_' and '.', "
        + "and begin with a letter or a digit; the file name takes up to 255 characters, none of them invisible.")
    {
        RawValue = drop.Path,
        Action = "The file is kept in quarantine; nothing was published.",
    };

    /// <summary>Why a drop's bytes are gone, or null if the drop is still as it was.</summary>
    public static Problem? SinceGone(Drop drop, Drop? now) => now?.ETag == drop.ETag ? null : Gone(replaced: now is not null);

    /// <summary>The drop's bytes are gone before they were read to the end.</summary>
    /// <param name="replaced">Whether other bytes are in their place.</param>
    public static Problem Gone(bool replaced) => new(
        replaced ? "drop-replaced" : "drop-removed",
        Severity.Error,
        replaced ? "The file was replaced by a later upload while it was being read." : "The file was removed while it was being read.",
        replaced ? "Nothing: the later upload is read instead." : "Upload it again if it is to be published.")
    {
        Action = "Nothing was published of the earlier bytes.",
    };
}
