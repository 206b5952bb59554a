using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpenData.Query.Engine;
using OpenData.Query.Plan;

namespace OpenData.Query.Subjects;

/// <summary>
/// The catalogue at one moment, as a table of its own in DuckDB, so that it is queried by the same language as any dataset. The table
/// goes when the last one who reads it and the engine have let go of it.
/// </summary>
public sealed class CatalogSnapshot : QuerySubject
{
    /// <summary>How the catalogue's records are written: as everywhere, but with nulls, for the API says of each metadatum what it is or that it is not known.</summary>
    public static JsonSerializerOptions Json { get; } = new(OpenDataJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    // Name, type in DuckDB, kind, whether select=* shows it, and where it lies in a dataset's record.
    private static readonly (string Name, string Sql, ValueKind Kind, bool Shown, Func<DatasetRecord, object?> Of)[] Fields =
    [
        ("dataset_id", "VARCHAR", ValueKind.Text, true, record => record.DatasetId),
        ("dataset_uid", "VARCHAR", ValueKind.Text, true, record => record.DatasetUid),
        ("attachments", "JSON", ValueKind.Json, true, record => record.Attachments),
        ("has_records", "BOOLEAN", ValueKind.Boolean, true, record => record.HasRecords),
        ("data_visible", "BOOLEAN", ValueKind.Boolean, true, record => record.DataVisible),
        ("features", "VARCHAR[]", ValueKind.TextList, true, record => record.Features),
        ("fields", "JSON", ValueKind.Json, true, record => record.Fields),
        ("metas", "JSON", ValueKind.Json, true, record => record.Metas),
        ("title", "VARCHAR", ValueKind.Text, false, record => record.Metas.Default.Title),
        ("description", "VARCHAR", ValueKind.Text, false, record => record.Metas.Default.Description),
        ("theme", "VARCHAR[]", ValueKind.TextList, false, record => record.Metas.Default.Theme),
        ("keyword", "VARCHAR[]", ValueKind.TextList, false, record => record.Metas.Default.Keyword),
        ("license", "VARCHAR", ValueKind.Text, false, record => record.Metas.Default.License),
        ("publisher", "VARCHAR", ValueKind.Text, false, record => record.Metas.Default.Publisher),
        ("language", "VARCHAR", ValueKind.Text, false, record => record.Metas.Default.Language),
        ("references", "VARCHAR", ValueKind.Text, false, record => record.Metas.Default.References),
        ("modified", "TIMESTAMPTZ", ValueKind.Instant, false, record => record.Metas.Default.Modified),
        ("data_processed", "TIMESTAMPTZ", ValueKind.Instant, false, record => record.Metas.Default.DataProcessed),
        ("metadata_processed", "TIMESTAMPTZ", ValueKind.Instant, false, record => record.Metas.Default.MetadataProcessed),
        ("records_count", "BIGINT", ValueKind.Int, false, record => record.Metas.Default.RecordsCount),
        ("version", "VARCHAR", ValueKind.Text, false, record => record.Metas.Default.Version),
        ("accrualperiodicity", "VARCHAR", ValueKind.Text, false, record => record.Metas.Dcat.Accrualperiodicity),
    ];

    private static readonly string[] TextList = ["VARCHAR"];

    private readonly DuckDb _duckDb;
    private readonly string _name;
    private int _holders = 1; // the engine

    private CatalogSnapshot(DuckDb duckDb, string name, IReadOnlyList<ServedDataset> datasets, string fingerprint, DateTimeOffset lastModified)
        : base(fingerprint, lastModified)
    {
        _duckDb = duckDb;
        _name = name;
        Datasets = datasets;
    }

    /// <summary>The datasets, by agency and name.</summary>
    public IReadOnlyList<ServedDataset> Datasets { get; }

    /// <inheritdoc/>
    public override long Rows => Datasets.Count;

    /// <summary>Makes the table, unless it would be the same as an earlier one.</summary>
    internal static CatalogSnapshot Create(DuckDb duckDb, IReadOnlyList<ServedDataset> datasets, CatalogSnapshot? earlier)
    {
        var records = datasets.Select(dataset => DatasetRecord.Of(dataset.Entry, dataset.Version))
            .Select(record => Fields.ToDictionary(field => field.Name, field => field.Of(record), StringComparer.Ordinal));
        var json = JsonSerializer.Serialize(records, Json);
        // Harvesters are told more of the agency's words than the table holds.
        var words = JsonSerializer.Serialize(datasets.Select(dataset => dataset.Entry.Metadata), Json);
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json + words)), 0, 8);
        if (earlier?.Fingerprint == fingerprint) return earlier;

        var name = $"catalog_{fingerprint}_{Guid.NewGuid():n}";
        var shape = JsonSerializer.Serialize(new[] { Fields.ToDictionary(field => field.Name, field => field.Sql == "VARCHAR[]" ? (object)TextList : field.Sql, StringComparer.Ordinal) });
        using var connection = duckDb.Connect();
        using var rows = connection.Stream(
            $"CREATE TABLE {Sql.Name(name)} AS SELECT unnest(from_json(CAST($1 AS VARCHAR), {Sql.Text(shape)}), max_depth := 2)", [json], CancellationToken.None);
        var modified = datasets.Count == 0 ? DateTimeOffset.UnixEpoch : datasets.Max(dataset => dataset.LastModified);
        return new CatalogSnapshot(duckDb, name, datasets, fingerprint, modified);
    }

    /// <summary>The table, held until the lease is let go of; null if it is gone already.</summary>
    internal OpenTable? TryOpen()
    {
        for (var holders = Volatile.Read(ref _holders); holders > 0; holders = Volatile.Read(ref _holders))
        {
            if (Interlocked.CompareExchange(ref _holders, holders + 1, holders) != holders) continue;
            var fields = Fields.Select(field => new QueryField(field.Name, field.Name, field.Kind, Sql.Name(field.Name)) { Shown = field.Shown });
            return new OpenTable(new QueryTable(Sql.Name(_name), [.. fields]) { RowOrder = "dataset_id" }, new Lease(this));
        }

        return null;
    }

    /// <summary>Lets go of it.</summary>
    internal void Release()
    {
        if (Interlocked.Decrement(ref _holders) > 0) return;
        using var connection = _duckDb.Connect();
        connection.Execute($"DROP TABLE {Sql.Name(_name)}");
    }

    private sealed class Lease(CatalogSnapshot snapshot) : IDisposable
    {
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0) snapshot.Release();
        }
    }
}
