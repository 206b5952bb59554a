using System.Globalization;
using OpenData.Disclosure;
using OpenData.Lake;

namespace OpenData.Ingest.Parquet;

/// <summary>Whole numbers of 64 bits, and what is kept in them: decimals of at most 18 digits, microseconds since 1970.</summary>
internal sealed class LongColumn : FixedColumn<long, LongColumn.Kind>
{
    /// <inheritdoc/>
    public override PhysicalType Physical => PhysicalType.Int64;

    /// <inheritdoc/>
    public override ParquetEncoding Encoding => ParquetEncoding.DeltaBinaryPacked;

    /// <inheritdoc/>
    public override void WriteValues(int from, int count, ByteBuffer output) => DeltaEncoding.Encode(Data.Slice(from, count), output);

    /// <inheritdoc/>
    public override void AddTo(ColumnScan scan, bool hasDictionary)
    {
        if (Type != FieldType.Int || Values == 0 || Greatest < ColumnScan.LeastNumber)
        {
            scan.Skip(Values);
            return;
        }

        var data = Data;
        for (var i = 0; i < (hasDictionary ? Dictionary.Count : data.Length); i++)
        {
            if (hasDictionary) scan.Number(data[Dictionary.Firsts[i]], Dictionary.Counts[i]);
            else scan.Number(data[i]);
        }
    }

    /// <inheritdoc/>
    protected override string Text(long value) => Type switch
    {
        FieldType.Decimal => DecimalText.Of(value, Scale),
        FieldType.DateTime =>
            DateTime.UnixEpoch.AddMicroseconds(value).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        FieldType.Instant =>
            DateTime.UnixEpoch.AddMicroseconds(value).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    internal readonly struct Kind : IFixedKind<long>
    {
        public static (long Greatest, long Least) Unbounded => (long.MaxValue, long.MinValue);

        public static long Min(long one, long other) => Math.Min(one, other);

        public static long Max(long one, long other) => Math.Max(one, other);

        public static double Number(long value) => value;

        public static ulong Bits(long value) => (ulong)value;
    }
}
