using OpenData.Lake;

namespace OpenData.Tests.Lake;

[Trait("Category", "Unit")]
public class DatasetIdTests
{
    [Theory]
    [InlineData("fire-incidents@nfa", "nfa", "fire-incidents")]
    [InlineData("아파트_실거래가@국토교통부", "국토교통부", "아파트_실거래가")]
    [InlineData("v1.2@a", "a", "v1.2")]
    public void Reads_what_it_writes(string text, string agency, string dataset)
    {
        var id = DatasetId.Parse(text);

        Assert.Equal((agency, dataset), (id.Agency, id.Dataset));
        Assert.Equal(text, id.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("fire-incidents")]
    [InlineData("@nfa")]
    [InlineData("fire@")]
    [InlineData("a@b@c")]
    [InlineData("../x@nfa")]
    [InlineData("a/b@nfa")]
    [InlineData("a b@nfa")]
    [InlineData("a'b@nfa")]
    [InlineData(".hidden@nfa")]
    [InlineData("a\u0000b@nfa")]
    public void Refuses_what_is_unsafe_in_a_path_a_key_or_a_statement(string? text) => Assert.False(DatasetId.TryParse(text, out _));

    [Fact]
    public void Refuses_a_name_longer_than_its_bound()
    {
        Assert.True(DatasetId.IsName(new string('가', DatasetId.MaxPartLength)));
        Assert.False(DatasetId.IsName(new string('가', DatasetId.MaxPartLength + 1)));
    }
}
