using System.Data.Common;
using DuckDB.NET.Data;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace OpenData.Benchmarks.Query;

/// <summary>SQLite and PostgreSQL with the same rows as a Parquet file, and the indexes that their users would make.</summary>
internal static class RowStores
{
    private const string Columns = "id, at, region, category, person, amount, value, note, flag";

    private static readonly string[] Indexes =
    [
        "CREATE UNIQUE INDEX records_id ON records(id)", "CREATE INDEX records_at ON records(at)", "CREATE INDEX records_region ON "
            + "records(region)",
    ];

    public static SqliteConnection OpenSqlite(string parquet)
    {
        var file = Path.Combine(Path.GetDirectoryName(parquet)!, "records.sqlite");
        var sqlite = new SqliteConnection($"Data Source={file}");
        sqlite.Open();
        foreach (var pragma in new[]
        {
            "PRAGMA journal_mode = OFF",
            "PRAGMA synchronous = OFF",
            "PRAGMA cache_size = -500000",
            "PRAGMA mmap_size = 4000000000",
        })
        {
            Execute(sqlite, pragma);
        }

        Execute(
            sqlite,
            "CREATE TABLE records (id INTEGER, at TEXT, region TEXT, category TEXT, person INTEGER, amount REAL, value REAL, note TEXT, "
            + "flag INTEGER)");
        using (var transaction = sqlite.BeginTransaction())
        using (var insert = sqlite.CreateCommand())
        {
            insert.CommandText = $"INSERT INTO records ({Columns}) VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8)";
            var parameters = Enumerable.Range(0, 9).Select(i => insert.Parameters.Add(new SqliteParameter($"${i}", null))).ToArray();
            insert.Transaction = transaction;
            insert.Prepare();
            EachRow(parquet, row =>
            {
                for (var i = 0; i < 9; i++)
                {
                    parameters[i].Value = row.GetValue(i) switch
                    {
                        decimal amount => (double)amount,
                        DateTime at => at.ToString(
                        "yyyy-MM-dd HH:mm:ss", null),
                        var value => value
                    };
                }

                insert.ExecuteNonQuery();
            });
            transaction.Commit();
        }

        foreach (var index in Indexes.Append("ANALYZE")) Execute(sqlite, index);
        return sqlite;
    }

    public static NpgsqlConnection? OpenPostgres(string parquet)
    {
        if (Environment.GetEnvironmentVariable("POSTGRES") is not { Length: > 0 } connection) return null;
        var postgres = new NpgsqlConnection(connection);
        postgres.Open();
        Execute(postgres, "DROP TABLE IF EXISTS records");
        Execute(
            postgres,
            "CREATE TABLE records (id bigint, at timestamp, region text, category text, person bigint, amount numeric(18, 2), value "
            + "double precision, note text, flag boolean)");
        using (var writer = postgres.BeginBinaryImport($"COPY records ({Columns}) FROM STDIN (FORMAT BINARY)"))
        {
            NpgsqlDbType[] types =
            [
                NpgsqlDbType.Bigint, NpgsqlDbType.Timestamp, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Bigint,
                NpgsqlDbType.Numeric, NpgsqlDbType.Double, NpgsqlDbType.Text,
                NpgsqlDbType.Boolean,
            ];
            EachRow(parquet, row =>
            {
                writer.StartRow();
                for (var i = 0; i < 9; i++) writer.Write(row.GetValue(i), types[i]);
            });
            writer.Complete();
        }

        foreach (var index in Indexes.Append("VACUUM ANALYZE records")) Execute(postgres, index);
        return postgres;
    }

    /// <summary>Runs a question and reads all of its answer.</summary>
    public static long Read(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 600;
        using var reader = command.ExecuteReader();
        var rows = 0L;
        while (reader.Read())
        {
            for (var i = 0; i < reader.FieldCount; i++) reader.GetValue(i);
            rows++;
        }

        return rows;
    }

    private static void EachRow(string parquet, Action<DbDataReader> row)
    {
        using var duckDb = new DuckDBConnection("Data Source=:memory:");
        duckDb.Open();
        using var command = duckDb.CreateCommand();
        command.CommandText = $"SELECT * FROM read_parquet('{parquet}')";
        command.UseStreamingMode = true;
        using var reader = command.ExecuteReader();
        while (reader.Read()) row(reader);
    }

    private static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 600;
        command.ExecuteNonQuery();
    }
}
