using System.Globalization;

namespace OpenData.Ingest.Parquet;

/// <summary>Floating point numbers; never NaN.</summary>
internal sealed class DoubleColumn : FixedColumn<double, DoubleColumn.Kind>
{
    /// <inheritdoc/>
    public override PhysicalType Physical => PhysicalType.Double;

    /// <inheritdoc/>
    protected override string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    // The format asks for it: readers may compare zeros by their bits.
    protected override (byte[] Min, byte[] Max) Bytes(double min, double max) => base.Bytes(min == 0 ? -0.0 : min, max == 0 ? 0.0 : max);

    internal readonly struct Kind : IFixedKind<double>
    {
        public static (double Greatest, double Least) Unbounded => (double.PositiveInfinity, double.NegativeInfinity);

        // Not Math.Min, which looks for NaN.
        public static double Min(double one, double other) => other < one ? other : one;

        public static double Max(double one, double other) => other > one ? other : one;

        public static double Number(double value) => value;

        public static ulong Bits(double value) => BitConverter.DoubleToUInt64Bits(value);
    }
}
