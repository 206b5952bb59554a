using OpenData.Lake;

namespace OpenData.LocalHost.Check;

/// <summary>Problems of the command itself, beside those that the files have.</summary>
internal static class CheckProblems
{
    /// <summary>The file cannot be read, or its output cannot be written.</summary>
    public static Problem Inaccessible(Exception fault) => new(
        "check-inaccessible", Severity.Error, fault.Message, "See that the file exists and may be read, and that the output may be written.")
    {
        Action = "This file was not checked; the others were.",
    };

    /// <summary>Checking the file ended in a fault of the program.</summary>
    public static Problem Fault(Exception fault) => new(
        "check-fault", Severity.Error, $"Checking ended in a fault of the program: {fault.GetType().Name}: {fault.Message}",
        "Report this fault, with the file if it may be given away; try the file saved in another format.")
    {
        Action = "This file was not checked; the others were.",
    };
}
