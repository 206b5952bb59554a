using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpenData.DuckDb;
using OpenData.Query.Schema;

namespace OpenData.Query.Subjects;

/// <summary>
/// The catalogue at one moment, as a table of its own in DuckDB, so that it is queried by the same language as any dataset. The table
/// goes when the last one who reads it and the engine have let go of it.
/// </summary>
public sealed class CatalogSnapshot : QuerySubject
{
    /// <summary>
    /// How the catalogue's records are written: as everywhere, but with nulls, for the API says of each metadatum what it is or that it is
    /// not known.
    /// </summary>
    public static JsonSerializerOptions Json { get; } =
        new(OpenDataJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.Never, Converters = { new MomentConverter() } };

    // Name, template, type in DuckDB, kind, whether it is counted where nobody says which facets, and where it lies in a dataset's record.
    // What has no template is a part of the record, which select=* shows; the others lie in its metas.
    private static readonly (
        string Name, string? Template, string Sql, ValueKind Kind, bool Facet, Func<DatasetRecord, object?> Of)[] Fields =
    [
        ("dataset_id", null, "VARCHAR", ValueKind.Text, false, record => record.DatasetId),
        ("dataset_uid", null, "VARCHAR", ValueKind.Text, false, record => record.DatasetUid),
        ("attachments", null, "JSON", ValueKind.Json, false, record => record.Attachments),
        ("has_records", null, "BOOLEAN", ValueKind.Boolean, false, record => record.HasRecords),
        ("data_visible", null, "BOOLEAN", ValueKind.Boolean, false, record => record.DataVisible),
        ("features", null, "VARCHAR[]", ValueKind.TextList, true, record => record.Features),
        ("fields", null, "JSON", ValueKind.Json, false, record => record.Fields),
        ("metas", null, "JSON", ValueKind.Json, false, record => record.Metas),
        ("title", "default", "VARCHAR", ValueKind.Text, false, record => record.Metas.Default.Title),
        ("description", "default", "VARCHAR", ValueKind.Text, false, record => record.Metas.Default.Description),
        ("theme", "default", "VARCHAR[]", ValueKind.TextList, true, record => record.Metas.Default.Theme),
        ("keyword", "default", "VARCHAR[]", ValueKind.TextList, true, record => record.Metas.Default.Keyword),
        ("license", "default", "VARCHAR", ValueKind.Text, true, record => record.Metas.Default.License),
        ("license_url", "default", "VARCHAR", ValueKind.Text, false, record => record.Metas.Default.LicenseUrl),
        ("publisher", "default", "VARCHAR", ValueKind.Text, true, record => record.Metas.Default.Publisher),
        ("language", "default", "VARCHAR", ValueKind.Text, true, record => record.Metas.Default.Language),
        ("references", "default", "VARCHAR", ValueKind.Text, false, record => record.Metas.Default.References),
        ("modified", "default", "TIMESTAMPTZ", ValueKind.Instant, true, record => record.Metas.Default.Modified),
        ("data_processed", "default", "TIMESTAMPTZ", ValueKind.Instant, false, record => record.Metas.Default.DataProcessed),
        ("metadata_processed", "default", "TIMESTAMPTZ", ValueKind.Instant, false, record => record.Metas.Default.MetadataProcessed),
        ("records_count", "default", "BIGINT", ValueKind.Int, false, record => record.Metas.Default.RecordsCount),
        ("version", "default", "VARCHAR", ValueKind.Text, false, record => record.Metas.Default.Version),
        ("accrualperiodicity", "dcat", "VARCHAR", ValueKind.Text, true, record => record.Metas.Dcat.Accrualperiodicity),
        ("contact_name", "dcat", "VARCHAR", ValueKind.Text, false, record => record.Metas.Dcat.ContactName),
        ("issued", "dcat", "TIMESTAMPTZ", ValueKind.Instant, false, record => record.Metas.Dcat.Issued),
        ("score", "quality", "DOUBLE", ValueKind.Double, false, record => record.Metas.Quality.Score),
        ("metadata_rating", "quality", "VARCHAR", ValueKind.Text, true, record => record.Metas.Quality.MetadataRating),
        ("metadata_points", "quality", "DOUBLE", ValueKind.Double, false, record => record.Metas.Quality.MetadataPoints),
        ("findability", "quality", "DOUBLE", ValueKind.Double, false, record => record.Metas.Quality.Findability),
        ("accessibility", "quality", "DOUBLE", ValueKind.Double, false, record => record.Metas.Quality.Accessibility),
        ("interoperability", "quality", "DOUBLE", ValueKind.Double, false, record => record.Metas.Quality.Interoperability),
        ("reusability", "quality", "DOUBLE", ValueKind.Double, false, record => record.Metas.Quality.Reusability),
        ("contextuality", "quality", "DOUBLE", ValueKind.Double, false, record => record.Metas.Quality.Contextuality),
        ("data_points", "quality", "DOUBLE", ValueKind.Double, false, record => record.Metas.Quality.DataPoints),
        ("completeness", "quality", "DOUBLE", ValueKind.Double, false, record => record.Metas.Quality.Completeness),
        ("validity", "quality", "DOUBLE", ValueKind.Double, false, record => record.Metas.Quality.Validity),
        ("uniqueness", "quality", "DOUBLE", ValueKind.Double, false, record => record.Metas.Quality.Uniqueness),
        ("freshness", "quality", "DOUBLE", ValueKind.Double, false, record => record.Metas.Quality.Freshness),
    ];

