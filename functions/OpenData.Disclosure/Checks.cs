using System.Globalization;
using System.Numerics;

namespace OpenData.Disclosure;

/// <summary>
/// Check digits and value ranges, by the names that rules use. A check takes the match without its separators, letters in upper case, and
/// says what
/// it is worth; it can only lower a rule's own strength, or raise a number without separators whose check digit is right.
/// </summary>
internal static class Checks
{
    private static readonly Dictionary<string, Func<string, bool, MatchStrength>> All = new(StringComparer.Ordinal)
    {
        ["kr-resident"] = KoreanResident,
        ["kr-licence"] = (text, _) => Passes(int.Parse(text[..2], CultureInfo.InvariantCulture) is >= 11 and <= 28),
        ["luhn-card"] = Card,
        ["us-ssn"] = (text, _) => Passes(UnitedStatesSocialSecurity(text)),
        ["cn-resident"] = (text, _) => Passes(ChineseResident(text)),
        ["tw-national"] = (text, _) => Passes(TaiwaneseNational(text)),
        ["jp-my-number"] = (text, _) => Passes(JapaneseMyNumber(text)),
        ["br-cpf"] = (text, _) => Passes(BrazilianCpf(text)),
        ["es-dni"] = (text, _) => Passes(SpanishDni(text)),
        ["fr-nir"] = (text, _) => Passes(FrenchNir(text)),
        ["it-fiscal"] = (text, _) => Passes(ItalianFiscalCode(text)),
        ["iban"] = (text, _) => Passes(Iban(text)),
        ["ip"] = (text, _) => InternetAddress(text),
        ["mac"] = (text, _) => Passes(text.AsSpan().ContainsAnyInRange('A', 'F') || text.Contains(':', StringComparison.Ordinal)),
    };

    /// <summary>Whether there is a check of that name.</summary>
    public static bool Exists(string name) => All.ContainsKey(name);

    /// <summary>Checks a match.</summary>
    /// <param name="name">The check's name.</param>
    /// <param name="text">The match without separators, letters in upper case.</param>
    /// <param name="separated">Whether there were separators between its groups.</param>
    public static MatchStrength Of(string name, string text, bool separated) => All[name](text, separated);

    /// <summary>
    /// The birth date in a Korean resident or foreigner registration number: its century is told by the seventh digit (1, 2, 5, 6: 1900s;
    /// 3, 4, 7, 8: 2000s;
    /// 9, 0: 1800s). Null if there is no such day.
    /// </summary>
    public static DateOnly? KoreanBirth(ReadOnlySpan<char> number)
    {
        var century = number[6] switch { '1' or '2' or '5' or '6' => 1900, '3' or '4' or '7' or '8' => 2000, _ => 1800 };
        var (year, month, day) = (century + Two(number), Two(number[2..]), Two(number[4..]));
        return month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
    }

    /// <summary>
    /// The check digit of resident registration numbers issued until September 2020, and of foreigners' (its remainder moved by two).
    /// </summary>
    public static bool KoreanResidentCheck(ReadOnlySpan<char> number)
    {
        ReadOnlySpan<int> weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
        var rest = (11 - Weighted(number, weights) % 11) % 10;
        var foreigner = (rest + 2) % 10;
        return number[12] - '0' is var last && (last == rest || number[6] is >= '5' and <= '8' && last == foreigner);
    }

    /// <summary>The check digit of a Korean corporate registration number, which has the layout of a resident's.</summary>
    public static bool KoreanCorporate(ReadOnlySpan<char> number)
    {
        ReadOnlySpan<int> weights = [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2];
        return (10 - Weighted(number, weights) % 10) % 10 == number[12] - '0';
    }

    // Numbers issued since October 2020 are random behind the seventh digit: a check digit speaks for a number, its lack does not speak
    // against it.
    private static MatchStrength KoreanResident(string text, bool separated)
    {
        if (text.Length != 13 || KoreanBirth(text) is not { } birth) return MatchStrength.None;
        if (text[6] is '9' or '0' && birth.Year < 1890) return MatchStrength.None;
        var corporate = KoreanCorporate(text);
        if (KoreanResidentCheck(text)) return corporate && !separated ? MatchStrength.Weak : MatchStrength.Strong;
        if (corporate) return MatchStrength.Weak;
        return separated ? MatchStrength.Strong : MatchStrength.Weak;
    }

    // Luhn (ISO/IEC 7812-1), and a first digit that issuers of payment cards have.
    private static MatchStrength Card(string text, bool separated)
    {
        if (text[0] is not ('2' or '3' or '4' or '5' or '6' or '9')) return MatchStrength.None;
        if (text.AsSpan(1).IndexOfAnyExcept(text[0]) < 0) return MatchStrength.None;
        if (text.Length == 13 && text[0] != '4') return MatchStrength.None;
        if (text[0] == '3' != (text.Length is 15 or 14) && text[..2] != "35") return MatchStrength.None;
        return !Luhn(text) ? MatchStrength.None : separated ? MatchStrength.Strong : MatchStrength.Weak;
    }

