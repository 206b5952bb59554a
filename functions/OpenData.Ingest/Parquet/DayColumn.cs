using System.Globalization;

namespace OpenData.Ingest.Parquet;

/// <summary>Days since 1970.</summary>
internal sealed class DayColumn : FixedColumn<int, DayColumn.Kind>
{
    /// <inheritdoc/>
    public override PhysicalType Physical => PhysicalType.Int32;

    /// <inheritdoc/>
    public override ParquetEncoding Encoding => ParquetEncoding.DeltaBinaryPacked;

    /// <inheritdoc/>
    public override void WriteValues(int from, int count, ByteBuffer output) => DeltaEncoding.Encode(Data.Slice(from, count), output);

    /// <inheritdoc/>
    protected override string Text(int value) => DateTime.UnixEpoch.AddDays(value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal readonly struct Kind : IFixedKind<int>
    {
        public static (int Greatest, int Least) Unbounded => (int.MaxValue, int.MinValue);

        public static int Min(int one, int other) => Math.Min(one, other);

        public static int Max(int one, int other) => Math.Max(one, other);

        public static double Number(int value) => 0;

        public static ulong Bits(int value) => (uint)value;
    }
}
