namespace OpenData.LocalHost;

/// <summary>The folder that this host works in: its samples, and by default its data, are below it.</summary>
public static class Repository
{
    private const string Solution = "OpenDataServerless.sln";

    /// <summary>
    /// The source tree's root: the nearest folder above the program that has the solution. A program that was copied elsewhere works in the
    /// current folder.
    /// </summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory) ?? Directory.GetCurrentDirectory();

    /// <summary>The nearest folder at or above another that has the solution, or null.</summary>
    internal static string? Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution))) return folder.FullName;
        }

        return null;
    }
}
