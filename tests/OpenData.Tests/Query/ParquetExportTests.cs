using DuckDB.NET.Data;
using OpenData.Query.Compilation;
using OpenData.Query.Exports;

namespace OpenData.Tests.Query;

/// <summary>Parquet exports through a named pipe, and through a file where the system has no named pipes.</summary>
public class ParquetExportTests
{
    /// <summary>The folder of this test alone, where the instance may write: other tests export to its parent at the same time.</summary>
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(TestTable.Folder, Path.GetRandomFileName())).FullName;

    private static readonly QueryRequest Request = new() { Select = "id, name, price, seen", OrderBy = "id" };

    [Fact]
    public async Task With_and_without_a_named_pipe_the_bytes_are_the_same_and_no_file_stays()
    {
        var piped = await ExportAsync(usesPipe: true);
        var copied = await ExportAsync(usesPipe: false);

        Assert.Equal(piped, copied);
        Assert.Equal(5L, Count(copied));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Without_a_named_pipe_a_failing_statement_leaves_no_file()
    {
        var statement = Planner.Rows(
            TestTable.Table, Request with { Select = "id / id as one, id * 9223372036854775807 as many" }, DateTimeOffset.UnixEpoch);
        using var export = Create(statement, usesPipe: false);

        await Assert.ThrowsAnyAsync<Exception>(() => export.WriteAsync(Stream.Null, CancellationToken.None));

        Assert.Empty(Directory.GetFiles(_folder));
    }

    private async Task<byte[]> ExportAsync(bool usesPipe)
    {
        using var export = Create(Planner.Rows(TestTable.Table, Request, DateTimeOffset.UnixEpoch), usesPipe);
        using var output = new MemoryStream();
        await export.WriteAsync(output, CancellationToken.None);
        Assert.Equal(5, export.Rows);
        return output.ToArray();
    }

    private ParquetExport Create(Statement statement, bool usesPipe) =>
        new(TestTable.Connect(), statement, new MemoryStream(), _folder, "zstd")
        {
            Footprint = statement.Footprint,
            UsesPipe = usesPipe,
        };

    private static long Count(byte[] parquet)
    {
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, parquet);
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var count = connection.CreateCommand();
        count.CommandText = $"SELECT count(*) FROM read_parquet('{path}')";
        var rows = (long)count.ExecuteScalar()!;
        File.Delete(path);
        return rows;
    }
}
