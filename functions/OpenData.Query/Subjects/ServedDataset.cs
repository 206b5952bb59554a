using System.Globalization;
using OpenData.Catalog;
using OpenData.Catalog.Publication;
using OpenData.Catalog.Quality;
using OpenData.DuckDb;
using OpenData.Lake;
using OpenData.Query.Schema;

namespace OpenData.Query.Subjects;

/// <summary>A dataset, and the version of it that a question is put to.</summary>
public sealed class ServedDataset(DatasetEntry entry, DatasetVersion version, Visibility visibility)
    : QuerySubject($"{version.Version} {visibility.State} {visibility.Parts}", version.ProcessedAt)
{
    /// <summary>
    /// The two numbers of a point in one text: <c>37.5, 127.0</c>, <c>(37.5, 127.0)</c> or <c>SRID=4326;POINT (127.0 37.5)</c>.
    /// </summary>
    private const string BothNumbers = "([-+0-9.eE]+)[, ]+([-+0-9.eE]+)";

    private long _before;

    private readonly DataMeasures? _measures;

    /// <summary>
    /// A dataset as the catalogue's index has it and everybody may see it once it is there: its description, without the parts that its
    /// records lie in.
    /// </summary>
    public ServedDataset(CatalogRecord record)
        : this(record.Entry, record.Version, Visibility.Of(record.Entry, Viewer.Anybody, DateTimeOffset.MaxValue)) =>
        _measures = record.Measures;

    /// <summary>What the catalogue says.</summary>
    public DatasetEntry Entry { get; } = entry;

    /// <summary>The version's manifest.</summary>
    public DatasetVersion Version { get; } = version;

    /// <summary>What of it the viewer is shown for whom it was found.</summary>
    public Visibility Visibility { get; } = visibility;

    /// <summary>Whether the viewer may read its records, and what is computed of them.</summary>
    public bool ShowsRecords => Visibility.Allows(DatasetParts.Records);

    /// <summary>Whether the viewer may have the files as they were dropped.</summary>
    public bool ShowsOriginal => Visibility.Allows(DatasetParts.Original) && !Version.IsOriginalWithheld;

    /// <inheritdoc/>
    public override bool IsPublic => Visibility.Parts == Visibility.PublicParts;

    /// <inheritdoc/>
    public override long Rows => Version.Rows;

    /// <summary>When its data or what the agency says of it last changed.</summary>
    public DateTimeOffset DescribedAt => Entry.DescribedAt is { } described && described > LastModified ? described : LastModified;

    // One part of a version is another subject than the whole version.
    internal override string DataName => string.Create(
        CultureInfo.InvariantCulture, $"{Version.DatasetId}/{Version.Version}/{_before}/{Version.Parts.Count}");

    /// <inheritdoc/>
    public override bool HasField(string name) => Version.Fields.Any(field => field.Name == name);

    /// <summary>How good it is at a time.</summary>
    public QualityScore Quality(DateTimeOffset now) =>
        DatasetQuality.Of(Entry.Metadata, Version, _measures ?? DataMeasures.Of(Entry.Metadata, Version), now);

    /// <summary>Whether it has a field that is a point.</summary>
    public bool HasPoint => Version.Fields.Any(static one => one.Type == FieldType.GeoPoint);

    /// <summary>
    /// Reads a record's id, <c>{version}-{row}</c>: it names the same record for ever, whatever version is served by then.
    /// </summary>
    public static bool TryParseRecordId(string recordId, out string version, out long row)
    {
        var dash = recordId.LastIndexOf('-');
        version = dash > 0 ? recordId[..dash] : "";
        row = -1;
        return dash > 0 && DatasetId.IsName(version) && long.TryParse(recordId.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out row);
    }

    /// <summary>The part of this version that has a record, so that only that file is read.</summary>
    /// <param name="row">The record's number in the version, from 0.</param>
    /// <param name="within">Its number in the part.</param>
    public ServedDataset Single(long row, out long within)
    {
        within = row;
        foreach (var part in Version.Parts)
        {
            if (within < part.Rows) return new ServedDataset(Entry, Version with { Parts = [part] }, Visibility) { _before = row - within };
            within -= part.Rows;
        }

        throw new ArgumentOutOfRangeException(nameof(row), row, $"The version has {Rows} records.");
    }

    /// <inheritdoc/>
    public override void RequireRecords()
    {
        if (ShowsRecords) return;
        throw new NotVisibleException(Visibility.State, Visibility.State == PublicationState.Restricted
            ? $"The records of '{Entry.Id}' are restricted: they are read with a key that its agency granted. Its description says whom "
                + "to ask."
            : $"The records of '{Entry.Id}' are not public. Its description says whom to ask.");
    }

    /// <summary>Refuses a viewer who may not have the files as they were dropped.</summary>
    /// <exception cref="NotVisibleException">The viewer may not.</exception>
    public void RequireOriginal()
    {
        RequireRecords();
        if (!ShowsOriginal) throw new NotVisibleException(Visibility.State, $"The original of '{Entry.Id}' is not public.");
    }

    /// <summary>The version's files as a table.</summary>
    /// <param name="paths">The local path of each part.</param>
    internal QueryTable Table(IReadOnlyList<string> paths)
    {
        var types = Version.Fields.ToDictionary(field => field.Name, StringComparer.Ordinal);
        var fields = Version.Fields.Select(field => field.Type == FieldType.GeoPoint
            ? new QueryField(field.Name, field.Label, ValueKind.Point, "") { Latitude = Coordinate(field, latitude: true), Longitude = Coordinate(field, latitude: false) }
            : new QueryField(field.Name, field.Label, ValueKinds.Of(field.Type), Sql.Identifier(field.Name)) { Scale = field.Scale ?? 0 }).ToList();
        var recordId = $"concat({Sql.Literal(Version.Version + "-")}, {RowNumber()})";
        // A column of the agency's by that name is its own.
        if (!types.ContainsKey(QueryTable.RecordId)) fields.Add(new QueryField(QueryTable.RecordId, "Record id", ValueKind.Text, recordId) { Shown = false, IsFacet = false });

        // Appended decimals may be longer than those before, and DuckDB would hold them to the first part's digits.
        var union = paths.Count > 1 && Version.EarlierSources.Count > 0 && Version.Fields.Any(field => field.Type == FieldType.Decimal) ? ", union_by_name = true" : "";
        return new QueryTable($"read_parquet([{string.Join(", ", paths.Select(Sql.Literal))}]{union})", fields)
        {
            RecordPath = recordId,
            RowOrder = paths.Count == 1 ? "file_row_number" : "file_index, file_row_number",
            RecordMetas =
            [
                new QueryField("_timestamp", "Time of publication", ValueKind.Instant, $"TIMESTAMPTZ '{Version.ProcessedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff}Z'"),
                new QueryField("_size", "Bytes of the values as text", ValueKind.Int, Size()),
            ],
        };

        // One field with both numbers: its format says which is first.
        string Coordinate(Field point, bool latitude)
        {
            if (point.Latitude != point.Longitude) return Number(latitude ? point.Latitude! : point.Longitude!);
            var place = (point.Format is "longitude, latitude") == latitude ? 2 : 1;
            return $"TRY_CAST(regexp_extract({Sql.Identifier(point.Latitude!)}, '{BothNumbers}', {place}) AS DOUBLE)";
        }

        string Number(string name) => types[name].Type == FieldType.Double ? Sql.Identifier(name) : $"CAST({Sql.Identifier(name)} AS DOUBLE)";
    }

    private string Size() => string.Join(
        " + ", Version.Fields.Where(field => field.Type != FieldType.GeoPoint).Select(field => $"coalesce(strlen(CAST({Sql.Identifier(field.Name)} AS VARCHAR)), 0)").DefaultIfEmpty("0"));

    // DuckDB counts rows within a file and files within a list.
    private string RowNumber()
    {
        if (Version.Parts.Count == 1) return $"(file_row_number + {Sql.Literal(_before)})";
        var before = _before;
        var starts = new List<string>();
        foreach (var part in Version.Parts)
        {
            starts.Add(Sql.Literal(before));
            before += part.Rows;
        }

        return $"(file_row_number + [{string.Join(", ", starts)}][CAST(file_index AS BIGINT) + 1])";
    }
}
