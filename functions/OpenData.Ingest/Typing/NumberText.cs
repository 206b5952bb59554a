using System.Buffers.Text;

namespace OpenData.Ingest.Typing;

/// <summary>
/// A number as it was written. <c>1234.50</c> has digits 123450, four before the point and two after it.
/// </summary>
/// <remarks>
/// Only what can be written back is a number: no leading zeros (they are codes), no plus sign, no more than 38 digits.
/// Documented equals: <c>.5</c> for 0.5, a thousands comma or none, a currency sign or a unit that the whole column shares.
/// </remarks>
internal struct NumberText
{
    /// <summary>What may stand before a number, and what may stand after it; the first of each stands for nothing.</summary>
    public static readonly string[] Prefixes = ["", "₩", "￦", "$", "€", "£", "¥"];

    /// <inheritdoc cref="Prefixes"/>
    public static readonly string[] Suffixes =
        ["", "백만원", "천원", "만원", "억원", "원", "%", "개소", "명", "개", "건", "대", "가구", "세대", "톤", "㎡", "㎥", "km", "kg", "℃"];

    /// <summary>More digits than the widest decimal holds.</summary>
    private const int MostDigits = 38;

    private static readonly byte[][] PrefixBytes = [.. Prefixes.Select(System.Text.Encoding.UTF8.GetBytes)];
    private static readonly byte[][] SuffixBytes = [.. Suffixes.Select(System.Text.Encoding.UTF8.GetBytes)];

    /// <summary>All digits, read as one whole number.</summary>
    public UInt128 Digits;

    /// <summary>Digits before the point, a lone zero not counted.</summary>
    public int IntegerDigits;

    /// <summary>Digits after the point.</summary>
    public int FractionDigits;

    public bool Negative;

    /// <summary>Written with a plus sign.</summary>
    public bool HasPlus;

    /// <summary>Written with <c>△</c>, the minus sign of Korean budgets, or with the minus sign of typography.</summary>
    public bool HasSign;

    /// <summary>Written with thousands commas.</summary>
    public bool Grouped;

    /// <summary>Written with a power of ten.</summary>
    public bool HasExponent;

    /// <summary>Index into <see cref="Prefixes"/> and <see cref="Suffixes"/>.</summary>
    public byte Prefix, Suffix;

    /// <summary>True for a zero with a minus sign, which only a floating point number can hold.</summary>
    public readonly bool IsNegativeZero => Negative && Digits == 0;

    /// <summary>Reads a number that takes up the whole text.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out NumberText number)
    {
        number = default;
        if (text.IsEmpty || text.Length > 64) return false;

        if (text[0] == '-')
        {
            number.Negative = true;
            text = text[1..];
        }
        else if (text[0] == '+')
        {
            number.HasPlus = true;
            text = text[1..];
        }
        else if (text[0] == 0xE2 && (text.StartsWith("△"u8) || text.StartsWith("−"u8)))
        {
            (number.Negative, number.HasSign) = (true, true);
            text = text[3..];
            if (!text.IsEmpty && text[0] == ' ') text = text[1..];
        }

        if (!text.IsEmpty && !IsDigit(text[0]) && text[0] != '.')
        {
            number.Prefix = Affix(text, PrefixBytes, atEnd: false);
            if (number.Prefix == 0) return false;

            text = text[PrefixBytes[number.Prefix].Length..];
            if (!number.Negative && !text.IsEmpty && text[0] == '-')
            {
                // "₩-1,234" and "-₩1,234" could not both be written back.
                return false;
            }
        }

        if (!text.IsEmpty && !IsDigit(text[^1]))
        {
            number.Suffix = Affix(text, SuffixBytes, atEnd: true);
            if (number.Suffix == 0) return false;

            text = text[..^SuffixBytes[number.Suffix].Length].TrimEnd((byte)' ');
        }

        return number.ReadDigits(text);
    }

    /// <summary>The number as a whole number of units of 10^-<paramref name="scale"/>; false if that takes more than 38 digits.</summary>
    public readonly bool TryScale(int scale, out Int128 value)
    {
        value = 0;
        var factor = scale - FractionDigits;
        if (factor < 0 || IntegerDigits + scale > MostDigits) return false;

        var digits = Digits;
        for (; factor > 0; factor--) digits *= 10;

        value = Negative ? -(Int128)digits : (Int128)digits;
        return true;
    }

