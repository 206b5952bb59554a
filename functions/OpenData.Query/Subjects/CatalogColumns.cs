using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpenData.Catalog;
using OpenData.Catalog.Publication;
using OpenData.DuckDb;
using OpenData.Query.Schema;

namespace OpenData.Query.Subjects;

/// <summary>
/// The columns of the catalogue's index: what each is in a record, in the table and in a question. What depends on the day is computed when
/// it is asked for, from the columns <c>modified</c> and <c>allowed_days</c>.
/// </summary>
internal static class CatalogColumns
{
    /// <summary>The column that holds everything to search in: sections as <c>text_rank</c> reads them.</summary>
    public const string Search = "search_text";

    /// <summary>The column that holds the <see cref="CatalogRecord"/> as JSON.</summary>
    public const string Record = "stored_record";

    /// <summary>The column that holds the revision of the dataset's entry.</summary>
    public const string Revision = "revision";

    /// <summary>The column that holds the time from which a dataset is in the catalogue.</summary>
    public const string ListedFrom = "listed_from";

    private const string AllowedDays = "allowed_days";
    private const double Never = 1e9; // days

    private static readonly string[] TextList = ["VARCHAR"];

    // As a dataset's own description has them; what is not known of any dataset has no column.
    private static readonly string[] DefaultMembers =
    [
        "title", "description", "theme", "keyword", "license", "license_url", "language", "modified", "data_processed",
        "metadata_processed", "records_count", "publisher", "references", "attributions", "version",
    ];

    /// <summary>The fields that can be asked for.</summary>
    public static IReadOnlyList<CatalogColumn> All { get; } =
    [
        new("dataset_id", null, "VARCHAR", ValueKind.Text, false, record => record.DatasetId),
        new("dataset_uid", null, "VARCHAR", ValueKind.Text, false, record => record.DatasetUid),
        new("attachments", null, "JSON", ValueKind.Json, false, record => record.Attachments),
        new("has_records", null, "BOOLEAN", ValueKind.Boolean, false, record => record.HasRecords),
        new("data_visible", null, "BOOLEAN", ValueKind.Boolean, false, record => record.DataVisible),
        new("features", null, "VARCHAR[]", ValueKind.TextList, true, record => record.Features),
        new("fields", null, "JSON", ValueKind.Json, false, record => record.Fields),
        new("metas", null, "JSON", ValueKind.Json, false, null),
        new("title", "default", "VARCHAR", ValueKind.Text, false, record => record.Metas.Default.Title),
        new("description", "default", "VARCHAR", ValueKind.Text, false, record => record.Metas.Default.Description),
        new("theme", "default", "VARCHAR[]", ValueKind.TextList, true, record => record.Metas.Default.Theme),
        new("keyword", "default", "VARCHAR[]", ValueKind.TextList, true, record => record.Metas.Default.Keyword),
        new("license", "default", "VARCHAR", ValueKind.Text, true, record => record.Metas.Default.License),
        new("license_url", "default", "VARCHAR", ValueKind.Text, false, record => record.Metas.Default.LicenseUrl),
        new("publisher", "default", "VARCHAR", ValueKind.Text, true, record => record.Metas.Default.Publisher),
        new("language", "default", "VARCHAR", ValueKind.Text, true, record => record.Metas.Default.Language),
        new("references", "default", "VARCHAR", ValueKind.Text, false, record => record.Metas.Default.References),
        new("modified", "default", "TIMESTAMPTZ", ValueKind.Instant, true, record => record.Metas.Default.Modified),
        new("data_processed", "default", "TIMESTAMPTZ", ValueKind.Instant, false, record => record.Metas.Default.DataProcessed),
        new("metadata_processed", "default", "TIMESTAMPTZ", ValueKind.Instant, false, record => record.Metas.Default.MetadataProcessed),
        new("records_count", "default", "BIGINT", ValueKind.Int, false, record => record.Metas.Default.RecordsCount),
        new("version", "default", "VARCHAR", ValueKind.Text, false, record => record.Metas.Default.Version),
        new("accrualperiodicity", "dcat", "VARCHAR", ValueKind.Text, true, record => record.Metas.Dcat.Accrualperiodicity),
        new("contact_name", "dcat", "VARCHAR", ValueKind.Text, false, record => record.Metas.Dcat.ContactName),
        new("issued", "dcat", "TIMESTAMPTZ", ValueKind.Instant, false, record => record.Metas.Dcat.Issued),
        new("score", "quality", "DOUBLE", ValueKind.Double, false, null),
        new("metadata_rating", "quality", "VARCHAR", ValueKind.Text, true, record => record.Metas.Quality.MetadataRating),
        new("metadata_points", "quality", "DOUBLE", ValueKind.Double, false, record => record.Metas.Quality.MetadataPoints),
        new("findability", "quality", "DOUBLE", ValueKind.Double, false, record => record.Metas.Quality.Findability),
        new("accessibility", "quality", "DOUBLE", ValueKind.Double, false, record => record.Metas.Quality.Accessibility),
        new("interoperability", "quality", "DOUBLE", ValueKind.Double, false, record => record.Metas.Quality.Interoperability),
        new("reusability", "quality", "DOUBLE", ValueKind.Double, false, record => record.Metas.Quality.Reusability),
        new("contextuality", "quality", "DOUBLE", ValueKind.Double, false, record => record.Metas.Quality.Contextuality),
        new("data_points", "quality", "DOUBLE", ValueKind.Double, false, null),
        new("completeness", "quality", "DOUBLE", ValueKind.Double, false, record => record.Metas.Quality.Completeness),
        new("validity", "quality", "DOUBLE", ValueKind.Double, false, record => record.Metas.Quality.Validity),
        new("uniqueness", "quality", "DOUBLE", ValueKind.Double, false, record => record.Metas.Quality.Uniqueness),
        new("freshness", "quality", "DOUBLE", ValueKind.Double, false, null),
    ];

