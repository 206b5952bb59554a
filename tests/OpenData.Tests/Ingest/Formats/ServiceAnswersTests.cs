namespace OpenData.Tests.Ingest.Formats;

/// <summary>JSON and XML as services answer in them.</summary>
[Trait("Category", "Unit")]
public sealed class ServiceAnswersTests
{
    [Theory]
    [InlineData("""{"response":{"header":{"resultCode":"00"},"body":{"items":{"item":[{"a":1},{"a":2}]},"totalCount":2}}}""", "a", 2)]
    [InlineData("""{"response":{"header":{"resultCode":"00"},"body":{"items":{"item":{"a":1,"b":"x"}},"totalCount":1}}}""", "a|b", 1)]
    [InlineData(
        """{"Places":[{"head":[{"list_total_count":2},{"RESULT":{"CODE":"INFO-000","MESSAGE":""}}]},{"row":[{"a":1},{"a":2}]}]}""", "a", 2)]
    [InlineData("""[{"page":1,"total":2},[{"a":1},{"a":2}]]""", "a", 2)]
    [InlineData("""{"columns":["a","b"],"index":[0,1],"data":[[1,"x"],[2,"y"]]}""", "a|b", 2)]
    [InlineData("""{"hourly_units":{"time":"iso8601","t":"C"},"hourly":{"time":["2024-01-01","2024-01-02"],"t":[1.5,2.5]}}""", "time|t", 2)]
    [InlineData("""{"resultCode":"00","list":[{"a":1}]}{"resultCode":"00","list":[{"a":2},{"a":3}]}""", "a", 3)]
    [InlineData("<r><h><resultCode>00</resultCode></h><items><item><a>1</a><b u='m'>x</b></item><item><a>2</a></item></items></r>",
        "a|b|b.u", 2)]
    [InlineData("<rows><row a='1' b='x'/><row a='2' b='y'/></rows>", "a|b", 2)]
    [InlineData("<r><resultCode>00</resultCode><items><item><place>x</place><seats>1</seats></item></items><totalCount>1</totalCount></r>",
        "place|seats", 1)]
    public async Task The_rows_are_found_in_the_answer(string text, string labels, int rows)
    {
        using var converted = await Converted.OfAsync(text);

        Assert.Equal((labels, rows), (converted.Labels, (int)converted.Result.Rows));
    }

    [Theory]
    [InlineData("""{"response":{"header":{"resultCode":"30","resultMsg":"NO KEY"},"body":{"items":""}}}""", "service-error", "NO KEY")]
    [InlineData("""{"RESULT":{"CODE":"INFO-200","MESSAGE":"해당하는 데이터가 없습니다."}}""", "service-error", "해당하는 데이터가 없습니다.")]
    [InlineData("""{"error":{"code":403,"message":"quota"}}""", "service-error", "quota")]
    [InlineData("""[{"errorCode":"X1","message":"session expired"}]""", "service-error", "session expired")]
    [InlineData("""{"response":{"header":{"resultCode":"00","resultMsg":"OK"},"body":{"totalCount":0}}}""", "service-empty", "OK")]
    [InlineData("""{"data":[],"total":0}""", "service-empty", "answer")]
    [InlineData(
        "<A><h><errMsg>E</errMsg><returnAuthMsg>KEY_UNKNOWN</returnAuthMsg><returnReasonCode>30</returnReasonCode></h></A>",
        "service-error",
        "KEY_UNKNOWN")]
    public async Task An_answer_without_rows_is_refused_with_its_message(string text, string code, string says)
    {
        using var converted = await Converted.OfAsync(text);

        Assert.False(converted.Result.Published);
        var problem = Assert.Single(converted.Result.Problems);
        Assert.Equal(code, problem.Code);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"code":"00","message":"ok"},{"code":"30","message":"key"}]""", 2)]
    [InlineData("""{"name":"a library","floors":3,"rooms":[1,2]}""", 1)]
    public async Task What_is_no_answer_stays_data(string text, int rows)
    {
        using var converted = await Converted.OfAsync(text);

        Assert.Equal(rows, converted.Result.Rows);
    }
}
