using System.Globalization;

namespace OpenData.Ingest.Parquet;

/// <summary>Decimals, written out.</summary>
internal static class DecimalText
{
    /// <summary>The text of a whole number of units of 10^-<paramref name="scale"/>.</summary>
    public static string Of(Int128 value, int scale)
    {
        var digits = Int128.Abs(value).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return (value < 0 ? "-" : "") + digits[..^scale] + (scale > 0 ? "." + digits[^scale..] : "");
    }
}