    /// <summary>The names and types of the table's columns, as <c>from_json</c> reads rows.</summary>
    public static string Shape { get; } = JsonSerializer.Serialize(new[] { Types() });

    /// <summary>The table's columns with their types, as <c>CREATE TABLE</c> reads them.</summary>
    public static string Definition { get; } = string.Join(
        ", ", Stored.Select(column => $"{Sql.Identifier(column.Name)} {(column.Type == "JSON" ? "VARCHAR" : column.Type)}"));

    /// <summary>Names the form of the table: another form, or other rules for what is in it, have another name.</summary>
    public static string Form { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Shape + "; rules 1")), 0, 8);

    /// <summary>The columns in which rows are read and written.</summary>
    public static string Names { get; } = string.Join(", ", Stored.Select(column => Sql.Identifier(column.Name)));

    private static IEnumerable<(string Name, string Type)> Stored =>
    [
        .. All.Where(column => column.Of is not null).Select(column => (column.Name, column.Type)),
        (Revision, "BIGINT"), (ListedFrom, "TIMESTAMPTZ"), (AllowedDays, "DOUBLE"), (Search, "VARCHAR"), (Record, "VARCHAR"),
    ];

    /// <summary>Whether a dataset is in everybody's catalogue, or will be once its time has come. What is not has no row.</summary>
    public static bool IsListed(DatasetEntry entry) =>
        Visibility.Of(entry, Viewer.Anybody, DateTimeOffset.MaxValue).Allows(DatasetParts.Listed);

    /// <summary>A dataset's row, as JSON of <see cref="Shape"/> has it.</summary>
    public static Dictionary<string, object?> Row(CatalogRecord record)
    {
        var dataset = new ServedDataset(record);
        var described = DatasetRecord.Of(dataset, DateTimeOffset.UnixEpoch);
        var row = All.Where(column => column.Of is not null)
            .ToDictionary(column => column.Name, column => column.Of!(described), StringComparer.Ordinal);
        row[Revision] = record.Entry.Revision;
        row[ListedFrom] = record.Entry.Access.ReleaseAt ?? DateTimeOffset.UnixEpoch;
        row[AllowedDays] = UpdateFrequency.Allowed(record.Entry.Metadata.UpdateFrequency) is { } days ? Math.Min(days, Never) : null;
        row[Search] = SearchText(record);
        row[Record] = JsonSerializer.Serialize(record, OpenDataJson.Options);
        return row;
    }

    /// <summary>The fields of a question, on a day.</summary>
    /// <param name="today">The day to judge freshness by, 00:00 UTC.</param>
    public static IReadOnlyList<QueryField> Fields(DateTimeOffset today)
    {
        var computed = Computed(today);
        return
        [
            .. All.Select(column => new QueryField(
                column.Name, column.Name, column.Kind, computed.GetValueOrDefault(column.Name) ?? Sql.Identifier(column.Name))
            {
                Shown = column.Template is null,
                Template = column.Template,
                IsFacet = column.IsFacet,
            }),
        ];
    }

    private static Dictionary<string, object> Types() => Stored.ToDictionary(
        column => column.Name, column => column.Type == "VARCHAR[]" ? (object)TextList : column.Type, StringComparer.Ordinal);

    // The same formulas as DataQuality's and QualityScore's.
    private static Dictionary<string, string> Computed(DateTimeOffset today)
    {
        var day = today.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var age = $"((epoch_us(TIMESTAMPTZ '{day} 00:00:00Z') - epoch_us(modified)) / 86400000000.0)";
        var share = $"CASE WHEN {AllowedDays} IS NULL THEN 0.0 WHEN {age} <= {AllowedDays} THEN 1.0 "
            + $"ELSE greatest(0.0, 1 - (({age} - {AllowedDays}) / (3 * {AllowedDays}))) END";
        var freshness = $"CAST(round_even(20 * {share}, 2) AS DOUBLE)";
        var points = $"(completeness + validity + uniqueness + {freshness})";
        var computed = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["freshness"] = freshness,
            ["data_points"] = $"round_even({points}, 2)",
            ["score"] = $"round_even(50 * ((metadata_points / 405) + ({points} / 100)), 1)",
        };
        computed["metas"] = Metas(computed);
        return computed;
    }

    private static string Metas(Dictionary<string, string> computed)
    {
        var templates = All.Where(column => column.Template is not null).GroupBy(column => column.Template).Select(template =>
        {
            var columns = template.ToDictionary(column => column.Name);
            var names = template.Key == "default" ? DefaultMembers : [.. columns.Keys];
            var members = names.Select(name => $"{Sql.Literal(name)}, {(columns.TryGetValue(name, out var one) ? Value(one) : "NULL")}");
            return $"{Sql.Literal(template.Key!)}, json_object({string.Join(", ", members)})";
        });
        return $"CAST(json_object({string.Join(", ", templates)}) AS VARCHAR)";

        string Value(CatalogColumn column)
        {
            var value = computed.GetValueOrDefault(column.Name) ?? Sql.Identifier(column.Name);
            return column.Kind switch
            {
                ValueKind.Instant => Moment(column.Name),
                // A whole number has no decimal point.
                ValueKind.Double => $"CASE WHEN {value} = trunc({value}) THEN to_json(CAST({value} AS BIGINT)) ELSE to_json({value}) END",
                _ => value,
            };
        }
    }

    // Moments as records show them: without a fraction of a second or with six digits of it.
    private static string Moment(string name)
    {
        var (time, digits) = ($"timezone('UTC', {Sql.Identifier(name)})", $"epoch_us({Sql.Identifier(name)}) % 1000000");
        return $"CASE WHEN {digits} = 0 THEN strftime({time}, '%Y-%m-%dT%H:%M:%S+00:00') "
            + $"ELSE strftime({time}, '%Y-%m-%dT%H:%M:%S.%f+00:00') END";
    }

    // By weight: title; keywords and themes; publisher and id; fields; description; whatever else may be looked for.
    private static string SearchText(CatalogRecord record)
    {
        var metadata = record.Entry.Metadata;
        var fields = record.Version.Fields.SelectMany(field => new[] { field.Label, field.Name, field.Description }).Distinct();
        IEnumerable<string?>[] sections =
        [
            [record.Entry.Title],
            metadata.Keyword.Concat(metadata.Theme),
            [record.Entry.Publisher, record.Entry.Id.ToString()],
            fields,
            [metadata.Description],
            [metadata.License, metadata.Contact, metadata.Spatial, record.Version.Source.Path],
        ];
        return string.Join('\u0001', sections.Select(
            section => UnicodeText.Nfc(string.Join('\n', section.OfType<string>())).Replace('\u0001', ' ').Replace('\0', ' ')));
    }
}
