using System.Text;
using OpenData.Ingest.Csv;
using OpenData.Ingest.Records;
using OpenData.Ingest.Tables;
using OpenData.Ingest.Text;
using OpenData.Tests.Ingest.Formats;

namespace OpenData.Tests.Ingest.Records;

/// <summary>Rows come by the hundreds or one by one, and are the same rows, from the same places, with the same problems.</summary>
[Trait("Category", "Unit")]
public sealed class RowBatchTests
{
    /// <summary>Rows among the plain ones that have to be judged, mended or left out; and some that only look so.</summary>
    private static readonly string[] Others =
        [
            "", ",,", "※ 출처: 소방청", "4,,", ",다,6", "번호,이름,값", "번호,다른,7", "8,\"그는 \"\"예\"\"라고\",9", "10,\"두\n줄\",11", "12,짧다", "13,길,14,15",
            "16,열린\"따옴표,17", "18,\"바로\"뒤,19"
        ];

    [Theory]
    [InlineData(1, "\n")]
    [InlineData(2, "\r\n")]
    [InlineData(3, "\n")]
    [InlineData(50, "\r\n")]
    [InlineData(1000, "\n")]
    public void They_are_the_same_rows(int rarity, string newline)
    {
        var random = new Random(rarity);
        var csv = new StringBuilder("번호,이름,값").Append(newline);
        for (var i = 0; csv.Length < 600_000; i++)
        {
            csv.Append(random.Next(rarity) == 0 ? Others[random.Next(Others.Length)] : $"{i},이름 {i % 100},{i * 7}").Append(newline);
        }

        var singly = Read(csv.ToString(), (rows, read) =>
        {
            while (rows.Read())
            {
                var cells = Enumerable.Range(0, 3).Select(i => rows.IsAbsent(i) ? "∅" : Encoding.UTF8.GetString(rows.Cell(i)));
                read.Add($"{rows.Line} {rows.ByteOffset}: {string.Join('|', cells)}");
            }
        });
        var together = Read(csv.ToString(), (rows, read) =>
        {
            var batch = new RowBatch(3);
            while (rows.Read(batch, mostRows: 300))
            {
                for (var row = 0; row < batch.Rows; row++)
                {
                    var (line, offset) = rows.PlaceOf(batch, row);
                    var cells = Enumerable.Range(0, 3)
                        .Select(i => batch.IsAbsent(batch.Place(row, i)) ? "∅" : Encoding.UTF8.GetString(batch.Cell(row, i)));
                    read.Add($"{line} {offset}: {string.Join('|', cells)}");
                }
            }
        });
        Assert.Equal(singly, together);
        Assert.True(singly.Count > 10_000);
    }

    private static List<string> Read(string csv, Action<TableRows, List<string>> read)
    {
        var problems = new ProblemLog();
        using var source = new CsvSource(
            MemoryContent.Of(csv), TextEncoding.Utf8, encodingGuessed: true, new Dialect(",", '"', '"'), width: 3);
        using var rows = new TableRows(source, TableDetection.Detect(source, 3), problems);
        var texts = new List<string>();
        read(rows, texts);
        texts.AddRange(problems.Kept.Select(problem => $"{problem.Code} {problem.Line} {problem.ByteOffset} {problem.RawValue}"));
        texts.Add($"{problems.Count} problems, {rows.LeftOut} left out");
        return texts;
    }
}