    private static bool Luhn(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var value = digits[^(i + 1)] - '0';
            if (i % 2 == 1 && (value *= 2) > 9) value -= 9;
            sum += value;
        }

        return sum % 10 == 0;
    }

    // Areas 000, 666 and 900 to 999, group 00 and serial 0000 are never issued (Social Security Administration, POMS RM 10201.035).
    private static bool UnitedStatesSocialSecurity(string text) =>
        text is not ['0', '0', '0', ..] and not ['6', '6', '6', ..] and not ['9', ..] && text[3..5] != "00" && text[5..] != "0000";

    // GB 11643: ISO 7064 MOD 11-2 over 17 digits, and a birth date at the seventh.
    private static bool ChineseResident(string text)
    {
        ReadOnlySpan<int> weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        return DateOnly.TryParseExact(text.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            && "10X98765432"[Weighted(text, weights) % 11] == text[17];
    }

    // The letter stands for two digits (A = 10 … Z = 33, in the order of the registry); weights 1, 9, 8 … 1, 1.
    private static bool TaiwaneseNational(string text)
    {
        var letter = "ABCDEFGHJKLMNPQRSTUVXYWZIO".IndexOf(text[0], StringComparison.Ordinal) + 10;
        ReadOnlySpan<int> weights = [8, 7, 6, 5, 4, 3, 2, 1, 1];
        return letter >= 10 && (letter / 10 + letter % 10 * 9 + Weighted(text.AsSpan(1), weights)) % 10 == 0;
    }

    // Ordinance of 2014 on My Number: weights 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2 over eleven digits.
    private static bool JapaneseMyNumber(string text)
    {
        ReadOnlySpan<int> weights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
        var rest = Weighted(text, weights) % 11;
        return (rest <= 1 ? 0 : 11 - rest) == text[11] - '0';
    }

    private static bool BrazilianCpf(string text)
    {
        return text.AsSpan(1).IndexOfAnyExcept(text[0]) >= 0 && Digit(9) == text[9] - '0' && Digit(10) == text[10] - '0';

        int Digit(int length)
        {
            var sum = 0;
            for (var i = 0; i < length; i++) sum += (text[i] - '0') * (length + 1 - i);
            return sum * 10 % 11 % 10;
        }
    }

    // The letter is the number's remainder by 23; a foreigner's X, Y or Z stands for 0, 1 or 2.
    private static bool SpanishDni(string text)
    {
        var digits = text[0] switch { 'X' => "0" + text[1..^1], 'Y' => "1" + text[1..^1], 'Z' => "2" + text[1..^1], _ => text[..^1] };
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && "TRWAGMYFPDXBNJZSQVHLCKE"[number % 23] == text[^1];
    }

    // The last two digits are 97 less the remainder of the first thirteen by 97; Corsica's 2A and 2B count as 19 and 18.
    private static bool FrenchNir(string text)
    {
        var digits = text[..13].Replace("2A", "19", StringComparison.Ordinal).Replace("2B", "18", StringComparison.Ordinal);
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && 97 - number % 97 == int.Parse(text[13..], CultureInfo.InvariantCulture);
    }

    // Decree of 23 December 1976: values of characters at odd places by table, at even places by order.
    private static bool ItalianFiscalCode(string text)
    {
        ReadOnlySpan<int> odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
        var sum = 0;
        for (var i = 0; i < 15; i++)
        {
            var value = char.IsAsciiDigit(text[i]) ? text[i] - '0' : text[i] - 'A';
            sum += i % 2 == 0 ? odd[value] : value;
        }

        return sum % 26 == text[15] - 'A';
    }

    // ISO 13616: the first four characters moved behind, letters as 10 to 35, remainder 1 by 97.
    private static bool Iban(string text)
    {
        if (text.Length is < 15 or > 34) return false;
        var number = BigInteger.Zero;
        foreach (var c in text[4..] + text[..4]) number = char.IsAsciiDigit(c) ? number * 10 + (c - '0') : number * 100 + (c - 'A' + 10);
        return number % 97 == 1;
    }

    // Four small numbers with dots may as well count chapters or versions.
    private static MatchStrength InternetAddress(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal)) return MatchStrength.Strong;
        var parts = text.Split('.');
        if (!parts.All(IsOctet)) return MatchStrength.None;
        return text.Length >= 11 && parts[0] != "0" ? MatchStrength.Strong : MatchStrength.Weak;
    }

    private static bool IsOctet(string part) =>
        part.Length <= 3 && int.Parse(part, CultureInfo.InvariantCulture) <= 255 && (part.Length == 1 || part[0] != '0');

    private static MatchStrength Passes(bool passes) => passes ? MatchStrength.Strong : MatchStrength.None;

    private static int Two(ReadOnlySpan<char> text) => (text[0] - '0') * 10 + text[1] - '0';

    private static int Weighted(ReadOnlySpan<char> text, ReadOnlySpan<int> weights)
    {
        var sum = 0;
        for (var i = 0; i < weights.Length; i++) sum += (text[i] - '0') * weights[i];
        return sum;
    }
}
