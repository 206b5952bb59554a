using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpenData.Query.Schema;

namespace OpenData.Query.Subjects;

/// <summary>
/// The catalogue at one moment, queried by the same language as any dataset. What is read may be newer than the moment at which it was
/// found, and never older.
/// </summary>
public sealed class CatalogSnapshot : QuerySubject
{
    private readonly DateTimeOffset _at;

    /// <param name="state">What the index said of itself.</param>
    /// <param name="at">When.</param>
    internal CatalogSnapshot(CatalogState state, DateTimeOffset at)
        : base(
            string.Create(CultureInfo.InvariantCulture, $"{state.Content:x16}{at.UtcDateTime:yyyyMMdd}"),
            state.DescribedAt > DayOf(at) ? state.DescribedAt : DayOf(at))
    {
        _at = at;
        (Rows, DescribedAt, ChangesAt) = (state.Rows, state.DescribedAt, state.NextListed);
        DataName = $"catalog/{Fingerprint}";
    }

    /// <summary>
    /// How the catalogue's records are written: as everywhere, but with nulls, for the API says of each metadatum what it is or that it is
    /// not known.
    /// </summary>
    public static JsonSerializerOptions Json { get; } =
        new(OpenDataJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.Never, Converters = { new MomentConverter() } };

    /// <summary>
    /// When the data of a dataset, or what an agency says of one, last changed; how fresh they are changes with the day besides.
    /// </summary>
    public DateTimeOffset DescribedAt { get; }

    internal override string DataName { get; }

    /// <summary>The day to judge freshness by, 00:00 UTC.</summary>
    internal DateTimeOffset Day => DayOf(_at);

    /// <inheritdoc/>
    public override bool IsPublic => true;

    /// <inheritdoc/>
    public override DateTimeOffset? ChangesAt { get; }

    /// <inheritdoc/>
    public override void RequireRecords()
    {
        // It has what everybody may see, and nothing else.
    }

    /// <inheritdoc/>
    public override bool HasField(string name) => CatalogColumns.All.Any(field => field.Name == name);

    /// <inheritdoc/>
    public override long Rows { get; }

    /// <summary>What of the index is in the catalogue, as a table.</summary>
    internal QueryTable Table() => new(
        $"(SELECT * FROM {CatalogTable.Name} "
        + $"WHERE {CatalogColumns.ListedFrom} <= TIMESTAMPTZ '{_at.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}Z')",
        CatalogColumns.Fields(Day))
    {
        RowOrder = "dataset_id",
        RecordPath = "replace(url_encode(dataset_id), '%40', '@')",
        SearchText = CatalogColumns.Search,
        // 2 for what changed today, 1 for what is half a year old.
        Recency = $"2 / (1 + greatest(0, epoch_us(TIMESTAMPTZ '{Day.UtcDateTime:yyyy-MM-dd} 00:00:00Z') - epoch_us(modified)) / 1.58e13)",
    };

    /// <summary>The day by which freshness is judged at a time: its 00:00 UTC.</summary>
    internal static DateTimeOffset DayOf(DateTimeOffset time) => new(time.UtcDateTime.Date, TimeSpan.Zero);

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
}
