using OpenData.DuckDb;
using OpenData.Ingest.Formats;
using OpenData.Ingest.Records;

namespace OpenData.Tests.Ingest.Formats;

[Trait("Category", "Unit")]
public sealed class ParquetRecordSourceTests
{
    [Fact]
    public void Every_type_comes_through_whole()
    {
        var (rows, problems) = Records.Read(new ParquetRecordSource(new MemoryContent(Write("""
            SELECT 170141183460469231731687303715884105727::HUGEINT::VARCHAR AS big,
                   12345678901234567890123456789012345.678::DECIMAL(38, 3) AS dec,
                   0.1::DOUBLE AS d,
              true AS b, '한 글' AS s, '\xAA\xBB'::BLOB AS bytes, DATE '2024-01-05' AS day, TIMESTAMP '2024-01-05 10:30:00.123456' AS ts,
              TIMESTAMPTZ '2024-01-05 10:30:00+09' AS tz, TIMESTAMP_NS '2024-01-05 10:30:00.123456789' AS ns,
                   [1, 2] AS l, {'a': 1, 'b': ['x']} AS o, NULL::INT AS n
            """))));

        Assert.Equal(
            ["170141183460469231731687303715884105727|12345678901234567890123456789012345.678|0.1|true|한 "
                + "글|aabb|2024-01-05|2024-01-05T10:30:00.123456|"
                + """2024-01-05T01:30:00Z|2024-01-05T10:30:00.123456789|[1,2]|{"a":1,"b":["x"]}|∅"""],
            rows);
        Assert.Equal(("parquet-binary", "bytes"), Assert.Single(problems.Kept) is var only ? (only.Code, only.Column) : default);
    }

    [Fact]
    public void Rows_keep_their_order_over_row_groups()
    {
        var (rows, _) = Records.Read(
            new ParquetRecordSource(new MemoryContent(Write("SELECT i FROM range(10000) t(i)", "ROW_GROUP_SIZE 2048"))));

        Assert.Equal(Enumerable.Range(0, 10_000).Select(i => $"{i}"), rows);
    }

    [Fact]
    public void A_truncated_file_says_so()
    {
        var problem =
            Assert.Throws<UnreadableSourceException>(
                () => new ParquetRecordSource(new MemoryContent(Write("SELECT 1 AS a")[..40]))).Problem;

        Assert.Equal("parquet-broken", problem.Code);
        Assert.DoesNotContain(Path.GetTempPath(), problem.Message, StringComparison.Ordinal);
    }

    private static byte[] Write(string select, string options = "COMPRESSION zstd")
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using var database = DuckDbFile.Open();
            using var connection = database.Connect();
            connection.Execute($"COPY ({select}) TO {Sql.Literal(path)} (FORMAT parquet, {options})");
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
