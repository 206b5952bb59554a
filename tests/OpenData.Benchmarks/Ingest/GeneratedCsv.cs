using System.Globalization;
using System.Text;

namespace OpenData.Benchmarks.Ingest;

/// <summary>A large file as an agency might export it; the same for the same number of rows.</summary>
internal static class GeneratedCsv
{
    private static readonly string[] Regions =
        ["서울특별시 강남구", "서울특별시 송파구", "부산광역시 해운대구", "대구광역시 수성구", "인천광역시 연수구", "광주광역시 북구", "대전광역시 유성구", "울산광역시 남구",
        "세종특별자치시", "경기도 수원시", "경기도 성남시", "강원특별자치도 춘천시", "충청북도 청주시", "전라남도 여수시", "경상북도 포항시", "제주특별자치도 제주시"];
    private static readonly string[] Kinds = ["아파트", "오피스텔", "단독주택", "연립주택", "다세대", "상가", "토지"];
    private static readonly string[] Words =
        [
            "현장", "확인", "결과", "신고", "접수", "처리", "완료", "담당자", "연락", "요망", "도로", "주변", "시설", "점검", "필요", "주민", "민원", "재발", "방지", "조치", "예정",
            "특이사항", "없음", "관계기관", "통보"
        ];

    /// <summary>
    /// Writes the file: 12 columns of whole numbers, decimals, floating point numbers, dates, times, truth values, Hangul words and running
    /// text.
    /// </summary>
    public static void Write(string path, int rows)
    {
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 20);
        var random = new Random(20260305);
        var day = new DateTime(2019, 1, 1);
        writer.Write("일련번호,지역,유형,거래금액,면적,위도,측정값,계약일,등록시각,해제여부,건물번호,비고\n");
        var line = new StringBuilder();
        for (var i = 0; i < rows; i++)
        {
            line.Clear();
            line.Append(1_000_000 + i).Append(',')
                .Append(Regions[random.Next(Regions.Length)]).Append(',')
                .Append(random.Next(20) == 0 ? "" : Kinds[random.Next(Kinds.Length)]).Append(',')
                .Append(random.Next(5_000, 500_000)).Append(',')
                .Append((random.Next(2_000, 30_000) / 100m).ToString(CultureInfo.InvariantCulture)).Append(',')
                .Append((37 + random.Next(1_000_000) / 1_000_000m).ToString("F6", CultureInfo.InvariantCulture)).Append(',');
            if (random.Next(10) > 0) line.Append((random.NextDouble() * 1000).ToString("R", CultureInfo.InvariantCulture));

            var time = day.AddSeconds(i * 40L + random.Next(40));
            line.Append(',').Append(time.AddDays(-random.Next(30)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Append(',')
                .Append(time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)).Append(',')
                .Append(random.Next(50) == 0 ? "true" : "false").Append(',')
                .Append(CultureInfo.InvariantCulture, $"B{random.Next(100_000):D6}").Append(',');
            if (random.Next(4) > 0)
            {
                line.Append('"').Append(Words[random.Next(Words.Length)]).Append(' ').Append(Words[random.Next(Words.Length)]).Append(", ")
                    .Append(Words[random.Next(Words.Length)])
                    .Append(' ')
                    .Append(Words[random.Next(Words.Length)])
                    .Append(' ')
                    .Append(Words[random.Next(Words.Length)])
                    .Append(' ').Append(Words[random.Next(Words.Length)]).Append(" (").Append(random.Next(10_000)).Append(")\"");
            }

            line.Append('\n');
            writer.Write(line);
        }
    }
}
