using System.IO.Compression;
using System.Text;
using CsCheck;
using OpenData.Catalog;
using OpenData.Ingest;
using OpenData.Ingest.Formats;
using OpenData.Lake;
using OpenData.Tests.Ingest.Formats;

namespace OpenData.Tests.Ingest;

/// <summary>Files of every format, damaged at random: nothing crashes, nothing hangs, and nothing is lost in silence.</summary>
public sealed class HostileFilesTests
{
    private const int Rows = 40;
    private const int Seconds = 2;

    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    public static TheoryData<string> Formats { get; } = ["csv", "json", "object.json", "ndjson", "csv.gz", "csv.zip", "xlsx", "xls", "parquet"];

    /// <summary>Formats that know where they end.</summary>
    public static TheoryData<string> Closed { get; } = ["json", "object.json", "csv.gz", "csv.zip", "xlsx", "xls", "parquet"];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Whole_files_are_published_whole(string format)
    {
        var result = await ConvertAsync(File(format));

        Assert.True(result.Published, string.Join("\n", result.Problems));
        Assert.Equal(Rows, result.Rows);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Damaged_files_end_in_a_version_or_in_a_problem(string format)
    {
        var file = File(format);
        // Some bytes changed, a stretch cut out, or a stretch doubled.
        var places = Gen.Int[0, file.Length - 1];
        var changed = Gen.Select(places, Gen.Byte).Array[1, 6].Select(changes => Change(file, changes));
        var cut = Gen.Select(places, Gen.Int[1, 200]).Select((at, length) => (byte[])[.. file[..at], .. file[Math.Min(file.Length, at + length)..]]);
        var doubled = Gen.Select(places, Gen.Int[1, 200]).Select((at, length) => (byte[])[.. file[..Math.Min(file.Length, at + length)], .. file[at..]]);

        Gen.OneOf(changed, cut, doubled).Sample(
            bytes =>
            {
                var result = Task.Run(() => ConvertAsync(bytes)).WaitAsync(Hang).GetAwaiter().GetResult();
                return result.Published
                    ? result.Rows > 0 && result.PartRows.Sum() == result.Rows && result.Fields.Count > 0
                    : result.ProblemCount > 0 && result.Problems.Any(problem => problem.Severity == Severity.Error);
            },
            time: Seconds,
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(Closed))]
    public void Files_that_were_cut_off_lose_nothing_in_silence(string format)
    {
        var file = File(format);
        Gen.Int[0, file.Length - 1].Sample(
            length =>
            {
                var result = Task.Run(() => ConvertAsync(file[..length])).WaitAsync(Hang).GetAwaiter().GetResult();
                return result.Published ? result.Rows == Rows : result.ProblemCount > 0;
            },
            time: Seconds,
            threads: 1);
    }

    private static byte[] Change(byte[] file, (int At, byte To)[] changes)
    {
        var changed = file.ToArray();
        foreach (var (at, to) in changes) changed[at] = to;
        return changed;
    }

    private static Task<ConversionResult> ConvertAsync(byte[] bytes) =>
        Conversion.RunAsync(new MemoryContent(bytes), new DatasetMetadata(), null, new MemoryParts(), ConversionOptions.Default, CancellationToken.None);

    private static byte[] File(string format)
    {
        var rows = Enumerable.Range(1, Rows).Select(i => (Name: $"이름 {i}", Number: i * 37, Text: i % 3 == 0 ? "쉼표, \\\"따옴표" : "가나다")).ToList();
        var csv = Encoding.UTF8.GetBytes("이름,수,글\n" + string.Concat(rows.Select(row => $"{row.Name},{row.Number},\"{row.Text.Replace("\\\"", "\"\"", StringComparison.Ordinal)}\"\n")));
        var json = rows.Select(row => $"{{\"이름\":\"{row.Name}\",\"수\":{row.Number},\"글\":\"{row.Text}\",\"속\":{{\"a\":[1,null]}}}}").ToList();
        return format switch
        {
            "csv" => csv,
            "json" => Encoding.UTF8.GetBytes($"[{string.Join(",\n", json)}]"),
            "object.json" => Encoding.UTF8.GetBytes($"{{\"code\":\"00\",\"body\":{{\"items\":[{string.Join(',', json)}]}}}}"),
            "ndjson" => Encoding.UTF8.GetBytes(string.Join('\n', json)),
            "csv.gz" => Pack(packed => new GZipStream(packed, CompressionLevel.Fastest), csv),
            "csv.zip" => Zip(csv),
            "xlsx" => new XlsxFile { Styles = ["yyyy-mm-dd"], Texts = ["<t>이름</t>", "<t>수</t>", "<t>날</t>"] }
                .Sheet("s", "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c><c r='C1' t='s'><v>2</v></c></row>" + string.Concat(rows.Select((row, i) =>
                    $"<row r='{i + 2}'><c r='A{i + 2}' t='inlineStr'><is><t>{row.Name}</t></is></c><c r='B{i + 2}'><v>{row.Number}</v></c><c r='C{i + 2}' s='1'><v>{45000 + i}</v></c></row>"))).ToBytes(),
            "xls" => new XlsFile().Sheet("s", [["이름", "수", "날"], .. rows.Select(row => (object?[])[row.Name, row.Number, new XlsFile.Day(45000 + row.Number)])]).ToBytes(),
            "parquet" => Parquet(),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no sample of it."),
        };
    }

    private static byte[] Pack(Func<Stream, Stream> packing, byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = packing(packed)) stream.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Zip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create))
        {
            using var entry = zip.CreateEntry("자료.csv").Open();
            entry.Write(bytes);
        }

        return packed.ToArray();
    }

    private static byte[] Parquet()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var duckdb = DuckDbFile.Open();
        using var copy = duckdb.CreateCommand();
        copy.CommandText = $"COPY (SELECT i, '이름 ' || i AS name, [i, i + 1] AS list, DATE '2024-01-01' + i::INT AS day FROM range({Rows}) t(i)) TO {DuckDbFile.Literal(path)} (FORMAT parquet, COMPRESSION zstd)";
        copy.ExecuteNonQuery();
        var bytes = System.IO.File.ReadAllBytes(path);
        System.IO.File.Delete(path);
        return bytes;
    }

    private sealed class MemoryParts : IPartSink
    {
        public Task<Stream> CreateAsync(int index, CancellationToken cancellation) => Task.FromResult<Stream>(new MemoryStream());

        public Task DiscardAllAsync(CancellationToken cancellation) => Task.CompletedTask;
    }
}
