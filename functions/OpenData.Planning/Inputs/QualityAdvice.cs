using OpenData.Catalog.Quality;
using OpenData.Demand;

namespace OpenData.Planning.Inputs;

/// <summary>What an agency can do for a dataset's missing points, as an instruction in both languages.</summary>
internal static class QualityAdvice
{
    private const int Most = 2;

    private static readonly Dictionary<string, BilingualText> Words = new(StringComparer.Ordinal)
    {
        ["completeness"] = new("빈 칸을 채우거나 항상 빈 항목을 빼기", "fill in empty cells, or leave out fields that are always empty"),
        ["validity"] = new("문제 보고서에 적힌 행 고치기", "mend the rows that the problem report names"),
        ["uniqueness"] = new("dataset.json에 키(ingest.key) 선언", "declare a key (ingest.key) in dataset.json"),
        ["freshness"] = new("갱신 주기(update_frequency)를 선언하고 그대로 갱신", "declare an update frequency and keep to it"),
        ["keyword"] = new("키워드 추가", "add keywords"),
        ["theme"] = new("주제 추가", "add a theme"),
        ["spatial"] = new("공간 범위 추가", "add the area it covers"),
        ["temporal"] = new("시간 범위 추가", "add the time it covers"),
        ["dcat_ap"] = new("제목과 설명 추가", "add a title and a description"),
        ["license"] = new("이용허락 표시", "add a licence"),
        ["license_in_vocabulary"] = new("알려진 이용허락 사용", "use a known licence"),
        ["access_rights"] = new("접근 권한 표시", "add access rights"),
        ["access_rights_in_vocabulary"] = new("접근 권한을 표준 낱말로 표시", "use a standard word for access rights"),
        ["contact"] = new("담당자 연락처 추가", "add a contact"),
        ["publisher"] = new("제공 기관 표시", "add the publisher"),
        ["rights"] = new("이용 조건 표시", "add the conditions of use"),
    };

    /// <summary>What would give the most points, of some measures; empty if nothing is missing that the agency can mend.</summary>
    public static BilingualText Of(IEnumerable<QualityMeasure> measures)
    {
        var missing = measures.Where(measure => measure.Missing is not null && Words.ContainsKey(measure.Name))
            .OrderByDescending(measure => measure.Weight - measure.Points).Take(Most).Select(measure => Words[measure.Name]).ToList();
        return new BilingualText(
            string.Join(", ", missing.Select(words => words.Ko)), string.Join(", ", missing.Select(words => words.En)));
    }
}