    /// <summary>
    /// Reads a floating point number, if it has the very digits that were written: the shortest text that names the same number
    /// has the same digits and the same power of ten.
    /// </summary>
    public static bool TryReadDouble(ReadOnlySpan<byte> text, in NumberText number, out double value)
    {
        if (!Utf8Parser.TryParse(text, out value, out var used) || used != text.Length || !double.IsFinite(value)) return false;

        // Fifteen digits always survive; with more, ask.
        if (!number.HasExponent && number.IntegerDigits + number.FractionDigits <= 15) return true;

        Span<byte> back = stackalloc byte[64];
        return value.TryFormat(back, out var written, default, System.Globalization.CultureInfo.InvariantCulture)
            && Significant(text) == Significant(back[..written]);
    }

    /// <summary>The digits without leading and trailing zeros, and the power of ten of the first.</summary>
    private static (UInt128 Digits, int Magnitude) Significant(ReadOnlySpan<byte> text)
    {
        UInt128 digits = 0;
        int magnitude = 0, zeros = 0, exponent = 0;
        bool afterPoint = false, started = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '.')
            {
                afterPoint = true;
                continue;
            }

            if ((c | 0x20) == 'e')
            {
                var sign = text[i + 1] == '+' ? 2 : 1;
                _ = Utf8Parser.TryParse(text[(i + sign)..], out exponent, out _);
                break;
            }

            if (!IsDigit(c)) continue;

            if (c != '0')
            {
                for (; zeros > 0 && started; zeros--) digits *= 10;

                zeros = 0;
                started = true;
                digits = digits * 10 + (uint)(c - '0');
            }
            else if (started)
            {
                zeros++;
            }

            if (started && !afterPoint) magnitude++;
            else if (!started && afterPoint) magnitude--;
        }

        return digits == 0 ? (0, 0) : (digits, magnitude + exponent);
    }

    private bool ReadDigits(ReadOnlySpan<byte> text)
    {
        var i = 0;
        while (i < text.Length && (IsDigit(text[i]) || text[i] == ',')) i++;

        var whole = text[..i];
        if (!ReadWhole(whole)) return false;

        if (i < text.Length && text[i] == '.')
        {
            var start = ++i;
            for (; i < text.Length && IsDigit(text[i]); i++)
            {
                if (++FractionDigits + IntegerDigits > MostDigits) return false;

                Digits = Digits * 10 + (uint)(text[i] - '0');
            }

            if (i == start) return false;
        }
        else if (whole.IsEmpty)
        {
            return false;
        }

        if (i == text.Length) return true;

        return (text[i] | 0x20) == 'e' && !Grouped && !whole.IsEmpty && ReadExponent(text[(i + 1)..]);
    }

    private bool ReadWhole(ReadOnlySpan<byte> whole)
    {
        if (whole.Length > 1 && whole[0] == '0' || !whole.IsEmpty && whole[0] == ',') return false;

        var sinceComma = -1;
        foreach (var c in whole)
        {
            if (c == ',')
            {
                if (sinceComma is not (-1 or 3) || sinceComma == -1 && IntegerDigits > 3) return false;

                sinceComma = 0;
                Grouped = true;
                continue;
            }

            if (sinceComma >= 0) sinceComma++;

            if (c != '0' || IntegerDigits > 0) IntegerDigits++;

            if (IntegerDigits > MostDigits) return false;

            Digits = Digits * 10 + (uint)(c - '0');
        }

        return sinceComma is -1 or 3;
    }

    private bool ReadExponent(ReadOnlySpan<byte> text)
    {
        HasExponent = true;
        if (!text.IsEmpty && text[0] is (byte)'+' or (byte)'-') text = text[1..];

        return text.Length is > 0 and <= 3 && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    private static byte Affix(ReadOnlySpan<byte> text, byte[][] known, bool atEnd)
    {
        for (byte i = 1; i < known.Length; i++)
        {
            if (atEnd ? text.EndsWith(known[i]) : text.StartsWith(known[i])) return i;
        }

        return 0;
    }

    private static bool IsDigit(byte c) => (uint)(c - '0') <= 9;
}
