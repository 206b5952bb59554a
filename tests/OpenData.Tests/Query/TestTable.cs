using System.Text;
using OpenData.DuckDb;
using OpenData.Query;
using OpenData.Query.Compilation;
using OpenData.Query.Formats;
using OpenData.Query.Schema;

namespace OpenData.Tests.Query;

/// <summary>A table with a field of every type, in a DuckDB instance locked as the product's is, and questions put to it.</summary>
internal static class TestTable
{
    /// <summary>The one folder that the instance may read and write.</summary>
    public static string Folder { get; } = Directory.CreateTempSubdirectory("opendata-table-").FullName;

    private static readonly DateTimeOffset Now = new(2021, 5, 6, 12, 34, 55, TimeSpan.Zero); // a Thursday

    private static readonly Lazy<Database> Instance = new(() =>
    {
        var database = QueryDatabase.Open(Folder, Path.Combine(Folder, "spill"), 512, 512, 2);
        using var connection = database.Connect();
        connection.Execute(
            """
            CREATE TABLE cities AS SELECT * FROM (VALUES
              (1, 'Seoul', '수도', 9411000, 605.2::DOUBLE, 12.50::DECIMAL(38, 2), true,
                DATE '2020-01-15', TIMESTAMP '2020-01-15 09:30:00', TIMESTAMPTZ '2020-01-15 00:30:00Z',
                37.5665::DOUBLE, 126.978::DOUBLE, ['a','b'], ['x','y','x'], '{"k":1}'),
              (2, 'Busan', '항구 도시', 3359000, 770.1, 3.25, false,
                DATE '2020-02-20', TIMESTAMP '2020-02-20 18:05:09', TIMESTAMPTZ '2020-02-20 09:05:09Z',
                35.1796, 129.0756, ['b'], ['x'], '[1, 2]'),
              (3, 'Café d''Été', 'éclair, "quoted"', 10, 0.5, 0.01, NULL,
                DATE '2021-05-06', TIMESTAMP '2021-05-06 00:00:00.250', TIMESTAMPTZ '2021-05-05 23:30:00Z',
                48.85, 2.35, [], NULL, 'null'),
              (4, 'New Seoul Park', 'the park of Seoul', 25, 1e16, -7.00, true,
                DATE '2019-12-31', TIMESTAMP '2019-12-31 23:59:59', TIMESTAMPTZ '2019-12-31 23:59:59Z',
                -33.8, 151.2, ['c'], [], '"x"'),
              (5, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
            ) t(id, name, note, population, area, price, capital, founded, opened, seen, lat, lon, tags, labels, extra)
            """);
        connection.Execute("CREATE TABLE secrets AS SELECT 'secret' AS secret");
        return database;
    });

    public static QueryTable Table { get; } = new("cities",
    [
        Field("id", ValueKind.Int), Field("name", ValueKind.Text), Field("note", ValueKind.Text), Field("population", ValueKind.Int),
        Field("area", ValueKind.Double), Field("price", ValueKind.Decimal) with { Scale = 2 }, Field("capital", ValueKind.Boolean),
        Field("founded", ValueKind.Date),
        Field("opened", ValueKind.DateTime), Field("seen", ValueKind.Instant), Field("lat", ValueKind.Double),
        Field("lon", ValueKind.Double),
        Field("tags", ValueKind.TextList), Field("labels", ValueKind.TextList), Field("extra", ValueKind.Json),
        new QueryField("place", "Place", ValueKind.Point, "") { Latitude = "\"lat\"", Longitude = "\"lon\"" },
    ]);

    /// <summary>The answer as a JSON array.</summary>
    public static string Ask(QueryRequest request) => Run(Planner.Rows(Table, request, Now));

    /// <summary>The ids, in order, of the records for which a condition holds.</summary>
    public static string Ids(string where, string timeZone = "UTC") =>
        Ask(new QueryRequest { Select = "id", Where = [where], TimeZone = timeZone })
            .Replace("{\"id\":", "", StringComparison.Ordinal)
            .Replace("}", "", StringComparison.Ordinal);

    /// <summary>The value of one expression for one record.</summary>
    public static string Value(string expression, int id = 1, string timeZone = "UTC", string language = "en")
    {
        var json = Ask(
            new QueryRequest { Select = $"{expression} as v", Where = [$"id = {id}"], TimeZone = timeZone, Language = language });
        return json["[{\"v\":".Length..^"}]".Length];
    }

    public static string Run(Statement statement)
    {
        using var connection = Instance.Value.Connect();
        using var rows = statement.Start(connection, CancellationToken.None);
        var json = new JsonRows(statement.Columns);
        var output = new Utf8Output();
        foreach (var chunk in rows.Chunks(CancellationToken.None))
        {
            for (var row = 0; row < chunk.Rows; row++)
            {
                if (output.Length > 0) output.Write(","u8);
                json.Write(output, chunk, row);
            }
        }

        return $"[{Encoding.UTF8.GetString(output.Written)}]";
    }

    public static Connection Connect() => Instance.Value.Connect();

    private static QueryField Field(string name, ValueKind kind) => new(name, name, kind, Sql.Identifier(name));
}
