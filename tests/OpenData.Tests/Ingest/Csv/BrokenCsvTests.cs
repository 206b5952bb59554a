using System.Text;
using OpenData.Lake;

namespace OpenData.Tests.Ingest.Csv;

public sealed class BrokenCsvTests
{
    /// <summary>Whatever is done to a file's bytes: no fault, and as many rows published or reported as there are.</summary>
    [Fact]
    public async Task No_broken_file_is_a_fault()
    {
        var random = new Random(7);
        var whole = Encoding.UTF8.GetBytes(
            "번호,지역,금액,비고\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},\"구 {i}, \"\"동\"\"\",{i * 10},비고 {i}\n")));
        for (var round = 0; round < 150; round++)
        {
            var bytes = whole[..random.Next(1, whole.Length)].ToArray();
            for (var change = random.Next(8); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)(random.Next(3) == 0 ? random.Next(256) : "\",\n\r;\\\0'"[random.Next(8)]);
            }

            using var converted = await Converted.OfAsync(bytes);
            Assert.NotEqual(converted.Result.Published, converted.Result.Problems.Any(problem => problem.Severity == Severity.Error));
            Assert.Equal(converted.Result.Rows, converted.Rows.Count);
        }
    }
}
