using System.Text.RegularExpressions;
using OpenData.LocalHost;

namespace OpenData.Tests;

/// <summary>Sources that can be read: lines of at most 140 characters, files of at most 400 lines, types of at most 300.</summary>
[Trait("Category", "Unit")]
public sealed partial class SourceTests
{
    private const int LongestLine = 140;
    private const int LongestFile = 400;
    private const int LongestType = 300;

    // What is longer still. Shorten it and remove it here; nothing is added.
    private static readonly HashSet<string> Remaining =
    [
        "functions/OpenData.Catalog/IngestDeclaration.cs",
        "functions/OpenData.Ingest/Conversion.cs",
        "functions/OpenData.Ingest/Csv/CsvReader.cs",
        "functions/OpenData.Ingest/Tables/TableDetection.cs",
        "functions/OpenData.Ingest/Tables/TableRows.cs",
        "functions/OpenData.Query/Compilation/TextSearch.cs",
        "functions/OpenData.Query/QueryEngine.cs",
        "functions/OpenData.Query/Subjects/ServedDataset.cs",
    ];

    private static IEnumerable<string> Sources { get; } = new[] { "functions", "tests" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    [Fact]
    public void No_line_file_or_type_is_too_long()
    {
        var found = Sources.Where(file => !Remaining.Contains(file)).SelectMany(TooLong).ToList();

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public void Only_files_that_exist_are_excepted() => Assert.Empty(Remaining.Except(Sources));

    private static IEnumerable<string> TooLong(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, file));
        if (lines.Length > LongestFile) yield return $"{file} has {lines.Length} lines: at most {LongestFile}.";
        var type = -1;
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length > LongestLine) yield return $"{file}:{i + 1} has {lines[i].Length} characters: at most {LongestLine}.";
            if (TypeDeclaration().IsMatch(lines[i])) type = i;
            if (type < 0 || !lines[i].StartsWith('}')) continue;
            if (i - type >= LongestType) yield return $"{file}:{type + 1} is a type of {i - type + 1} lines: at most {LongestType}.";
            type = -1;
        }
    }

    // Namespaces are file-scoped, so a type that is not nested begins in the first column and ends with a brace there.
    [GeneratedRegex(@"^(?:[a-z]+ )*(?:class|struct|record|interface|enum) \w")]
    private static partial Regex TypeDeclaration();
}
