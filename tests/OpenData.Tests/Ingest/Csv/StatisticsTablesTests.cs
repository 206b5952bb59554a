namespace OpenData.Tests.Ingest.Csv;

/// <summary>
/// Tables as statistics offices write them: values as headings, headings in several rows, notes, comments, signs for no
/// value.
/// </summary>
[Trait("Category", "Unit")]
public sealed class StatisticsTablesTests
{
    [Theory]
    [InlineData("시도,1,2,3,4,5,6\n", "시도|1|2|3|4|5|6")]
    [InlineData("학교,1학년,2학년,3학년,4학년,5학년,6학년\n", "학교|1학년|2학년|3학년|4학년|5학년|6학년")]
    [InlineData("역명,00:00,01:00,02:00,03:00,04:00,05:00\n", "역명|00:00|01:00|02:00|03:00|04:00|05:00")]
    [InlineData("Council,2016/17,2017/18,2018/19,2019/20,2020/21,2021/22\n", "Council|2016/17|2017/18|2018/19|2019/20|2020/21|2021/22")]
    [InlineData("항목,2021,2021,2021,2022,2022,2022\n항목,남,여,계,남,여,계\n", "항목|2021 남|2021 여|2021 계|2022 남|2022 여|2022 계")]
    public async Task Headings_that_look_like_values_are_the_labels(string header, string labels)
    {
        using var converted = await Converted.OfAsync(header + string.Concat(Enumerable.Range(0, 12).Select(row =>
            $"곳{row},{string.Join(',', Enumerable.Range(0, 6).Select(column => 50 + (row * 37 + column * 211) % 900))}\n")));

        Assert.Equal(labels, converted.Labels);
        Assert.Equal(12, converted.Result.Rows);
    }

    [Fact]
    public async Task Lines_that_begin_unlike_every_row_are_comments()
    {
        using var converted = await Converted.OfAsync(
            "// made, by, a gauge\nday,level\n2024-01-01,3\n// broken, until noon\n2024-01-02,4\n2024-01-03,5\n");

        Assert.Equal("day:Date level:Int", converted.Types);
        Assert.Equal(["2024-01-01|3", "2024-01-02|4", "2024-01-03|5"], converted.Rows);
        Assert.Equal("csv-comments", converted.Codes);
    }

    [Fact]
    public async Task A_column_without_label_and_values_is_published_once_it_has_a_value()
    {
        var rows = string.Concat(Enumerable.Range(0, 30_000).Select(row => $"{row},a,\n"));
        using var without = await Converted.OfAsync("n,t,\n" + rows);
        using var with = await Converted.OfAsync("n,t,\n" + rows + "30000,a,late\n");

        Assert.Equal(2, without.Result.Fields.Count);
        Assert.Equal(3, with.Result.Fields.Count);
    }

    [Theory]
    [InlineData("작성일 : 2024-01-05,,")]
    [InlineData("[주] 잠정치임,,")]
    [InlineData("Source: survey of parks,,")]
    public async Task Notes_under_a_table_are_no_rows(string note)
    {
        using var converted = await Converted.OfAsync($"동별,의자,탁자\n가,1,2\n나,3,4\n다,5,6\n{note}\n");

        Assert.Equal(3, converted.Result.Rows);
        Assert.Equal("table-note", converted.Codes);
    }

    [Theory]
    [InlineData("2024-01-05 오후 1:05", "v:DateTime", "2024-01-05T13:05:00")]
    [InlineData("2024-01-05(금)", "v:Date", "2024-01-05")]
    [InlineData("5 January 2024", "v:Date", "2024-01-05")]
    [InlineData("Sept 5, 2024", "v:Date", "2024-09-05")]
    [InlineData("2024년 1월 5일 9시 30분", "v:DateTime", "2024-01-05T09:30:00")]
    public async Task Days_and_times_are_read_as_people_write_them(string text, string type, string value)
    {
        using var converted = await Converted.OfAsync($"v,n\n\"{text}\",1\n");

        Assert.StartsWith(type, converted.Types, StringComparison.Ordinal);
        Assert.StartsWith(value, converted.Rows[0].Replace(' ', 'T'), StringComparison.Ordinal);
    }
}