    private static readonly string[] TextList = ["VARCHAR"];

    private readonly Database _duckDb;
    private readonly string _name;
    private readonly DateTimeOffset? _nextRelease;
    private int _holders = 1; // the engine

    private CatalogSnapshot(
        Database duckDb, string name, IReadOnlyList<ServedDataset> datasets, string fingerprint, DateTimeOffset lastModified,
        DateTimeOffset? nextRelease)
        : base(fingerprint, lastModified)
    {
        _nextRelease = nextRelease;
        _duckDb = duckDb;
        _name = name;
        Datasets = datasets;
    }

    /// <summary>The datasets, by agency and name.</summary>
    public IReadOnlyList<ServedDataset> Datasets { get; }

    /// <summary>
    /// When the data of a dataset, or what an agency says of one, last changed; how fresh they are changes with the day besides.
    /// </summary>
    public DateTimeOffset DescribedAt { get; private init; }

    internal override string DataName => _name;

    /// <inheritdoc/>
    public override bool IsPublic => true;

    /// <inheritdoc/>
    public override DateTimeOffset? ChangesAt => _nextRelease;

    /// <inheritdoc/>
    public override bool HasField(string name) => Fields.Any(field => field.Name == name);

    /// <inheritdoc/>
    public override long Rows => Datasets.Count;

    /// <summary>Makes the table, unless it would be the same as an earlier one.</summary>
    /// <param name="duckDb">Where to.</param>
    /// <param name="datasets">What there is.</param>
    /// <param name="earlier">The last one made, or null.</param>
    /// <param name="today">The day to judge freshness by, 00:00 UTC.</param>
    /// <param name="nextRelease">When the next embargo ends; null if there is none.</param>
    internal static CatalogSnapshot Create(
        Database duckDb, IReadOnlyList<ServedDataset> datasets, CatalogSnapshot? earlier, DateTimeOffset today, DateTimeOffset? nextRelease)
    {
        var records = datasets.Select(dataset => DatasetRecord.Of(dataset, today))
            .Select(record => Fields.ToDictionary(field => field.Name, field => field.Of(record), StringComparer.Ordinal));
        var json = JsonSerializer.Serialize(records, Json);
        // Harvesters are told more of the agency's words than the table holds.
        var words = JsonSerializer.Serialize(datasets.Select(dataset => dataset.Entry.Metadata), Json);
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json + words)), 0, 8);
        if (earlier?.Fingerprint == fingerprint && earlier.ChangesAt == nextRelease) return earlier;

        var name = $"catalog_{fingerprint}_{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        var shape = JsonSerializer.Serialize(
            new[]
            {
                Fields.ToDictionary(
                    field => field.Name, field => field.Sql == "VARCHAR[]" ? (object)TextList : field.Sql, StringComparer.Ordinal),
            });
        using var connection = duckDb.Connect();
        using var rows = connection.Stream(
            $"CREATE TABLE {Sql.Identifier(name)} AS SELECT unnest(from_json(CAST($1 AS VARCHAR), {Sql.Literal(shape)}), max_depth := 2)",
            [json],
            CancellationToken.None);
        var described = datasets.Select(dataset => dataset.DescribedAt).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max();
        return new CatalogSnapshot(duckDb, name, datasets, fingerprint, described > today ? described : today, nextRelease)
        {
            DescribedAt = described,
        };
    }

    /// <inheritdoc/>
    public override void RequireRecords()
    {
        // It has what everybody may see, and nothing else.
    }

    /// <summary>The table, held until the lease is let go of; null if it is gone already.</summary>
    internal OpenTable? TryOpen()
    {
        for (var holders = Volatile.Read(ref _holders); holders > 0; holders = Volatile.Read(ref _holders))
        {
            if (Interlocked.CompareExchange(ref _holders, holders + 1, holders) != holders) continue;
            var fields = Fields.Select(
                field => new QueryField(
                    field.Name,
                    field.Name,
                    field.Kind,
                    field.Kind == ValueKind.Json
                        ? $"CAST({Sql.Identifier(field.Name)} AS VARCHAR)"
                        : Sql.Identifier(field.Name))
                { Shown = field.Template is null, Template = field.Template, IsFacet = field.Facet });
            return new OpenTable(
                new QueryTable(Sql.Identifier(_name), [.. fields])
                {
                    RowOrder = "dataset_id",
                    RecordPath = "replace(url_encode(dataset_id), '%40', '@')",
                },
                new Lease(this));
        }

        return null;
    }

    /// <summary>Lets go of it.</summary>
    internal void Release()
    {
        if (Interlocked.Decrement(ref _holders) > 0) return;
        using var connection = _duckDb.Connect();
        connection.Execute($"DROP TABLE {Sql.Identifier(_name)}");
    }

    // Moments as records show them: without a fraction of a second or with six digits of it.
    private sealed class MomentConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(
                value.ToString(
                    value.Microsecond == 0 && value.Millisecond == 0 ? "yyyy-MM-dd'T'HH:mm:sszzz" : "yyyy-MM-dd'T'HH:mm:ss.ffffffzzz",
                    CultureInfo.InvariantCulture));
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
