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

    /// <summary>The drop lies where no dataset is.</summary>
    public static Problem Misplaced(Drop drop) => new(
        "drop-misplaced",
        Severity.Error,
        $"'{drop.Path}' does not lie in {{agency}}/{{dataset}}/{{file}}, or a name in it is not allowed.",
        "Upload the file to a folder of the dataset within your agency's folder. The two folder names take up to 100 letters, digits, '-', '_' and '.', "
        + "and begin with a letter or a digit; the file name takes up to 255 characters.")
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
