using System.Globalization;
using OpenData.Catalog;
using OpenData.Lake;

namespace OpenData.Tests.Ingest.Typing;

/// <summary>A column has a type only if every value survives it.</summary>
[Trait("Category", "Unit")]
public sealed class TypingTests
{
    [Theory]
    [InlineData("1 -2 0 9223372036854775807", "v:Int", "1 -2 0 9223372036854775807")]
    [InlineData("1 9223372036854775808", "v:Text", "1 9223372036854775808")]
    [InlineData("12345678901234567890123 1", "v:Text", "12345678901234567890123 1")]
    [InlineData("007 008", "v:Text", "007 008")]
    [InlineData("+5 6", "v:Int", "5 6")]
    [InlineData("+82101 +82102", "v:Text", "+82101 +82102")]
    [InlineData("△3 4 -5", "v:Int", "-3 4 -5")]
    [InlineData("12명 7명", "v:Int[0명]", "12 7")]
    [InlineData("2022.01 2022.10", "v:Text", "2022.01 2022.10")]
    [InlineData("2001.12 2012.45", "v:Decimal2", "2001.12 2012.45")]
    [InlineData("1 NaN", "v:Int", "1 ∅")]
    [InlineData("a -", "v:Text", "a -")]
    [InlineData("1,234 999 12,345,678", "v:Int[#,##0]", "1234 999 12345678")]
    [InlineData("1,23 4", "v:Text", "1,23 4")]
    [InlineData("₩1,234 ₩5", "v:Int[₩#,##0]", "1234 5")]
    [InlineData("₩1,234 5", "v:Text", "₩1,234 5")]
    [InlineData("1.50 2 -0.25 .5", "v:Decimal2", "1.50 2.00 -0.25 0.50")]
    [InlineData("12345678901234567890.12 1", "v:Decimal2", "12345678901234567890.12 1.00")]
    [InlineData("1e5 2.5", "v:Double", "100000.0 2.5")]
    [InlineData("0.8444218515250481 12.5", "v:Double", "0.8444218515250481 12.5")]
    [InlineData("0.10000000000000001 1", "v:Decimal17", "0.10000000000000001 1.00000000000000000")]
    [InlineData("-0 1.5", "v:Double", "-0.0 1.5")]
    [InlineData("1e400 1", "v:Text", "1e400 1")]
    [InlineData("true false", "v:Boolean", "true false")]
    [InlineData("TRUE FALSE", "v:Boolean[TRUE/FALSE]", "true false")]
    [InlineData("true False", "v:Text", "true False")]
    [InlineData("2024-01-05 2024-12-31", "v:Date", "2024-01-05 2024-12-31")]
    [InlineData("2024.01.05 1999.12.31", "v:Date[yyyy.MM.dd]", "2024-01-05 1999-12-31")]
    [InlineData("2024/1/5 2024/12/31", "v:Date[yyyy/M/d]", "2024-01-05 2024-12-31")]
    [InlineData("2024-02-30 2024-01-01", "v:Text", "2024-02-30 2024-01-01")]
    [InlineData("05/01/2024 06/02/2024", "v:Text", "05/01/2024 06/02/2024")]
    [InlineData("05/01/2024 25/01/2024", "v:Date[dd/MM/yyyy]", "2024-01-05 2024-01-25")]
    [InlineData("05/01/2024 01/25/2024", "v:Date[MM/dd/yyyy]", "2024-05-01 2024-01-25")]
    [InlineData("25/01/2024 01/25/2024", "v:Text", "25/01/2024 01/25/2024")]
    [InlineData("2024-01-05T10:20:30 1969-12-31T23:59:59", "v:DateTime", "2024-01-05_10:20:30 1969-12-31_23:59:59")]
    [InlineData("2024-01-05T10:20:30.123456 2024-01-05T10:20:30", "v:DateTime", "2024-01-05_10:20:30.123456 2024-01-05_10:20:30")]
    [InlineData("2024-01-05T10:20:30.1234567", "v:Text", "2024-01-05T10:20:30.1234567")]
    [InlineData("2024-01-05T10:20:30Z", "v:Instant", "2024-01-05_10:20:30+00")]
    [InlineData("2024-01-05T10:20:30+09:00", "v:Instant[yyyy-MM-dd'T'HH:mm:sszzz]", "2024-01-05_01:20:30+00")]
    public async Task Types_lose_nothing(string values, string type, string expected)
    {
        using var converted = await Converted.OfAsync("v,w\n" + string.Concat(values.Split(' ').Select(value => $"\"{value}\",x\n")));
        Assert.Equal(type, converted.Types.Split(' ')[0]);
        _ = converted.Query("select current_setting('TimeZone')");
        Assert.Equal(expected.Split(' ').Select(value => value.Replace('_', ' ')), converted.Query($"select v from {converted.Parts}"));
    }

