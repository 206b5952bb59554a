namespace OpenData.Ingest.Typing;

/// <summary>
/// Reads the usual floating point number without the detour through a library's text: exact integers of 128 bits tell which double is
/// nearest to a decimal, and whether that decimal is the shortest and nearest that names it (Steele and White, 1990,
/// https://doi.org/10.1145/93542.93559).
/// </summary>
internal static class ShortestDouble
{
    /// <summary>
    /// Reads <paramref name="digits"/> / 10^<paramref name="fractionDigits"/>. False only means: not so usual (below 2^-11 or beyond 2^53,
    /// a power of two, a tie), or not the shortest text of its double.
    /// </summary>
    /// <param name="digits">At most 18 digits.</param>
    /// <param name="fractionDigits">0 to 18.</param>
    /// <param name="value">The double, if its shortest text has exactly these digits.</param>
    public static bool TryRead(long digits, int fractionDigits, out double value)
    {
        const int fractionBits = 52;
        const long implicitBit = 1L << fractionBits;

        var whole = Math.Abs(digits);
        var unit = PlainText.PowersOfTen[fractionDigits];
        value = (double)digits / unit;
        var bits = BitConverter.DoubleToInt64Bits(value);
        var shift = 1023 + fractionBits - (int)((bits >> fractionBits) & 0x7FF);
        var mantissa = (bits & (implicitBit - 1)) | implicitBit;
        if (shift is < 1 or > 63) return false;

        // The decimal minus the double, in units of 10^-fractionDigits x 2^-shift; one digit more or less is a step, one mantissa more or
        // less is a unit.
        var step = Int128.One << shift;
        var difference = whole * step - Math.BigMul(mantissa, unit);
        for (; 2 * difference > unit; difference -= unit) mantissa++;

        for (; 2 * difference < -unit; difference += unit) mantissa--;

        if (mantissa <= implicitBit || mantissa >= 2 * implicitBit) return false;

        // A decimal with one digit less on either side, within half a unit, would be shorter; one with as many, less than half a step away,
        // nearer.
        var last = whole % 10;
        if (2 * Int128.Abs(difference) >= Int128.Min(step, unit)
            || 2 * (last * step - difference) <= unit || 2 * ((10 - last) * step + difference) <= unit)
        {
            return false;
        }

        var sign = bits & long.MinValue;
        value = BitConverter.Int64BitsToDouble(
            sign | ((long)(1023 + fractionBits - shift) << fractionBits) | (mantissa & (implicitBit - 1)));
        return true;
    }
}
