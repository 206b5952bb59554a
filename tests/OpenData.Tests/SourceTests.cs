using System.Text.RegularExpressions;
using OpenData.LocalHost;

namespace OpenData.Tests;

/// <summary>Sources that can be read: lines of at most 140 characters, files of at most 400 lines, types of at most 300.</summary>
public sealed partial class SourceTests
{
    private const int LongestLine = 140;
    private const int LongestFile = 400;
    private const int LongestType = 300;

    // What is longer still. Shorten it and remove it here; nothing is added.
    private static readonly HashSet<string> Remaining =
    [
        "functions/OpenData.Api/Demand/DecisionEndpoints.cs",
        "functions/OpenData.Api/Explore/DatasetEndpoints.cs",
        "functions/OpenData.Api/Explore/ExploreParameters.cs",
        "functions/OpenData.Api/Explore/ExportFormats.cs",
        "functions/OpenData.Api/Explore/OtherDialects.cs",
        "functions/OpenData.Api/Harvest/DcatWriter.cs",
        "functions/OpenData.Api/Pipeline/ApiException.cs",
        "functions/OpenData.Api/Pipeline/ErrorAnswer.cs",
        "functions/OpenData.Api/Pipeline/RateLimit.cs",
        "functions/OpenData.Api/Reference/OpenApiDocument.cs",
        "functions/OpenData.Api/Reference/ReferencePage.cs",
        "functions/OpenData.Api/UnknownRoute.cs",
        "functions/OpenData.Catalog/IngestDeclaration.cs",
        "functions/OpenData.Demand/Requests/RequestBoard.cs",
        "functions/OpenData.Ingest/Conversion.cs",
        "functions/OpenData.Ingest/Csv/CsvReader.cs",
        "functions/OpenData.Ingest/Formats/SourceFormats.cs",
        "functions/OpenData.Ingest/Packing/UnpackingStream.cs",
        "functions/OpenData.Ingest/Tables/TableDetection.cs",
        "functions/OpenData.Ingest/Tables/TableRows.cs",
        "functions/OpenData.Ingest/Typing/PointFields.cs",
        "functions/OpenData.Ingest/Workbooks/OfficePackage.cs",
        "functions/OpenData.Ingest/Workbooks/XlsWorkbook.cs",
        "functions/OpenData.Ingest/Workbooks/XlsbRecordReader.cs",
        "functions/OpenData.Ingest/Workbooks/XlsxWorkbook.cs",
        "functions/OpenData.LocalHost/Serving/LocalServer.cs",
        "functions/OpenData.Planning/Names/CandidateIndex.cs",
        "functions/OpenData.Planning/Report/Chart.cs",
        "functions/OpenData.Planning/Report/FigureTableHtml.cs",
        "functions/OpenData.Planning/Report/ReportPage.cs",
        "functions/OpenData.Query/Compilation/Comparisons.cs",
        "functions/OpenData.Query/Compilation/DateText.cs",
        "functions/OpenData.Query/Compilation/ExactNumber.cs",
        "functions/OpenData.Query/Compilation/FacetPlanner.cs",
        "functions/OpenData.Query/Compilation/JsonLists.cs",
        "functions/OpenData.Query/Compilation/NumberComparison.cs",
        "functions/OpenData.Query/Compilation/Parameters.cs",
        "functions/OpenData.Query/Compilation/Ranges.cs",
        "functions/OpenData.Query/Compilation/SearchTerm.cs",
        "functions/OpenData.Query/Compilation/SelectList.cs",
        "functions/OpenData.Query/Compilation/Statement.cs",
        "functions/OpenData.Query/Compilation/TextSearch.cs",
        "functions/OpenData.Query/Compilation/WrittenRanges.cs",
        "functions/OpenData.Query/Formats/XlsxWriter.cs",
        "functions/OpenData.Query/Language/Grammar.cs",
        "functions/OpenData.Query/QueryEngine.cs",
        "functions/OpenData.Query/QueryFailures.cs",
        "functions/OpenData.Query/ResultCache.cs",
        "functions/OpenData.Query/Subjects/ServedDataset.cs",
        "functions/OpenData.Usage/DailySalt.cs",
        "tests/OpenData.Benchmarks/Planning/PlanningBenchmark.cs",
        "tests/OpenData.Benchmarks/Query/BenchmarkServer.cs",
        "tests/OpenData.Tests/Api/DemandEndpointsTests.cs",
        "tests/OpenData.Tests/Api/ExploreTests.cs",
        "tests/OpenData.Tests/Api/HttpTests.cs",
        "tests/OpenData.Tests/Api/Reference/ReferenceTests.cs",
        "tests/OpenData.Tests/Api/ReportEndpointsTests.cs",
        "tests/OpenData.Tests/Api/TestApi.cs",
        "tests/OpenData.Tests/Demand/WorkingDaysTests.cs",
        "tests/OpenData.Tests/FunctionApp/WorkerTests.cs",
        "tests/OpenData.Tests/Ingest/Csv/PollutedCsvTests.cs",
        "tests/OpenData.Tests/Ingest/Formats/SampleFormatsTests.cs",
        "tests/OpenData.Tests/Ingest/Formats/ServiceAnswersTests.cs",
        "tests/OpenData.Tests/Ingest/HostileFilesTests.cs",
        "tests/OpenData.Tests/Planning/GeneratedTrafficTests.cs",
        "tests/OpenData.Tests/Planning/PlanningScenario.cs",
        "tests/OpenData.Tests/Query/ExactnessTests.cs",
        "tests/OpenData.Tests/Query/FormatMatrixTests.cs",
        "tests/OpenData.Tests/Query/HostileInputTests.cs",
        "tests/OpenData.Tests/Query/LanguageTests.cs",
        "tests/OpenData.Tests/Query/TestTable.cs",
        "tests/OpenData.Tests/Releases/ReleaseTests.cs",
        "tests/OpenData.Tests/Releases/ReleaseWriter.cs",
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
