using System.IO.Compression;
using System.Text.Json;
using DuckDB.NET.Data;
using OpenData.Query.Compilation;
using OpenData.Query.Exports;
using OpenData.Query.Formats;

namespace OpenData.Tests.Query;

/// <summary>
/// Every kind of value, in every clause that can show it, in several time zones and every format, read back by another reader.
/// </summary>
public class FormatMatrixTests
{
    private static readonly string[] Fields =
        ["id", "name", "population", "area", "price", "capital", "founded", "opened", "seen", "tags", "extra", "place"];

    private static readonly string[] Zones = ["UTC", "Asia/Seoul", "America/New_York", "Asia/Kathmandu"];

    public static TheoryData<string, string?, string> Questions => Generate();

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Every_format_has_the_same_rows_and_Parquet_has_plain_types(string select, string? groupBy, string zone)
    {
        var request = new QueryRequest { Select = select, GroupBy = groupBy, TimeZone = zone };
        var statement = Planner.Rows(TestTable.Table, request, DateTimeOffset.UnixEpoch);
        var json = Text(statement, RecordFormat.Json);
        var rows = JsonDocument.Parse(json).RootElement.GetArrayLength();

        Assert.Equal(rows, Text(statement, RecordFormat.Jsonl).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(rows, CountXlsxRows(Bytes(statement, RecordFormat.Xlsx)) - 1);
        Assert.Equal(rows, CountCsvRows(Text(statement, RecordFormat.Csv)) - 1);

        var columns = Planner.Rows(TestTable.Table, request, DateTimeOffset.UnixEpoch, ResultForm.Columns);
        using var output = new MemoryStream();
        using (var export = new ParquetExport(
            TestTable.Connect(), columns, new MemoryStream(), TestTable.Folder, "snappy")
        { Footprint = columns.Footprint })
        {
            await export.WriteAsync(output, CancellationToken.None);
        }

        var (count, types) = ReadParquet(output.ToArray());
        Assert.Equal(rows, count);
        Assert.DoesNotContain(
            types, type => type.StartsWith("STRUCT", StringComparison.Ordinal) && !type.Contains("xmin", StringComparison.Ordinal));
    }

    private static TheoryData<string, string?, string> Generate()
    {
        var questions = new TheoryData<string, string?, string>();
        foreach (var zone in Zones)
        {
            questions.Add("*", null, zone);
            foreach (var name in Fields)
            {
                questions.Add(name, null, zone);
                if (name is not ("place" or "extra")) questions.Add("count(*) as n", name, zone);
                if (name is not ("place" or "extra" or "tags" or "capital"))
                {
                    questions.Add($"min({name}) as low, max({name}) as high", null, zone);
                }
            }

            questions.Add("now() as t", null, zone);
            questions.Add("count(*) as n", "range(seen, 1 month) as r", zone);
            questions.Add("envelope(place) as e, bbox(place) as b", null, zone);
            questions.Add("count(*) as n", "geo_cluster(place, 3) as g", zone);
            questions.Add("date_format(seen, 'yyyy-MM-dd HH:mm E w') as d, year(seen) as y", null, zone);
        }

        return questions;
    }

    private static string Text(Statement statement, RecordFormat format) => System.Text.Encoding.UTF8.GetString(Bytes(statement, format));

    private static byte[] Bytes(Statement statement, RecordFormat format)
    {
        using var connection = TestTable.Connect();
        using var rows = statement.Start(connection, CancellationToken.None);
        var writer = RowWriter.Create(format, statement.Columns, new FormatOptions());
        var output = new Utf8Output();
        writer.Begin(output);
        var first = true;
        foreach (var chunk in rows.Chunks(CancellationToken.None))
        {
            writer.Rows(output, chunk, 0, chunk.Rows, first);
            first = false;
        }

        writer.End(output);
        return output.Written.ToArray();
    }

    private static int CountXlsxRows(byte[] workbook)
    {
        using var zip = new ZipArchive(new MemoryStream(workbook));
        using var sheet = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        return System.Text.RegularExpressions.Regex.Count(sheet.ReadToEnd(), "<row[ >]");
    }

    private static int CountCsvRows(string csv)
    {
        using var reader = Sylvan.Data.Csv.CsvDataReader.Create(
            new StringReader(csv.TrimStart('\uFEFF')), new Sylvan.Data.Csv.CsvDataReaderOptions { Delimiter = ';', HasHeaders = false });
        var rows = 0;
        while (reader.Read()) rows++;
        return rows;
    }

    private static (int Rows, string[] Types) ReadParquet(byte[] parquet)
    {
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, parquet);
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT column_type FROM (DESCRIBE FROM read_parquet('{path}'))";
        var types = new List<string>();
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read()) types.Add(reader.GetString(0));
        }

        command.CommandText = $"SELECT count(*) FROM read_parquet('{path}')";
        var rows = Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
        File.Delete(path);
        return (rows, [.. types]);
    }
}
