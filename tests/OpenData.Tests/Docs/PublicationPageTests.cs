using System.Text.Json;
using OpenData.Catalog.Publication;
using OpenData.LocalHost;

namespace OpenData.Tests.Docs;

/// <summary>The tables of docs/publication.md are those by which the code decides.</summary>
[Trait("Category", "Unit")]
public class PublicationPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "publication.md"));

    [Fact]
    public void Who_sees_what_is_what_the_code_decides_by()
    {
        var written = Rows("| state |").ToDictionary(row => row[0], row => row[1..]);
        foreach (var state in Enum.GetValues<PublicationState>())
        {
            var expected = Enum.GetValues<ViewerKind>().Select(viewer => Words(VisibilityTable.Of(state, viewer)));

            Assert.Equal(expected, written[JsonSerializer.SerializeToElement(state).GetString()!]);
        }
    }

    [Fact]
    public void Who_may_what_is_what_the_code_decides_by()
    {
        var written = Rows("| action |").ToDictionary(row => row[0], row => row[1..]);
        ViewerKind[] kinds = [ViewerKind.Agency, ViewerKind.Approver, ViewerKind.Planner];
        foreach (var action in Enum.GetValues<ViewerAction>())
        {
            var expected = kinds.Select(kind => ViewerActions.May(kind, action) ? "yes" : "no");

            Assert.Equal(expected, written[JsonNamingPolicy.KebabCaseLower.ConvertName(action.ToString())]);
            Assert.False(ViewerActions.May(ViewerKind.Anybody, action) || ViewerActions.May(ViewerKind.Holder, action));
        }
    }

    private static string Words(DatasetParts parts) => parts switch
    {
        DatasetParts.None => "nothing",
        DatasetParts.All => "all",
        DatasetParts.All & ~DatasetParts.Listed => "all but listed",
        DatasetParts.Listed | DatasetParts.Metadata => "listed, metadata",
        _ => parts.ToString().ToLowerInvariant(),
    };

    private static IEnumerable<string[]> Rows(string heading) => Page.Split('\n')
        .SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal)).Skip(2)
        .TakeWhile(line => line.StartsWith('|')).Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1]);
}
