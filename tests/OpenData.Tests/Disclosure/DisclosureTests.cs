using System.Globalization;
using System.Text;
using OpenData.Disclosure;

namespace OpenData.Tests.Disclosure;

/// <summary>What counts as personal data, and what only looks like it. Every number here is made up.</summary>
[Trait("Category", "Unit")]
public class DisclosureTests
{
    [Theory]
    [InlineData("홍길동 900101-1234568 귀하", "kr-resident-number")]
    [InlineData("９００１０１－１２３４５６８", "kr-resident-number")]
    [InlineData("9001\u200b01-12\u200d34568", "kr-resident-number")]
    [InlineData("900101–1234568", "kr-resident-number")]
    [InlineData("900101 - 1234568", "kr-resident-number")]
    [InlineData("210315-3123456", "kr-resident-number")]
    [InlineData("주민번호 9001011234568", "kr-resident-number")]
    [InlineData("11-12-123456-78", "kr-driver-licence")]
    [InlineData("서울 12-123456-78", "kr-driver-licence")]
    [InlineData("여권 M12345678", "kr-passport")]
    [InlineData("여권번호: M123A4567", "kr-passport")]
    [InlineData("010-1234-5678로 연락", "kr-mobile-phone")]
    [InlineData("010.1234.5678", "kr-mobile-phone")]
    [InlineData("010) 1234-5678", "kr-mobile-phone")]
    [InlineData("+82 10-1234-5678", "kr-mobile-phone")]
    [InlineData("+82-10-1234-5678", "kr-mobile-phone")]
    [InlineData("연락처 01023456789", "kr-mobile-phone")]
    [InlineData("011-234-5678", "kr-mobile-phone")]
    [InlineData("gildong.hong+data@naver.com", "email")]
    [InlineData("메일은 gildong＠gmail．com", "email")]
    [InlineData("4111-1111-1111-1111", "payment-card")]
    [InlineData("카드 4111111111111111 결제", "payment-card")]
    [InlineData("3782-822463-10005", "payment-card")]
    [InlineData("카드 4222222222222", "payment-card")]
    [InlineData("카드 30569309025904", "payment-card")]
    [InlineData("신한은행 110-123-456789", "kr-bank-account")]
    [InlineData("12가 3456", "kr-vehicle-plate")]
    [InlineData("서울12나3456", "kr-vehicle-plate")]
    [InlineData("123머4567 주차", "kr-vehicle-plate")]
    [InlineData("211.234.10.25에서 접속", "ip-address")]
    [InlineData("2001:0db8:85a3:0000:0000:8a2e:0370:7334", "ip-address")]
    [InlineData("00:1B:44:11:3A:B7", "mac-address")]
    [InlineData("123-45-6789", "us-ssn")]
    [InlineData("AB 12 34 56 C", "gb-nino")]
    [InlineData("GB82 WEST 1234 5698 7654 32", "iban")]
    [InlineData("DE89370400440532013000", "iban")]
    [InlineData("11010519491231002X", "cn-resident-number")]
    [InlineData("111.444.777-35", "br-cpf")]
    public void A_text_that_holds_one_is_found(string text, string kind)
    {
        var findings = TableScan.Of(text, RuleSet.Default);

        Assert.Contains(findings, finding => finding.Kind == kind);
        Assert.All(findings, finding => Assert.DoesNotContain(finding.Example, char.IsLetterOrDigit));
    }

    [Theory]
    [InlineData("123-45-67890")] // a business registration number
    [InlineData("02-1234-5678")] // an office
    [InlineData("1588-1234")]
    [InlineData("opendata@korea.kr")]
    [InlineData("help@data.go.kr, info@seoul.go.kr")]
    [InlineData("법인등록번호 110111-1234569")]
    [InlineData("2026-11-25 18:00:00")]
    [InlineData("서울특별시 강남구 테헤란로 123, 101동 1203호")]
    [InlineData("경기도 성남시 분당구 판교역로 235-12")]
    [InlineData("1168010100108250000")] // a parcel's number
    [InlineData("https://www.data.go.kr/data/15012345/fileData.do")]
    [InlineData("v1.2.3.4")]
    [InlineData("2.1.10.4")]
    [InlineData("37.566535, 126.9779692")]
    [InlineData("4111-1111-1111-1112")] // its check digit is wrong
    [InlineData("991332-1234567")] // no such day
    [InlineData("제2024-12-123456호")]
    [InlineData("서울12바3456")] // a taxi
    [InlineData("9788937460449")] // a book
    public void A_text_that_only_looks_like_it_is_not(string text) => Assert.Empty(TableScan.Of(text, RuleSet.Default));

