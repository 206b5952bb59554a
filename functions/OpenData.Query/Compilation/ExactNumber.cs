using System.Globalization;
using System.Numerics;

namespace OpenData.Query.Compilation;

/// <summary>A decimal number of any size, without rounding: <c>Unscaled / 10^Scale</c>.</summary>
/// <param name="Unscaled">Its digits and sign.</param>
/// <param name="Scale">How many of its digits stand after the decimal point; at least 0.</param>
internal readonly record struct ExactNumber(BigInteger Unscaled, int Scale) : IComparable<ExactNumber>, IComparable
{
    private const int MaxDigits = 400; // a double has at most 309 before its point

    /// <summary>
    /// Reads digits, perhaps with a sign, a decimal point and an exponent; false for anything else or for more than 400 digits.
    /// </summary>
    public static bool TryParse(string text, out ExactNumber number)
    {
        number = default;
        text = text.Trim();
        if (text.Length is 0 or > MaxDigits) return false;
        var exponentAt = text.AsSpan().IndexOfAny('e', 'E');
        var mantissa = exponentAt < 0 ? text : text[..exponentAt];
        var exponent = 0;
        if (exponentAt >= 0
            && !int.TryParse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            return false;
        }

        if (Math.Abs((long)exponent) > MaxDigits) return false;
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var scale = point < 0 ? 0 : mantissa.Length - point - 1;
        var digits = point < 0 ? mantissa : mantissa.Remove(point, 1);
        if (!BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var unscaled)) return false;
        scale -= exponent;
        number = scale >= 0 ? new ExactNumber(unscaled, scale) : new ExactNumber(unscaled * BigInteger.Pow(10, -scale), 0);
        return true;
    }

    /// <summary>The largest number that is not above this one and has at most so many digits after its decimal point.</summary>
    public ExactNumber Floor(int scale)
    {
        if (Scale <= scale) return new ExactNumber(Unscaled * BigInteger.Pow(10, scale - Scale), scale);
        var quotient = BigInteger.DivRem(Unscaled, BigInteger.Pow(10, Scale - scale), out var rest);
        return new ExactNumber(rest.Sign < 0 ? quotient - 1 : quotient, scale);
    }

    /// <summary>The same number without zeros at the end of its fraction.</summary>
    public ExactNumber Trimmed()
    {
        var (unscaled, scale) = (Unscaled, Scale);
        while (scale > 0 && unscaled % 10 == 0) (unscaled, scale) = (unscaled / 10, scale - 1);
        return new ExactNumber(unscaled, scale);
    }

    /// <inheritdoc/>
    public int CompareTo(ExactNumber other)
    {
        var scale = Math.Max(Scale, other.Scale);
        return Floor(scale).Unscaled.CompareTo(other.Floor(scale).Unscaled);
    }

    int IComparable.CompareTo(object? obj) => CompareTo((ExactNumber)obj!);

    /// <summary>Its digits in plain notation, such as <c>-0.05</c>.</summary>
    public override string ToString()
    {
        var digits = BigInteger.Abs(Unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(Scale + 1, '0');
        var sign = Unscaled.Sign < 0 ? "-" : "";
        return Scale == 0 ? sign + digits : $"{sign}{digits[..^Scale]}.{digits[^Scale..]}";
    }
}
