using OpenData.Ingest.Csv;

namespace OpenData.Tests.Ingest.Csv;

/// <summary>Columns that are set apart by spaces.</summary>
[Trait("Category", "Unit")]
public sealed class AlignedTextTests
{
    [Theory]
    [InlineData("STN  TA    RN\n300  -5.0  0.0\n301 -13.7 13.7\n302  2.4  7.4\n", 3, "301|-13.7|13.7")] // one space beside wide numbers
    [InlineData("Name            Place         Depth\nGreat Bay       Port Alder      3.5\nLow Sound       Sandy Neck     12.0\n"
        + "Old Mill Pond   Mill           0.2\n", 3, "Great Bay|Port Alder|3.5")] // single spaces within the cells
    [InlineData("지점   수온   강수\n가온     1.0    0.0\n나래            0.5\n다솜    -0.6    1.0\n라온     1.1    1.0\n마루     1.9    1.5\n"
        + "바다     2.0    1.5\n사랑     2.1    1.5\n아라     2.4    1.5\n자연     2.5    1.5\n차오    12.7    1.5\n카온    13.1    1.5\n",
        3, "나래||0.5", 2)] // a cell is missing
    public void The_columns_are_those_that_people_see(string text, int width, string row, int at = 0)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var layout = AlignedLayout.Detect(lines, []);
        Assert.Equal(width, layout?.Width);
        Assert.Contains(row, lines.Select(line => string.Join('|', layout!.Split(line))));
        Assert.Equal(at, at == 0 ? 0 : Array.FindIndex(lines, line => string.Join('|', layout!.Split(line)) == row));
    }

    [Theory]
    [InlineData("It rained.  Then it did not.\nThe bay was calm.\nNobody came.  Nobody went.  All was well.\nThe end.\n")]
    [InlineData("name\nGreat  Bay\nLow Sound\nOld Mill Pond\n")]
    public void Running_text_is_no_table(string text) => Assert.Null(AlignedLayout.Detect(text.Split('\n'), []));

    [Fact]
    public void Headings_may_stand_in_a_comment_line()
    {
        var layout = AlignedLayout.Detect(["2024 01 01   3.5  1.0", "2024 01 02  13.5  1.5", "2024 01 03   2.5  1.5"],
            [(1, "# buoy 41"), (2, "#YY MM DD WVHT  WTMP")]);
        Assert.Equal((5, 2L), (layout?.Width, layout?.HeaderComment));
    }
}
