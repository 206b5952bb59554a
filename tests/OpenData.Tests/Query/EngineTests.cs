using static OpenData.Tests.Query.TestTable;

namespace OpenData.Tests.Query;

[Trait("Category", "Unit")]
public class EngineTests
{
    [Theory]
    [InlineData("TimeZone", "UTC")]
    [InlineData("Calendar", "gregorian")]
    [InlineData("parquet_metadata_cache", "true")]
    [InlineData("late_materialization_max_rows", "10000")]
    [InlineData("dynamic_or_filter_threshold", "100")]
    [InlineData("disabled_optimizers", "join_order")]
    [InlineData("threads", "2")]
    [InlineData("enable_external_access", "false")]
    [InlineData("lock_configuration", "true")]
    public void Every_connection_has_the_settings_of_the_instance(string setting, string value)
    {
        using var connection = Connect();
        using var rows = connection.Stream("SELECT value FROM duckdb_settings() WHERE name = $1", [setting], CancellationToken.None);
        using var chunk = rows.Next(CancellationToken.None)!;

        Assert.Equal(value, System.Text.Encoding.UTF8.GetString(chunk[0].Text(0)));
    }
}