    [Fact]
    public async Task Hangul_dates_are_dates()
    {
        using var converted = await Converted.OfAsync("v,w\n2024년 1월 5일,a\n2024년 12월 31일,b\n");
        Assert.Equal("v:Date[yyyy년 M월 d일] w:Text", converted.Types);
        Assert.Equal(["2024-01-05|a", "2024-12-31|b"], converted.Rows);
    }

    [Fact]
    public async Task A_value_far_behind_the_sample_widens_the_column()
    {
        const int rows = 150_000;
        var text = "n,d,m\n" + string.Concat(Enumerable.Range(0, rows).Select(i => $"{i},2024-01-05,{i}\n")) + "1.25,2024-02-30,n/a\n";
        using var converted = await Converted.OfAsync(text);
        Assert.Equal("n:Decimal2 d:Text m:Int", converted.Types);
        Assert.Equal(rows + 1, converted.Result.Rows);
        Assert.Equal(["1.25|2024-02-30|∅"], converted.Query($"select * from {converted.Parts} where m is null"));
        Assert.Equal([$"{rows - 1}.00|2024-01-05|{rows - 1}"], converted.Query($"select * from {converted.Parts} where n = {rows - 1}"));
    }

    [Fact]
    public async Task A_declared_type_stands_against_single_values()
    {
        var metadata = new DatasetMetadata
        {
            Ingest = new IngestDeclaration
            {
                NullTokens = ["-"],
                OnMisfit = OnMisfit.Empty,
                Fields =
                [
                    new FieldDeclaration { Column = "금액", Name = "amount", Type = FieldType.Int },
                    new FieldDeclaration { Column = "일자", Type = FieldType.Date, Format = "dd/MM/yyyy" },
                    new FieldDeclaration { Column = "코드", Type = FieldType.Text },
                ],
            },
        };
        using var converted = await Converted.OfAsync("금액,일자,코드\n\"1,234\",05/01/2024,1\n미정,06/02/2024,2\n-,31/02/2024,3\n", metadata);
        Assert.Equal("amount:Int[#,##0] 일자:Date[dd/MM/yyyy] 코드:Text", converted.Types);
        Assert.Equal(["1234|2024-01-05|1", "∅|2024-02-06|2", "∅|∅|3"], converted.Rows);
        Assert.Equal(
            ["미정", "31/02/2024"],
            converted.Result.Problems.Where(problem => problem.Code == "value-not-of-type").Select(problem => problem.RawValue));
    }

    [Fact]
    public async Task The_profile_counts_what_is_there_and_names_what_is_in_the_way()
    {
        using var converted = await Converted.OfAsync(
            "n,w\n" + string.Concat(
                Enumerable.Range(0, 100).Select(i => $"{(i == 50 ? "abc" : i)},{(i % 4 == 0 ? "" : i % 3 == 0 ? "강남" : "서초")}\n")));
        var fields = converted.Result.Profile!.Value.GetProperty("fields");
        Assert.Equal(52, fields[0].GetProperty("obstructing")[0].GetProperty("line").GetInt64());
        Assert.Equal(25, fields[1].GetProperty("nulls").GetInt64());
        Assert.Equal(2, fields[1].GetProperty("distinct").GetInt64());
        Assert.Equal("서초", fields[1].GetProperty("frequent")[0].GetProperty("value").GetString());
        Assert.Equal(50, fields[1].GetProperty("frequent")[0].GetProperty("count").GetInt64());
        Assert.Equal(2, fields[1].GetProperty("max_length").GetInt32());
    }

    [Fact]
    public async Task The_profile_is_of_all_row_groups()
    {
        const int rows = 200_000;
        string Row(int i) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(i + 70_000) % rows},{(i + 70_000) % rows / 4m},{(char)('가' + (i + 70_000) % rows / 100)}\n");
        using var converted = await Converted.OfAsync("n,d,글\n" + string.Concat(Enumerable.Range(0, rows).Select(Row)));
        var fields = converted.Result.Profile!.Value.GetProperty("fields");
        Assert.True(
            int.Parse(
                converted.Query($"select count(distinct row_group_id) from parquet_metadata('{converted.Folder}/*.parquet')")[0],
                CultureInfo.InvariantCulture) >= 3);
        Assert.Equal(["0", "0.00", "가"], fields.EnumerateArray().Select(field => field.GetProperty("min").GetString()));
        Assert.Equal(
            ["199999", "49999.75", ((char)('가' + 1999)).ToString()],
            fields.EnumerateArray().Select(field => field.GetProperty("max").GetString()));
        Assert.Equal((rows - 1) / 2.0, fields[0].GetProperty("mean").GetDouble());
        Assert.Equal((rows - 1) / 8.0, fields[1].GetProperty("mean").GetDouble(), 6);
        Assert.InRange(fields[0].GetProperty("distinct").GetInt64(), rows * 95 / 100, rows * 105 / 100);
    }
}
