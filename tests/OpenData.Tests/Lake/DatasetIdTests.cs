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

    [Fact]
    public void Names_that_differ_by_their_normal_form_are_one_dataset()
    {
        var decomposed = DatasetId.Parse("\u1112\u1161\u11AB\u1100\u1173\u11AF-cafe\u0301@\u1100\u1175\u1100\u116A\u11AB");

        Assert.Equal(DatasetId.Parse("한글-café@기관"), decomposed);
        Assert.Equal("한글-café@기관", decomposed.ToString());
        Assert.True(DatasetId.IsName(string.Concat(Enumerable.Repeat("\u1112\u1161\u11AB", DatasetId.MaxPartLength))));
        Assert.False(DatasetId.IsName("\uD800x"));
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
