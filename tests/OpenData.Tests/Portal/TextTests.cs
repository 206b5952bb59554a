using System.Text.RegularExpressions;
using OpenData.LocalHost;
using OpenData.Portal.Texts;

namespace OpenData.Tests.Portal;

/// <summary>No text of the pages is missing in a language, and none is there for nothing.</summary>
[Trait("Category", "Unit")]
public sealed partial class TextTests
{
    private static readonly string Sources = string.Concat(
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "functions", "OpenData.Portal"), "*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .Select(File.ReadAllText));

    [Fact]
    public void Every_text_is_there_in_both_languages_with_the_same_places()
    {
        Assert.NotEmpty(PortalTexts.Names);
        Assert.All(PortalTexts.Names, name =>
        {
            var text = PortalTexts.Find(name)!;
            Assert.False(string.IsNullOrWhiteSpace(text.Ko) || string.IsNullOrWhiteSpace(text.En), name);
            Assert.Equal(Places().Matches(text.Ko).Select(Value).Order(), Places().Matches(text.En).Select(Value).Order());
        });
    }

    [Fact]
    public void Every_text_that_a_page_names_is_there()
    {
        var named = Named().Matches(Sources).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.True(named.Count > 100, "The pattern no longer finds what pages name.");
        Assert.DoesNotContain(named, name => PortalTexts.Find(name) is null);
    }

    [Fact]
    public void Every_text_is_named_by_a_page_or_belongs_to_a_group_that_one_names()
    {
        var groups = Groups()
            .Matches(Sources)
            .Select(match => (match.Groups[1].Value + match.Groups[2].Value).TrimEnd('.') + ".")
            .ToHashSet();
        // The values of facets are named by their facet.
        groups.UnionWith(
            PortalTexts.Names.Where(name => name.StartsWith("facet.", StringComparison.Ordinal)).Select(name => name[6..] + "."));

        Assert.DoesNotContain(PortalTexts.Names, name =>
            !Sources.Contains($"\"{name}\"", StringComparison.Ordinal)
            && !groups.Any(group => name.StartsWith(group, StringComparison.Ordinal)));
    }

    private static string Value(Match match) => match.Value;

    [GeneratedRegex(@"\{[0-9]\}")]
    private static partial Regex Places();

    [GeneratedRegex("""Text\("([a-z_]+\.[a-z_.]+)"[,)]""")]
    private static partial Regex Named();

    // Text($"state.{…}") and Term("format", …).
    [GeneratedRegex("""Text\([^)"]*\$"([a-z_.]+)\{|Term\("([a-z_]+)",""")]
    private static partial Regex Groups();
}
