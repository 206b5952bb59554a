using OpenData.Catalog;
using OpenData.Ingest.Metadata;
using OpenData.Lake;

namespace OpenData.Tests.Ingest.Typing;

/// <summary>What <c>ingest</c> in dataset.json declares is obeyed or refused.</summary>
[Trait("Category", "Unit")]
public sealed class DeclarationTests
{
    private const string Rows = "a,b\n1,2\n3,4\n5,6\n";

    [Theory]
    [InlineData("""{"skip_rows":2}""", "x,y\nz,w\na,b\n1,2\n3,4\n", "a|b", 2)]
    [InlineData("""{"header_rows":2}""", "2023,2023\nm,f\n1,2\n3,4\n", "2023 m|2023 f", 2)]
    [InlineData("""{"header_rows":0}""", "a,b\nc,d\n", "column_1|column_2", 2)]
    [InlineData("""{"footer":1}""", Rows + "7,8\n\n", "a|b", 3)]
    [InlineData("""{"comment":"%%"}""", "a,b\n%% not,this,one\n1,2\n", "a|b", 1)]
    [InlineData("""{"unpivot":{"columns":["20*"],"name":"year","value":"n"}}""", "k,2023,2024\nx,1,2\ny,3,4\n", "k|year|n", 4)]
    public async Task The_table_is_where_it_is_declared_to_be(string ingest, string text, string labels, int rows)
    {
        using var converted = await Converted.OfAsync(text, Declared(ingest));
        Assert.Equal((labels, rows), (converted.Labels, converted.Rows.Count));
    }

    [Theory]
    [InlineData("""{"decimal":","}""", "n,t\n\"1.234,5\",v1.2\n\"-0,25\",v1.3\n", "n:Decimal2[0,0] t:Text", "1234.50|v1.2", "-0.25|v1.3")]
    [InlineData("""{"decimal":","}""", "n,t\n\"1,5\",1.234\n\"2,5\",1.2345\n", "n:Decimal1[0,0] t:Text", "1.5|1.234", "2.5|1.2345")]
    [InlineData("""{"negative_in_parentheses":true}""", "n\n(12)\n3\n", "n:Int", "-12", "3")]
    [InlineData("""{"fill_down":["g"]}""", "g,n\nx,1\n,2\ny,3\n", "g:Text n:Int", "x|1", "x|2", "y|3")]
    [InlineData("""{"fields":[{"column":"o","type":"boolean"}]}""", "o\nY\nN\n", "o:Boolean", "true", "false")]
    [InlineData("""{"fields":[{"column":"o","type":"boolean"}]}""", "o\n예\n아니오\n", "o:Boolean", "true", "false")]
    [InlineData("""{"booleans":{"true":["있다"],"false":["없다"]},"fields":[{"column":"o","type":"boolean"}]}""", "o\n없다\n있다\n",
        "o:Boolean", "false", "true")]
    [InlineData("""{"fields":[{"column":"d","type":"date","format":"dd/MM/yy"}]}""", "d\n05/01/24\n31/12/68\n",
        "d:Date[dd/MM/yy]", "2024-01-05", "1968-12-31")]
    [InlineData("""{"year_pivot":70,"fields":[{"column":"d","type":"date","format":"dd/MM/yy"}]}""", "d\n05/01/24\n31/12/68\n",
        "d:Date[dd/MM/yy]", "2024-01-05", "2068-12-31")]
    [InlineData("""{"fields":[{"column":"d","type":"date","format":"MMM yyyy"}]}""", "d\nJan 2024\nFeb 2024\n",
        "d:Date[MMM yyyy]", "2024-01-01", "2024-02-01")]
    [InlineData("""{"fields":[{"column":"d","type":"date","format":"yyyyMMdd"}]}""", "d\n20240105\n", "d:Date[yyyyMMdd]", "2024-01-05")]
    public async Task Values_are_read_as_they_are_declared_to_be_written(string ingest, string text, string types, params string[] rows)
    {
        using var converted = await Converted.OfAsync(text, Declared(ingest));
        Assert.Equal((types, ""), (converted.Types, converted.Codes));
        Assert.Equal(rows, converted.Rows);
    }

    [Theory]
    [InlineData("", 1, "n:Text", "value-not-of-type column-text")]
    [InlineData("""on_misfit":"empty","fields_""", 1, "n:Int", "value-not-of-type")]
    [InlineData("", 3, "", "declaration-wrong value-not-of-type")]
    [InlineData("""on_misfit":"empty","fields_""", 3, "n:Int", "value-not-of-type")]
    public async Task A_declared_type_is_obeyed_or_refused(string more, int misfits, string types, string codes)
    {
        var ingest = """{"fields":[{"column":"n","type":"int"}]""" + (more.Length > 0 ? $$""","{{more}}":0}""" : "}");
        var text = "n\n" + string.Concat(Enumerable.Range(0, 150).Select(i => i < misfits ? $"x{i}\n" : $"{i}\n"));
        using var converted = await Converted.OfAsync(text, Declared(ingest));
        Assert.Equal((types, codes.Split(' ')[0]), (converted.Types, converted.Codes.Split(' ')[0]));
        Assert.Equal(misfits, converted.Result.Problems.Count(problem => problem.Code == "value-not-of-type"));
        if (types == "n:Text") Assert.Equal("x0", converted.Rows[0]);
    }

    [Theory]
    [InlineData("""{"range":"3:B"}""", "a part of a sheet such as B3:F200")]
    [InlineData("""{"header_rows":99}""", "from 0 to 20")]
    [InlineData("""{"may_lose":101}""", "from 0 to 100")]
    [InlineData("""{"on_misfit":"reject"}""", "one of text, empty")]
    [InlineData("""{"decimal":";"}""", "one of ., ,")]
    [InlineData("""{"booleans":{"true":["x"],"false":["x"]}}""", "nothing for both")]
    [InlineData("""{"unpivot":{"columns":["a"]}}""", "'name' and 'value'")]
    [InlineData("""{"fields":[{"column":"a","type":"date","format":"qq"}]}""", "no format of days and times")]
    public void What_is_wrong_in_a_declaration_is_said(string ingest, string said)
    {
        var (metadata, problems) = MetadataFile.Read(System.Text.Encoding.UTF8.GetBytes($$"""{"ingest":{{ingest}}}"""));
        Assert.Null(metadata);
        Assert.Contains(said, Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_to_unpivot_must_be_there()
    {
        using var converted = await Converted.OfAsync(Rows, Declared("""{"unpivot":{"columns":["c"],"name":"k","value":"v"}}"""));
        Assert.Equal("unpivot-column-missing", converted.Codes);
    }

    private static DatasetMetadata Declared(string ingest)
    {
        var (metadata, problems) = MetadataFile.Read(System.Text.Encoding.UTF8.GetBytes($$"""{"ingest":{{ingest}}}"""));
        Assert.DoesNotContain(problems, problem => problem.Severity == Severity.Error);
        return metadata!;
    }
}
