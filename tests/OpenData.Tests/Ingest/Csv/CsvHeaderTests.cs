namespace OpenData.Tests.Ingest.Csv;

/// <summary>Headers of several rows, with titles above them, too long, missing or repeated.</summary>
[Trait("Category", "Unit")]
public class CsvHeaderTests
{
    [Fact]
    public async Task A_header_of_several_rows_is_joined()
    {
        using var converted = await Converted.OfAsync("구분,인구,,가구\n지역,남,여,수\n강남,10,11,5\n서초,20,21,6\n송파,30,31,7\n");
        Assert.Equal("구분 지역|인구 남|인구 여|가구 수", converted.Labels);
        Assert.Equal(3, converted.Result.Rows);
    }

    [Theory]
    [InlineData("출장비,,,\n\n이름,교통,,합계\n,버스,기차,\n김,1000,2000,3000\n이,1000,0,1000\n", "이름|교통 버스|교통 기차|합계")]
    [InlineData("이름,교통,,,합계\n,,,,\n,버스,기차,배,\n김,1000,2000,0,3000\n이,1000,0,0,1000\n", "이름|교통 버스|교통 기차|교통 배|합계")]
    [InlineData("갑,,을,\nX,Y,X,Y\n1.5,2.5,3.5,4.5\n5.5,6.5,7.5,8.5\n", "갑 X|갑 Y|을 X|을 Y")]
    [InlineData("기관,유형,인원,,,\n,,1급,,2급,\n,,남,여,남,여\n본부,공사,1,2,3,4\n지사,공사,5,6,7,8\n", "기관|유형|인원 1급 남|인원 1급 여|인원 2급 남|인원 2급 여")]
    public async Task Headings_that_span_columns_belong_to_the_header(string text, string labels)
    {
        using var converted = await Converted.OfAsync(text);
        Assert.Equal(labels, converted.Labels);
        Assert.Equal(2, converted.Result.Rows);
    }

    [Fact]
    public async Task A_title_with_delimiters_of_its_own_is_no_header()
    {
        using var converted = await Converted.OfAsync("측정 기록,작성 홍길동, 2017년 2월\n파수,투과율\n4000.00,98.78\n3999.00,98.79\n3998.00,98.80\n");
        Assert.Equal("파수|투과율", converted.Labels);
        Assert.Equal("table-preamble", converted.Codes);
    }

    [Fact]
    public async Task A_row_of_words_under_a_missing_heading_is_a_row()
    {
        using var converted = await Converted.OfAsync("이름,,비고\n가,나,\n다,라,마\n바,사,아\n");
        Assert.Equal(["가|나|∅", "다|라|마", "바|사|아"], converted.Rows);
    }

    [Fact]
    public async Task A_header_with_a_delimiter_too_many_loses_only_that()
    {
        using var converted = await Converted.OfAsync("번호,지역,,금액\n1,강남,10\n2,서초,20\n3,송파,30\n");
        Assert.Equal("번호|지역|금액", converted.Labels);
    }

    [Fact]
    public async Task Without_a_header_the_first_row_is_data()
    {
        using var converted = await Converted.OfAsync("1,강남,10\n2,서초,20\n3,송파,30\n");
        Assert.Equal("column_1|column_2|column_3", converted.Labels);
        Assert.Equal(3, converted.Result.Rows);
        Assert.Equal("header-none", converted.Codes);
    }

    [Fact]
    public async Task A_repeated_header_is_left_out_and_a_second_table_is_reported()
    {
        using var converted = await Converted.OfAsync(
            $"a,b,c\n{string.Concat(Enumerable.Range(0, 20).Select(i => $"{i},2,x\n"))}a,b,c\n3,4,y\na,b,c,d\n5,6,z,7\n8,9,z,7\n");
        Assert.Equal([.. Enumerable.Range(0, 20).Select(i => $"{i}|2|x"), "3|4|y"], converted.Rows);
        Assert.Equal("header-repeated table-second", converted.Codes);
        Assert.Equal([22, 24], converted.Result.Problems.Select(problem => problem.Line));
    }

    [Fact]
    public async Task Names_are_unique_and_labels_as_written()
    {
        using var converted = await Converted.OfAsync("거래금액(만원),,A b,a-B,2024\nx,y,z,w,v\nu,y,z,w,v\n", allText: true);
        Assert.Equal("거래금액(만원)||A b|a-B|2024", converted.Labels);
        Assert.Equal(["거래금액_만원", "column_2", "a_b", "a_b_2", "n_2024"], converted.Result.Fields.Select(field => field.Name));
    }
}
