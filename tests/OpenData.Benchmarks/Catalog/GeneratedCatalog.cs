using System.Globalization;
using OpenData.Catalog;
using OpenData.Lake;

namespace OpenData.Benchmarks.Catalog;

/// <summary>
/// A nation's catalogue: datasets of 1,000 agencies with titles, descriptions, keywords and 5 to 60 fields put together from the words of
/// Korean administration. The same number is the same dataset.
/// </summary>
internal static class GeneratedCatalog
{
    public const int Agencies = 1_000;

    private static readonly string[] Places =
    [
        "서울특별시", "부산광역시", "대구광역시", "인천광역시", "광주광역시", "대전광역시", "울산광역시", "세종특별자치시", "경기도", "강원특별자치도",
        "충청북도", "충청남도", "전북특별자치도", "전라남도", "경상북도", "경상남도", "제주특별자치도", "수원시", "성남시", "창원시", "강남구", "해운대구",
    ];

    private static readonly string[] Subjects =
    [
        "대기오염 측정", "미세먼지 예보", "시내버스 노선", "지하철 승하차 인원", "공영 주차장", "교통사고 다발지역", "도로 굴착", "어린이집 정원",
        "유치원 급식", "초등학교 학급", "공공도서관 대출", "문화재 보수", "공연장 좌석", "관광지 방문객", "숙박업 인허가", "일반음식점 위생점검",
        "식품 회수", "약국 운영시간", "응급실 병상", "예방접종 실적", "감염병 발생", "상수도 수질", "하천 수위", "생활폐기물 배출", "재활용품 수거",
        "전력 사용량", "태양광 발전량", "농산물 도매가격", "축산물 이력", "수산물 위판", "산림 병해충", "기상 관측", "지진 대피소", "화재 발생",
        "구급 출동", "범죄 발생", "인구 이동", "출생 사망 신고", "사업체 종사자", "고용보험 가입", "수출입 통관", "지방세 부과", "체납 처분",
        "아파트 실거래가", "개별공시지가", "건축물대장", "토지 이용계획", "도시공원", "가로등 위치", "장애인 편의시설", "노인복지관 이용", "무더위 쉼터",
    ];

    private static readonly string[] Kinds = ["현황", "통계", "정보", "목록", "내역", "실적", "위치정보", "자료", "이력", "조사결과"];

    private static readonly string[] FieldWords =
    [
        "관리번호", "시도명", "시군구명", "읍면동", "도로명주소", "지번주소", "위도", "경도", "기준일자", "등록일자", "측정값", "단위", "건수", "금액",
        "인원", "면적", "구분", "종류", "상태", "담당부서", "전화번호", "비고", "시작일", "종료일", "설치연도", "수량", "비율", "등급", "기관명", "사업명",
        "업종", "품목", "규격", "용도", "구조", "층수", "정원", "현원", "운영시간", "휴무일", "요금", "노선번호", "정류장명", "측정소명", "농도", "수위",
    ];

    private static readonly string[] Frequencies = ["daily", "weekly", "monthly", "quarterly", "annual", "irregular"];

    /// <summary>One dataset's record.</summary>
    /// <param name="number">Which, from 0.</param>
    /// <param name="revision">How often it was published.</param>
    public static CatalogRecord Record(int number, int revision = 1)
    {
        var (entry, version) = Dataset(number, revision);
        return CatalogRecord.Of(entry with { Revision = revision }, version);
    }

    /// <summary>One dataset's entry and manifest.</summary>
    public static (DatasetEntry Entry, DatasetVersion Version) Dataset(int number, int revision)
    {
        var random = new Random(number);
        var id = DatasetId.Parse(string.Create(CultureInfo.InvariantCulture, $"dataset-{number:d6}@agency-{number % Agencies:d4}"));
        var (place, subject, kind) = (Pick(Places), Pick(Subjects), Pick(Kinds));
        var dropped = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(-5 * number).AddHours(revision);
        var path = $"{id.Agency}/{id.Dataset}/data.csv";
        var name = VersionName.Of(path, $"\"{revision}\"", dropped);
        var metadata = new DatasetMetadata
        {
            Title = $"{place} {subject} {kind}",
            Description = string.Join(' ', Enumerable.Range(0, random.Next(2, 7)).Select(
                _ => $"{Pick(Places)}에서 관리하는 {Pick(Subjects)} {Pick(Kinds)}으로 {Pick(FieldWords)}, {Pick(FieldWords)} 등을 제공합니다.")),
            Theme = [Pick(Subjects).Split(' ')[0]],
            Keyword = [.. subject.Split(' '), Pick(FieldWords), Pick(Subjects).Split(' ')[^1]],
            License = random.Next(5) == 0 ? "KOGL-4" : "KOGL-1",
            Publisher = $"{Places[number % Agencies % Places.Length]} 제{number % Agencies}부서",
            UpdateFrequency = Pick(Frequencies),
        };
        var labels = Enumerable.Range(0, random.Next(5, 61)).Select(_ => random.Next(3) == 0
            ? $"{Pick(Subjects).Split(' ')[0]} {Pick(FieldWords)}"
            : Pick(FieldWords)).Distinct().ToList();
        var version = new DatasetVersion
        {
            DatasetId = id.ToString(),
            Version = name,
            ProcessedAt = dropped.AddSeconds(20),
            Source = new SourceFile(path, $"\"{revision}\"", dropped, 10_000, new string('0', 64), path, "csv", "utf-8") { Rows = 100 },
            Fields = [.. labels.Select(label => new Field { Name = label.Replace(' ', '_'), Label = label, Type = FieldType.Text })],
            Parts = [new Part($"{id}/{name}/part-00000.parquet", "\"1\"", 5_000, 100, new string('0', 64))],
            Rows = 100,
            ProblemCount = 0,
            Problems = [],
        };
        var entry = new DatasetEntry
        {
            Id = id,
            Metadata = metadata,
            DescribedAt = dropped,
            Current = new CurrentVersion(name, dropped, version.ProcessedAt, version.Rows, 5_000),
        };
        return (entry, version);

        T Pick<T>(T[] from) => from[random.Next(from.Length)];
    }
}
