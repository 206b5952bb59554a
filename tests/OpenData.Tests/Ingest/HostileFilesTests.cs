using System.IO.Compression;
using System.Text;
using CsCheck;
using OpenData.Catalog;
using OpenData.DuckDb;
using OpenData.Ingest;
using OpenData.Ingest.Formats;
using OpenData.Ingest.Text;
using OpenData.Ingest.Typing;
using OpenData.Lake;
using OpenData.Tests.Ingest.Formats;

namespace OpenData.Tests.Ingest;

/// <summary>
/// Files of every format, damaged at random: nothing crashes, nothing hangs, and nothing is lost in silence. How long each of them is tried
/// is in seconds in the variable <c>HOSTILE_SECONDS</c>, so that the same tests can run for a night.
/// </summary>
public sealed class HostileFilesTests
{
    private const int Rows = 40;

    private static readonly int Seconds =
        int.TryParse(Environment.GetEnvironmentVariable("HOSTILE_SECONDS"), out var seconds) ? seconds : 1;
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    private static readonly string[] Texts =
        ["utf-8.csv", "utf-8-bom.csv", "utf-16le.csv", "utf-16be.csv", "cp949.csv", "windows-1252.csv", "tsv"];
    private static readonly string[] ClosedFormats =
        [
        "json", "object.json", "csv.gz", "csv.zip", "csv.bz2", "csv.zst", "csv.tar.gz", "json.gz", "geojson", "xml", "html", "fods", "ods",
            "xlsx",
        "xlsx.zip", "xls", "parquet",
    ];

    public static TheoryData<string> Formats { get; } = [.. Texts, "ndjson", .. ClosedFormats];

    /// <summary>Delimited text, where each line counts.</summary>
    public static TheoryData<string> Delimited { get; } = [.. Texts];

    /// <summary>Formats that know where they end.</summary>
    public static TheoryData<string> Closed { get; } = [.. ClosedFormats];

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
        var cut = Gen.Select(places, Gen.Int[1, 200]).Select(
            (at, length) => (byte[])[.. file[..at], .. file[Math.Min(file.Length, at + length)..]]);
        var doubled = Gen.Select(places, Gen.Int[1, 200]).Select(
            (at, length) => (byte[])[.. file[..Math.Min(file.Length, at + length)], .. file[at..]]);

