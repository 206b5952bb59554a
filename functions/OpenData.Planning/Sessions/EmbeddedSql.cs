using System.Reflection;

namespace OpenData.Planning.Sessions;

/// <summary>The .sql files beside this one, which are part of the assembly.</summary>
internal static class EmbeddedSql
{
    private const string Root = "OpenData.Planning/";
    private static readonly Assembly Assembly = typeof(EmbeddedSql).Assembly;

    /// <summary>A file's text, by its path below this folder, such as <c>Compaction/events.sql</c>.</summary>
    public static string Read(string path)
    {
        using var stream = Assembly.GetManifestResourceStream(Root + path)
            ?? throw new ArgumentException($"There is no '{path}' in the assembly.", nameof(path));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The paths of all files of a folder, by name.</summary>
    public static IReadOnlyList<string> List(string folder) =>
        [.. Assembly.GetManifestResourceNames()
            .Where(
                name => name.StartsWith(Root + folder + "/", StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => name[Root.Length..]).Order(StringComparer.Ordinal)];
}
