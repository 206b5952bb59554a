using System.Globalization;
using System.Numerics;
using System.Text.Json;
using OpenData.Catalog;
using OpenData.DuckDb;

namespace OpenData.Query.Subjects;

/// <summary>
/// The table of the catalogue's index, in a DuckDB file of its own: compressed, read block by block, and deleted when it is let go of. One
/// writer at a time; every reader sees all of a change or nothing of it.
/// </summary>
internal sealed class CatalogTable : IDisposable
{
    /// <summary>What stands after FROM.</summary>
    public const string Name = "catalog.main.datasets";

    private const int RowGroup = 8192; // rows that one thread reads at once
    private const string Among = """dataset_id IN (SELECT unnest(from_json(CAST($1 AS VARCHAR), '["VARCHAR"]')))""";

    private readonly Database _duckDb;
    private readonly string _file;

    /// <summary>Makes an empty table.</summary>
    /// <param name="duckDb">The instance that will read it.</param>
    /// <param name="folder">The folder that the instance may write to.</param>
    public CatalogTable(Database duckDb, string folder)
    {
        _duckDb = duckDb;
        _file = Path.Combine(folder, $"catalog-{Path.GetRandomFileName()}.duckdb");
        using var connection = duckDb.Connect();
        connection.Execute(
            $"ATTACH {Sql.Literal(_file)} AS catalog (ROW_GROUP_SIZE {Sql.Literal(RowGroup)}, STORAGE_VERSION 'latest'); "
            + $"CREATE TABLE {Name} ({CatalogColumns.Definition})");
    }

    /// <summary>Replaces all rows by those of a Parquet file.</summary>
    public void Load(string file)
    {
        using var connection = _duckDb.Connect();
        connection.Execute(
            $"BEGIN; DELETE FROM {Name}; INSERT INTO {Name} SELECT {CatalogColumns.Names} FROM read_parquet({Sql.Literal(file)}); COMMIT");
    }

    /// <summary>Begins to replace all rows by others.</summary>
    public Replacement Replace() => new(this);

    /// <summary>Replaces the rows of some datasets.</summary>
    /// <param name="old">The datasets whose rows go.</param>
    /// <param name="records">What comes.</param>
    public void Change(IReadOnlyCollection<string> old, IReadOnlyCollection<CatalogRecord> records)
    {
        using var connection = _duckDb.Connect();
        connection.Execute("BEGIN");
        connection.Stream($"DELETE FROM {Name} WHERE {Among}", [JsonSerializer.Serialize(old)], CancellationToken.None).Dispose();
        Insert(connection, Rows(records));
        connection.Execute("COMMIT");
    }

    /// <summary>The revisions, versions and times of description of some datasets, or of all, by id.</summary>
    public Dictionary<string, (long Revision, string Version, DateTimeOffset? DescribedAt)> Known(IEnumerable<string>? ids = null)
    {
        var known = new Dictionary<string, (long, string, DateTimeOffset?)>(StringComparer.Ordinal);
        using var connection = _duckDb.Connect();
        using var rows = connection.Stream(
            $"SELECT dataset_id, revision, version, json_extract_string({CatalogColumns.Record}, '$.entry.described_at') FROM {Name}"
            + (ids is null ? "" : $" WHERE {Among}"),
            ids is null ? [] : [JsonSerializer.Serialize(ids)],
            CancellationToken.None);
        foreach (var chunk in rows.Chunks(CancellationToken.None))
        {
            for (var row = 0; row < chunk.Rows; row++)
            {
                var described = chunk[3].Value(row) is string text
                    ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture)
                    : (DateTimeOffset?)null;
                known[(string)chunk[0].Value(row)!] = (chunk[1].Long(row), (string)chunk[2].Value(row)!, described);
            }
        }

        return known;
    }

    /// <summary>What is in the catalogue at a time.</summary>
    public CatalogState State(DateTimeOffset now)
    {
        using var connection = _duckDb.Connect();
        var moment = $"TIMESTAMPTZ '{now.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}Z'";
        var row = connection.Query(
            "SELECT count(*) FILTER (listed), CAST(coalesce(bit_xor(content) FILTER (listed), 0) AS UBIGINT), "
            + $"max(metadata_processed) FILTER (listed), min({CatalogColumns.ListedFrom}) FILTER (NOT listed) "
            + $"FROM (SELECT *, {CatalogColumns.ListedFrom} <= {moment} AS listed, "
            + $"hash({CatalogColumns.Record}) AS content FROM {Name})").Rows[0];
        return new CatalogState(
            (long)row[0]!, (ulong)(BigInteger)row[1]!, Time(row[2]) ?? DateTimeOffset.UnixEpoch, Time(row[3]));

        static DateTimeOffset? Time(object? value) => value is DateTime utc ? new DateTimeOffset(utc, TimeSpan.Zero) : null;
    }

    /// <summary>A connection that sees the table as it is now, whatever is changed meanwhile.</summary>
    public Connection Freeze()
    {
        var connection = _duckDb.Connect();
        connection.Execute("BEGIN TRANSACTION READ ONLY");
        connection.Query($"SELECT count(*) FROM {Name}");
        return connection;
    }

    /// <summary>Writes all rows as a Parquet file, in no order: sorting them would take as much memory as all of them.</summary>
    /// <returns>How many there are.</returns>
    public static long Write(Connection connection, string file)
    {
        connection.Execute(
            $"COPY (SELECT {CatalogColumns.Names} FROM {Name}) TO {Sql.Literal(file)} "
            + $"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {Sql.Literal(RowGroup)})");
        return (long)connection.Query($"SELECT count(*) FROM {Name}").Rows[0][0]!;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        using (var connection = _duckDb.Connect()) connection.Execute("DETACH catalog");
        foreach (var file in new[] { _file, _file + ".wal" }) File.Delete(file);
    }

    private static List<Dictionary<string, object?>> Rows(IEnumerable<CatalogRecord> records) => [.. records.Select(CatalogColumns.Row)];

    private static void Insert(Connection connection, List<Dictionary<string, object?>> rows)
    {
        if (rows.Count == 0) return;
        connection.Stream(
            $"INSERT INTO {Name} SELECT * REPLACE (lower(strip_accents({CatalogColumns.Search})) AS {CatalogColumns.Search}) FROM "
            + $"(SELECT unnest(from_json(CAST($1 AS VARCHAR), {Sql.Literal(CatalogColumns.Shape)}), max_depth := 2))",
            [JsonSerializer.Serialize(rows, CatalogSnapshot.Json)],
            CancellationToken.None).Dispose();
    }

    /// <summary>All rows replaced by others, once it is complete; until then readers see those before.</summary>
    internal sealed class Replacement : IDisposable
    {
        private readonly Connection _connection;

        public Replacement(CatalogTable table)
        {
            _connection = table._duckDb.Connect();
            _connection.Execute($"BEGIN; DELETE FROM {Name}");
        }

        public void Add(IEnumerable<CatalogRecord> records) => Insert(_connection, Rows(records));

        public void Complete() => _connection.Execute("COMMIT");

        public void Dispose() => _connection.Dispose();
    }
}