        Gen.OneOf(changed, cut, doubled).Sample(
            bytes =>
            {
                var result = Convert(bytes);
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
                var result = Convert(file[..length]);
                return result.Published ? result.Rows == Rows : result.ProblemCount > 0;
            },
            time: Seconds,
            threads: 1);
    }

    /// <summary>A line of a text is a row, or it is part of one that is reported, or it is left out and reported.</summary>
    [Theory]
    [MemberData(nameof(Delimited))]
    public void Each_line_of_a_damaged_text_is_published_or_reported(string format)
    {
        var file = File(format);
        var places = Gen.Int[0, file.Length - 1];
        var signs = Gen.Select(
            places, Gen.Int[0, 7].Select(i => (byte)"\",;\t\n\r' "[i])).Array[1, 4].Select(changes => Change(file, changes));
        var shortened = Gen.Int[file.Length / 4, file.Length - 1].Select(length => file[..length]);

        Gen.OneOf(signs, shortened).Sample(
            bytes =>
            {
                var result = Convert(bytes);
                return !result.Published || result.Rows == LinesOf(format, bytes) - 1
                    || result.ProblemCount > 0 || HasLineBreaksInCells(format, bytes);
            },
            time: Seconds,
            threads: 1);
    }

    [Fact]
    public void Each_line_of_damaged_ndjson_is_published_or_reported()
    {
        var file = File("ndjson");
        Gen.Select(Gen.Int[0, file.Length - 1], Gen.Byte).Array[1, 4].Select(changes => Change(file, changes)).Sample(
            bytes =>
            {
                var result = Convert(bytes);
                var lines = Encoding.UTF8.GetString(bytes).Split('\n').Count(line => line.Trim(' ', '\t', '\r').Length > 0);
                return result.Format is not "ndjson" || !result.Published
                    || result.Rows + result.Problems.Count(problem => problem.Code == "json-line-invalid") == lines;
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

    private static ConversionResult Convert(byte[] bytes) => Task.Run(() => ConvertAsync(bytes)).WaitAsync(Hang).GetAwaiter().GetResult();

    private static Task<ConversionResult> ConvertAsync(byte[] bytes) =>
        Conversion.RunAsync(
            new MemoryContent(bytes), new DatasetMetadata(), null, new MemoryParts(), ConversionOptions.Default, CancellationToken.None);

    private static int LinesOf(string format, byte[] bytes) =>
        Decoded(format, bytes).Split(["\r\n", "\r", "\n"], StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>Whether quotes reach over a line break as the rules allow, so that lines are no rows.</summary>
    private static bool HasLineBreaksInCells(string format, byte[] bytes) =>
        Decoded(format, bytes).Split(["\r\n", "\r", "\n"], StringSplitOptions.None).Any(
            line => line.Count(c => c == '"') % 2 != 0 || line.Count(c => c == '\'') % 2 != 0);

    private static string Decoded(string format, byte[] bytes) => EncodingOf(format).GetString(bytes).TrimStart('\uFEFF');

    private static Encoding EncodingOf(string format) =>
        format is "tsv" or "utf-8-bom.csv" ? Encoding.UTF8 : TextEncoding.Named(Path.GetFileNameWithoutExtension(format))!.Encoding;

    private static byte[] File(string format)
    {
        var western = format == "windows-1252.csv";
        var rows = Enumerable.Range(1, Rows)
            .Select(
                i => (Name: western ? $"Café {i}" : $"이름 {i}", Number: i * 37, Text: i % 3 != 0
                    ? western ? "Ångström" : "가나다"
                    : western ? "Ville, \\\"été\\\"" : "쉼표, \\\"따옴표\\\""))
            .ToList();
        var header = western ? new[] { "Prénom", "Numéro", "Texte" } : ["이름", "수", "글"];
        var separator = format == "tsv" ? '\t' : ',';
        var lines = rows.Select(row =>
        {
            var quoted = row.Text.Replace("\\\"", "\"\"", StringComparison.Ordinal);
            return $"{row.Name}{separator}{row.Number}{separator}\"{quoted}\"\n";
        });
        var csv = string.Join(separator, header) + "\n" + string.Concat(lines);
        var json = rows
            .Select(row => $"{{\"이름\":\"{row.Name}\",\"수\":{row.Number},\"글\":\"{row.Text}\",\"속\":{{\"a\":[1,null]}}}}")
            .ToList();
        return format switch
        {
            "utf-8-bom.csv" => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(csv)],
            "utf-16le.csv" => [0xFF, 0xFE, .. EncodingOf(format).GetBytes(csv)],
            "utf-16be.csv" => [0xFE, 0xFF, .. EncodingOf(format).GetBytes(csv)],
            "utf-8.csv" or "cp949.csv" or "windows-1252.csv" or "tsv" => EncodingOf(format).GetBytes(csv),
            "json" => Encoding.UTF8.GetBytes($"[{string.Join(",\n", json)}]"),
            "object.json" => Encoding.UTF8.GetBytes($"{{\"code\":\"00\",\"body\":{{\"items\":[{string.Join(',', json)}]}}}}"),
            "ndjson" => Encoding.UTF8.GetBytes(string.Join('\n', json)),
            "csv.gz" or "json.gz" => Gzip(File(format == "csv.gz" ? "utf-8.csv" : "json")),
            "csv.bz2" => Packed(File("utf-8.csv"), into => SharpCompress.Compressors.BZip2.BZip2Stream.Create(into,
                SharpCompress.Compressors.CompressionMode.Compress, false, true, false)),
            "csv.zst" => Packed(File("utf-8.csv"), into => new ZstdNet.CompressionStream(into)),
            "csv.tar.gz" => Gzip(Tar(File("utf-8.csv"))),
            "geojson" =>
                Encoding.UTF8.GetBytes("{\"type\":\"FeatureCollection\",\"features\":[" + string.Join(',', json.Select(Feature)) + "]}"),
            "xml" => Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?><r><items>" + string.Concat(rows.Select(row =>
                $"<item><이름>{row.Name}</이름><수>{row.Number}</수></item>")) + "</items></r>"),
            "html" => Encoding.UTF8.GetBytes("<html><table><tr><th>이름</th><th>수</th></tr>" + string.Concat(rows.Select(row =>
                $"<tr><td>{row.Name}</td><td>{row.Number}</td></tr>")) + "</table></html>"),
            "fods" => Encoding.UTF8.GetBytes(OpenDocument("document", rows.Select(row => (row.Name, row.Number)))),
            "ods" => Zip(
                ("mimetype", Encoding.UTF8.GetBytes("application/vnd.oasis.opendocument.spreadsheet")),
                ("content.xml", Encoding.UTF8.GetBytes(OpenDocument("document-content", rows.Select(row => (row.Name, row.Number)))))),
            "csv.zip" => Zip("자료.csv", File("cp949.csv")),
            "xlsx.zip" => Zip("자료.xlsx", File("xlsx")),
            "xlsx" => new XlsxFile { Styles = ["yyyy-mm-dd"], Texts = ["<t>이름</t>", "<t>수</t>", "<t>날</t>"] }
                .Sheet("s", "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c><c r='C1' t='s'><v>2</v></c></row>"
                    + string.Concat(rows.Select((row, i) =>
                    $"<row r='{i + 2}'><c r='A{i + 2}' t='inlineStr'><is><t>{row.Name}</t></is></c><c "
                    + $"r='B{i + 2}'><v>{row.Number}</v></c><c r='C{i + 2}' s='1'><v>{45000 + i}</v></c></row>")))
                .ToBytes(),
            "xls" => new XlsFile()
                .Sheet(
                    "s", [["이름", "수", "날"], .. rows.Select(row => (object?[])[row.Name, row.Number, new XlsFile.Day(45000 + row.Number)])])
                .ToBytes(),
            "parquet" => Parquet(),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no sample of it."),
        };
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Packed(byte[] bytes, Func<Stream, Stream> pack)
    {
        using var packed = new MemoryStream();
        using (var packing = pack(packed)) packing.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Tar(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var tar = new System.Formats.Tar.TarWriter(packed, leaveOpen: true))
        {
            var file = System.Formats.Tar.TarEntryType.RegularFile;
            tar.WriteEntry(new System.Formats.Tar.PaxTarEntry(file, "자료.csv") { DataStream = new MemoryStream(bytes) });
        }

        return packed.ToArray();
    }

    private static string Feature(string properties, int i) =>
        $"{{\"type\":\"Feature\",\"properties\":{properties},\"geometry\":{{\"type\":\"Point\",\"coordinates\":[127.{i},37.{i}]}}}}";

    private static string OpenDocument(string root, IEnumerable<(string Name, int Number)> rows)
    {
        const string names = "urn:oasis:names:tc:opendocument:xmlns";
        var cells = rows.Select(row => $"<t:table-row><t:table-cell><x:p>{row.Name}</x:p></t:table-cell>"
            + $"<t:table-cell o:value-type=\"float\" o:value=\"{row.Number}\"/></t:table-row>");
        return $"<?xml version=\"1.0\"?><o:{root} xmlns:o=\"{names}:office:1.0\" xmlns:t=\"{names}:table:1.0\" "
            + $"xmlns:x=\"{names}:text:1.0\">"
            + "<o:body><o:spreadsheet><t:table t:name=\"s\"><t:table-row><t:table-cell><x:p>이름</x:p></t:table-cell>"
            + $"<t:table-cell><x:p>수</x:p></t:table-cell></t:table-row>{string.Concat(cells)}</t:table>"
            + $"</o:spreadsheet></o:body></o:{root}>";
    }

    private static byte[] Zip(string name, byte[] bytes) => Zip((name, bytes));

    private static byte[] Zip(params (string Name, byte[] Bytes)[] entries)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create))
        {
            foreach (var (name, bytes) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return packed.ToArray();
    }

    private static byte[] Parquet()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var database = DuckDbFile.Open();
        using var connection = database.Connect();
        connection.Execute(
            $"COPY (SELECT i, '이름 ' || i AS name, [i, i + 1] AS list, DATE '2024-01-01' + i::INT AS day FROM range({Rows}) t(i)) TO "
            + $"{Sql.Literal(path)} (FORMAT parquet, COMPRESSION zstd)");
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
