using OpenData.Demand.Requests;

namespace OpenData.Tests.Demand;

/// <summary>What citizens send in waits for a moderator where the gate finds personal data in it, and nowhere else.</summary>
[Trait("Category", "Unit")]
public class TextScreenTests
{
    [Theory]
    [InlineData("Bus arrivals of 2026-12-01 09:00:00, please.")]
    [InlineData("위도 37.566535, 경도 126.9779692 주변의 정류장")]
    [InlineData("예산 1,234,567,890원의 집행 내역")]
    [InlineData("국가법령 2024-1234567호에 따른 자료")]
    [InlineData("문의는 02-120 또는 opendata@korea.kr")]
    [InlineData("사업자등록번호 123-45-67890의 인허가 내역")]
    public void Dates_numbers_and_coordinates_are_shown(string text) => Assert.Equal(Moderation.Shown, TextScreen.Judge(text));

    [Theory]
    [InlineData("제 번호는 010-1234-5678입니다")]
    [InlineData("０１０－１２３４－５６７８로 연락 주세요")]
    [InlineData("gildong.hong@naver.com")]
    [InlineData("900101-1234568")]
    [InlineData("http://a.example http://b.example http://c.example")]
    public void Personal_data_and_advertising_wait(string text) => Assert.Equal(Moderation.Pending, TextScreen.Judge("fine", text));

    [Theory]
    [InlineData("\u200b\u200b\u200b\u200b\u200b\u200b")]
    [InlineData(" \u3164\u3164\u3164\u3164\u3164 ")]
    [InlineData("\u2060\ufeff\u00ad")]
    public void A_text_of_which_nothing_can_be_seen_is_empty(string text) => Assert.Equal("", TextScreen.Clean(text));

    [Fact]
    public void A_visible_text_is_kept() => Assert.Equal("Bus 버스", TextScreen.Clean("\u0000 Bus 버스 "));
}