    [Fact]
    public void Corporate_registration_numbers_are_not_residents_under_their_heading_and_residents_are_under_any()
    {
        var random = new Random(7);
        string[] corporate = [.. Enumerable.Range(0, 500).Select(_ => Corporate(random))];
        string[] residents = [.. Enumerable.Range(0, 500).Select(_ => Resident(random, hasCheckDigit: true))];

        Assert.Empty(Findings("법인등록번호", corporate));
        Assert.Equal(500, Assert.Single(Findings("주민등록번호", residents)).Cells);
        Assert.NotEmpty(Findings("법인등록번호", residents));
        Assert.NotEmpty(Findings("번호", residents.Select(number => number.Replace("-", "", StringComparison.Ordinal))));
        string[] recent = [.. Enumerable.Range(0, 500).Select(_ => Resident(random, hasCheckDigit: false))];
        Assert.Equal(500, Assert.Single(Findings("주민번호", recent)).Cells);
    }

    [Fact]
    public void Codes_of_thirteen_or_sixteen_digits_are_not_personal_for_passing_a_check_digit_by_chance()
    {
        var random = new Random(11);

        Assert.Empty(Findings("관리번호", Numbers(1_000_000_000_000, 9_999_999_999_999)));
        Assert.Empty(Findings("col", Numbers(1_000_000_000_000, 9_999_999_999_999)));
        Assert.Empty(Findings("col", Numbers(4_000_000_000_000_000, 5_999_999_999_999_999)));
        Assert.Empty(Findings("col", Numbers(0, 1L << 53)));
        Assert.Empty(Findings("link", Numbers(0, 1L << 53).Select(number => $"https://example.org/item?id={number}&v=2")));

        IEnumerable<string> Numbers(long least, long most) =>
            Enumerable.Range(0, 20_000).Select(_ => random.NextInt64(least, most).ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Names_are_personal_beside_a_birth_date_and_not_alone_or_as_representatives()
    {
        string[] names = ["김민수", "이서연", "박지훈", "최유진", "정하준"];
        string[] births = ["1990-01-01", "1985-12-31", "2001-05-05", "1977-07-07", "1969-09-09"];

        Assert.Contains(Table(("성명", names), ("생년월일", births)), finding => finding.Kind == "person-name");
        Assert.Empty(Table(("성명", names), ("과목", ["국어", "수학", "영어", "과학", "사회"])));
        Assert.Empty(Table(("대표자명", names), ("소재지", births)));
    }

    [Fact]
    public void The_filter_before_the_rules_never_hides_a_match()
    {
        var random = new Random(3);
        string[] seeds =
        [
            "900101-1234568", "010-1234-5678", "a@b.co", "00:1B:44:11:3A:B7", "12가3456", "M1234567", "２０１１０１－３１２３４５６", "fe80::1:2:3:4",
            "GB82WEST12345698765432",
        ];
        for (var i = 0; i < 2_000; i++)
        {
            var text = new string('가', random.Next(40)) + seeds[random.Next(seeds.Length)] + new string(' ', random.Next(20));
            var matches = new List<CellScan.Match>();
            CellScan.Read(RuleSet.Default, FoldedText.Of(text).AsSpan(), new bool[RuleSet.Default.Rules.Count], matches);

            Assert.True(matches.Count == 0 || TextFilter.MayHold(Encoding.UTF8.GetBytes(text)), text);
        }
    }

    [Fact]
    public void Every_rule_says_what_its_pattern_needs_and_has_both_names() => Assert.All(RuleSet.Default.Rules, rule =>
    {
        Assert.Matches("^[a-z0-9-]+$", rule.Kind);
        Assert.True(rule.English.Length > 0 && rule.Korean.Length > 0);
        Assert.True(rule.Pattern is null || rule.Needs != default, rule.Kind);
        Assert.All(rule.Headings.Concat(rule.OtherHeadings), word => Assert.DoesNotContain(word, c => char.IsUpper(c) || c == ' '));
    });

    private static IReadOnlyList<Finding> Findings(string heading, IEnumerable<string> cells) => Table((heading, [.. cells]));

    private static IReadOnlyList<Finding> Table(params (string Heading, string[] Cells)[] columns)
    {
        var table = new TableScan([.. columns.Select(column => column.Heading)], RuleSet.Default);
        for (var i = 0; i < columns.Length; i++)
        {
            foreach (var cell in columns[i].Cells) table.Columns[i].Text(Encoding.UTF8.GetBytes(cell));
        }

        return table.Findings();
    }

    private static string Resident(Random random, bool hasCheckDigit)
    {
        var day = new DateOnly(hasCheckDigit ? random.Next(1940, 2020) : random.Next(2021, 2026), random.Next(1, 13), random.Next(1, 29));
        var sex = day.Year < 2000 ? random.Next(1, 3) : random.Next(3, 5);
        var digits = string.Create(CultureInfo.InvariantCulture, $"{day:yyMMdd}{sex}{random.Next(100_000):00000}");
        int[] weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
        var check = (11 - digits.Select((digit, i) => (digit - '0') * weights[i]).Sum() % 11) % 10;
        return $"{digits[..6]}-{digits[6..]}{(hasCheckDigit ? check : random.Next(10))}";
    }

    private static string Corporate(Random random)
    {
        var digits = $"1101{random.Next(11, 15)}{random.Next(1_000_000):000000}";
        var check = (10 - digits.Select((digit, i) => (digit - '0') * (i % 2 + 1)).Sum() % 10) % 10;
        return $"{digits[..6]}-{digits[6..]}{check}";
    }
}
