using Mono.Cecil;

namespace OpenData.Tests.Layers;

/// <summary>Projects use each other in one direction, and so do the namespaces of each.</summary>
[Trait("Category", "Unit")]
public class LayerTests
{
    // Each project with the projects that its code may use. A line is the one place where a direction is allowed.
    private static readonly Dictionary<string, string[]> Directions = new()
    {
        ["OpenData.Core"] = [],
        ["OpenData.Disclosure"] = ["OpenData.Core"],
        ["OpenData.DuckDb"] = [],
        ["OpenData.Lake"] = ["OpenData.Core"],
        ["OpenData.Access"] = ["OpenData.Lake", "OpenData.Core"],
        ["OpenData.Catalog"] = ["OpenData.Lake", "OpenData.Core"],
        ["OpenData.Ingest"] = ["OpenData.Access", "OpenData.Disclosure", "OpenData.Catalog", "OpenData.Lake", "OpenData.DuckDb",
            "OpenData.Core"],
        ["OpenData.Query"] = ["OpenData.Catalog", "OpenData.Lake", "OpenData.DuckDb", "OpenData.Core"],
        ["OpenData.Usage"] = ["OpenData.Lake", "OpenData.Core"],
        ["OpenData.Demand"] = ["OpenData.Disclosure", "OpenData.Usage", "OpenData.Lake", "OpenData.Core"],
        ["OpenData.Planning"] = [
            "OpenData.Demand", "OpenData.Usage", "OpenData.Catalog", "OpenData.Lake", "OpenData.DuckDb", "OpenData.Core"
        ],
        ["OpenData.Hosting"] =
        [
            "OpenData.Planning", "OpenData.Demand", "OpenData.Usage", "OpenData.Query", "OpenData.Ingest", "OpenData.Catalog",
            "OpenData.Access", "OpenData.Lake", "OpenData.Core",
        ],
        ["OpenData.Api"] =
        [
            "OpenData.Hosting", "OpenData.Planning", "OpenData.Demand", "OpenData.Usage", "OpenData.Query", "OpenData.Ingest",
            "OpenData.Catalog", "OpenData.Access", "OpenData.Lake",
            "OpenData.Core",
        ],
        ["OpenData.Portal"] =
        [
            "OpenData.Api", "OpenData.Access", "OpenData.Planning", "OpenData.Demand", "OpenData.Usage", "OpenData.Query",
            "OpenData.Catalog", "OpenData.Lake",
            "OpenData.Core",
        ],
        ["OpenData.FunctionApp"] =
        [
            "OpenData.Portal", "OpenData.Api", "OpenData.Hosting", "OpenData.Planning", "OpenData.Demand", "OpenData.Usage",
            "OpenData.Query",
            "OpenData.Ingest", "OpenData.Catalog",
            "OpenData.Access", "OpenData.Lake", "OpenData.Core",
        ],
        ["OpenData.LocalHost"] =
        [
            "OpenData.Portal", "OpenData.Api", "OpenData.Hosting", "OpenData.Planning", "OpenData.Demand", "OpenData.Usage",
            "OpenData.Query",
            "OpenData.Ingest", "OpenData.Catalog",
            "OpenData.Access", "OpenData.Lake", "OpenData.Core",
        ],
    };

    private static string[] Files => Directory.GetFiles(AppContext.BaseDirectory, "OpenData.*.dll")
        .Where(file => Path.GetFileNameWithoutExtension(file) is not "OpenData.Tests").ToArray();

    public static TheoryData<string> Projects => [.. Directions.Keys];

    [Fact]
    public void Every_project_has_its_line_and_every_line_its_project() =>
        Assert.Equal(Directions.Keys.Order(), Files.Select(Path.GetFileNameWithoutExtension).Order());

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_uses_only_what_its_line_allows(string project)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, project + ".dll"));

        var used = assembly.MainModule.AssemblyReferences.Select(reference => reference.Name).Where(
            name => name.StartsWith("OpenData.", StringComparison.Ordinal));

        Assert.Empty(used.Except(Directions[project]));
    }

    [Fact]
    public void Only_the_Api_the_pages_and_the_hosts_use_ASP_NET_and_only_the_FunctionApp_uses_Functions()
    {
        foreach (var file in Files)
        {
            using var assembly = AssemblyDefinition.ReadAssembly(file);
            var references = assembly.MainModule.AssemblyReferences.Select(reference => reference.Name).ToArray();
            var project = assembly.Name.Name;
            if (project is not ("OpenData.Api" or "OpenData.Portal" or "OpenData.FunctionApp" or "OpenData.LocalHost"))
            {
                Assert.DoesNotContain(references, name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
            }

            if (project is not "OpenData.FunctionApp")
            {
                Assert.DoesNotContain(references, name => name.StartsWith("Microsoft.Azure.Functions", StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_namespaces_of_a_project_use_each_other_in_both_directions(string project)
    {
        var graph = new NamespaceGraph([Path.Combine(AppContext.BaseDirectory, project + ".dll")], "OpenData");

        var circles = graph.Circles();

        Assert.True(
            circles.Count == 0, string.Join("\n\n", circles.Select(circle => $"{string.Join(", ", circle)}\n{graph.Explain(circle)}")));
    }

    [Fact]
    public void A_planted_circle_is_found_between_folders_and_between_a_folder_and_its_parent()
    {
        var here = typeof(LayerTests).Assembly.Location;

        var circles = new NamespaceGraph([here], typeof(Planted.Parent).Namespace!).Circles();

        Assert.Equal(2, circles.Count);
        Assert.Contains(
            circles, circle => circle.SequenceEqual([typeof(Planted.Parent).Namespace!, typeof(Planted.Inner.Child).Namespace!]));
        Assert.Contains(
            circles,
            circle => circle.SequenceEqual([typeof(Planted.Left.LeftHand).Namespace!, typeof(Planted.Right.RightHand).Namespace!]));
    }
}
