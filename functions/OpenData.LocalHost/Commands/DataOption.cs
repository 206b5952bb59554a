using System.CommandLine;

namespace OpenData.LocalHost.Commands;

/// <summary>The option <c>--data</c>: a host's data folder.</summary>
internal static class DataOption
{
    public static Option<DirectoryInfo> Create(string description) => new("--data")
    {
        Description = description,
        DefaultValueFactory = _ => new DirectoryInfo(Path.Combine(Repository.Root, ".data")),
    };
}
