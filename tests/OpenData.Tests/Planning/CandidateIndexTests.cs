using OpenData.Demand.Drops;
using OpenData.Demand.Plans;
using OpenData.Planning.Names;

namespace OpenData.Tests.Planning;

[Trait("Category", "Unit")]
public class CandidateIndexTests
{
    private static readonly ReleasePlan Plan = ReleasePlan.None(2026) with
    {
        Areas =
        [
            new PlanArea("1", new("분야", "Area"),
            [
                new PlanItem
                {
                    Id = "bus",
                    Name = new("버스 도착 정보", "Bus arrivals"),
                    Agency = "x",
                    Keywords = ["bus stop"],
                    DatasetId = "bus-times@x",
                },
                new PlanItem { Id = "tram", Name = new("전차", "Trams"), Agency = "x", Keywords = ["tram", "bus stop"] },
            ]),
        ],
    };

    private static readonly CandidateIndex Index = new(
        Plan, [("rent-contracts@molit", "전월세 계약"), ("bus-times@x", "Bus times")], [new ConfirmedName("임대차", "rent-contracts@molit")]);

    [Theory]
    [InlineData("rent-contracts@molit", "rent-contracts@molit", "id")]
    [InlineData("rent-contracts", "rent-contracts@molit", "keyword")]
    [InlineData("전월세계약", "rent-contracts@molit", "title")]
    [InlineData(" 전월세  계약 ", "rent-contracts@molit", "title")]
    [InlineData("임대차", "rent-contracts@molit", "confirmed")]
    [InlineData("BUS ARRIVALS", "bus", "title")]
    [InlineData("bus times", "bus", "title")] // the dataset as which the item was released
    [InlineData("버스도착정보", "bus", "title")] // decomposed letters
    [InlineData("bus stop", "words:busstop", "none")] // a keyword of two items is neither's
    [InlineData("rent contarcts", "words:rentcontarcts", "none")]
    public void A_name_is_found_by_id_title_keyword_or_what_was_confirmed(string name, string candidate, string how)
    {
        var match = Index.Resolve(name);

        Assert.Equal((candidate, how), (match.CandidateId, match.How));
    }

    [Fact]
    public void What_is_spelled_alike_is_proposed() => Assert.Equal(["전월세 계약"], Index.Resolve("전월세 계약서").Near);
}
