using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OpenData.Catalog.Problems;
using OpenData.LocalHost;

namespace OpenData.Tests.Docs;

/// <summary>Every problem code is explained, in the guide and in docs/problems.md, which is written from the guide.</summary>
[Trait("Category", "Unit")]
public sealed partial class ProblemsPageTests
{
    // Texts of the compiled code that have the form of a code and are none: encodings, names of OpenDocument, and groups of a plan that
    // names none.
    private static readonly string[] OtherTexts =
    [
        "euc-kr", "euc-jp", "quoted-printable", "xml-spreadsheet", "encryption-data", "table-properties", "style-name", "table-row",
            "table-cell", "covered-table-cell",
        "number-rows-repeated", "number-columns-repeated", "number-rows-spanned", "value-type", "date-value", "time-value", "boolean-value",
            "string-value", "line-break",
        "small-business", "large-business", "civil-society",
    ];

    [Fact]
    public void The_codes_of_the_guide_are_those_of_the_compiled_code()
    {
        var texts = new[] { "OpenData.Ingest", "OpenData.Demand" }.SelectMany(CompiledTexts.Of).ToHashSet(StringComparer.Ordinal);
        var known = ProblemGuide.All.Select(kind => kind.Code).ToList();

        Assert.Empty(known.Except(texts).Except(CompiledTexts.Of("OpenData.Catalog"))); // no code of the guide is out of use
        Assert.Empty(texts.Where(text => Code().IsMatch(text)).Except(known).Except(OtherTexts)); // no code is without an explanation
    }

    [Fact]
    public void The_page_is_what_the_guide_says()
    {
        var file = Path.Combine(Repository.Root, "docs", "problems.md");
        var page = Page();
        if (Environment.GetEnvironmentVariable("OPENDATA_WRITE_DOCS") is { Length: > 0 }) File.WriteAllText(file, page);

        Assert.True(
            File.ReadAllText(file) == page, "docs/problems.md is not what problems.json says: run this test with OPENDATA_WRITE_DOCS=1.");
    }

    [GeneratedRegex("^[a-z]+(-[a-z]+)+$")]
    private static partial Regex Code();

    private static string Page()
    {
        var page = new StringBuilder("""
            # What a problem report says · 문제 보고서의 뜻

            Every deviation that is found in a dropped file has one of these codes. The report beside it names the line, the column and the
            value. An *error* keeps the file from being published; with a *warning* it is published, and a part of it may need mending; a
            *note* is worth knowing. To see what a file would get before it is uploaded: `check`, see
            [agencies.md](agencies.md#before-you-upload).

            올린 파일에서 발견된 문제마다 아래 코드 가운데 하나가 붙습니다. 어느 줄, 어느 열, 어떤 값인지는 보고서에 있습니다.
            *오류*(error)가 있으면 게시되지 않고, *경고*(warning)는 게시하되 고칠 곳이 있다는 뜻이며, *알림*(note)은 참고할 내용입니다.

            This page is written from `functions/OpenData.Catalog/Problems/problems.json` by a test:
            `OPENDATA_WRITE_DOCS=1 dotnet test --filter ProblemsPage`.


            """);
        foreach (var kind in ProblemGuide.All)
        {
            page.Append(CultureInfo.InvariantCulture, $"## {kind.Code}\n\n*{kind.Severity.ToString().ToLowerInvariant()}*\n\n");
            Append(page, kind.En, "Why", "What to do", "What was done");
            Append(page, kind.Ko, "이유", "조치", "처리");
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static void Append(StringBuilder page, ProblemText text, string why, string fix, string done)
    {
        page.Append(CultureInfo.InvariantCulture, $"**{text.What}**\n\n- {why}: {text.Why}\n- {fix}: {text.Fix}\n");
        if (text.Done is not null) page.Append(CultureInfo.InvariantCulture, $"- {done}: {text.Done}\n");
        page.Append('\n');
    }
}
