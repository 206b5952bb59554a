namespace OpenData.Ingest.Typing;

/// <summary>How the parts of a day are arranged and set apart. One column has one.</summary>
internal enum DayPattern : byte
{
    /// <summary>No day.</summary>
    None,

    /// <summary><c>2024-01-05</c></summary>
    YearDash,

    /// <summary><c>2024/01/05</c></summary>
    YearSlash,

    /// <summary><c>2024.01.05</c></summary>
    YearDot,

    /// <summary><c>2024. 1. 5.</c></summary>
    YearDotSpace,

    /// <summary><c>2024년 1월 5일</c></summary>
    YearHangul,

    /// <summary><c>05-Jan-2024</c> or <c>5 January 2024</c></summary>
    EnglishDayFirst,

    /// <summary><c>January 5, 2024</c></summary>
    EnglishMonthFirst,

    /// <summary><c>20240105</c>, where the column's label says that its values are days.</summary>
    Compact,

    /// <summary><c>05-01-2024</c>, whichever of the first two is the day.</summary>
    LastDash,

    /// <summary><c>05/01/2024</c></summary>
    LastSlash,

    /// <summary><c>05.01.2024</c></summary>
    LastDot,
}

/// <summary>How a time of day follows the day.</summary>
internal enum ZoneKind : byte
{
    /// <summary>No zone: a wall clock.</summary>
    None,

    /// <summary>A closing <c>Z</c>.</summary>
    Utc,

    /// <summary>An offset such as <c>+09:00</c>.</summary>
    Offset,
}

/// <summary>A day, or a day and a time, as it was written.</summary>
internal struct MomentText
{
    public DayPattern Pattern;

    /// <summary>The year, and the other two numbers in the order in which they stand.</summary>
    public int Year, First, Second;

    /// <summary>True if month or day below ten was written with a zero; false if without; null if neither is below ten.</summary>
    public bool? Padded;

    /// <summary>Whether a time follows the day, has seconds, follows a <c>T</c>, and counts twelve hours (AM and PM, 오전 and 오후).</summary>
    public bool HasTime, HasSeconds, SeparatedByT, HasMeridiem;

    /// <summary>Digits of the second's fraction, 0 to 6.</summary>
    public int FractionDigits;

    /// <summary>The time of day in microseconds.</summary>
    public long TimeOfDay;

    public ZoneKind Zone;

    /// <summary>Minutes east of UTC.</summary>
    public int OffsetMinutes;

    /// <summary>Reads a moment that takes up the whole text. Whether the day exists is for <see cref="TryGetDay"/> to say.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out MomentText moment)
    {
        moment = default;
        if (text.Length is < 8 or > 40) return false;

        var rest = text;
        var isDay = (uint)(text[0] - '0') <= 9 ? moment.ReadDay(ref rest) : moment.ReadEnglishMonthFirst(ref rest);
        if (!isDay) return false;
        SkipWeekday(ref rest);
        return rest.IsEmpty || moment.ReadTime(rest);
    }

    /// <summary>Days since 1970, if the day exists.</summary>
    /// <param name="dayFirst">For <c>05/01/2024</c>: true if that is 5 January.</param>
    /// <param name="days">The result.</param>
    public readonly bool TryGetDay(bool dayFirst, out int days)
    {
        var (month, day) = Pattern >= DayPattern.LastDash && dayFirst ? (Second, First) : (First, Second);
        days = 0;
        if (Year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > System.DateTime.DaysInMonth(Year, month)) return false;

        days = new DateOnly(Year, month, day).DayNumber - UnixEpoch;
        return true;
    }

    private static readonly int UnixEpoch = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>Reads <c>20240105</c>.</summary>
    public static bool TryReadCompact(ReadOnlySpan<byte> text, out MomentText moment)
    {
        moment = new MomentText { Pattern = DayPattern.Compact };
        if (text.Length != 8 || !Number(ref text, 4, out moment.Year, out var digits) || digits != 4 || moment.Year is < 1900 or > 2100)
        {
            return false;
        }

        return Number(ref text, 2, out moment.First, out digits) && digits == 2 && Number(ref text, 2, out moment.Second, out digits)
            && digits == 2
            && moment.TryGetDay(dayFirst: false, out _);
    }

    private static readonly string[] MonthNames =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    /// <summary>Reads the name of a month, whole or its first three letters (<c>Sept</c> too), with a point or without.</summary>
    private static bool MonthName(ref ReadOnlySpan<byte> text, out int month)
    {
        month = 0;
        var length = 0;
        while (length < text.Length && length < 9 && char.IsAsciiLetter((char)text[length])) length++;
        if (length < 3) return false;
        var name = System.Text.Encoding.ASCII.GetString(text[..length]).ToLowerInvariant();
        month = Array.FindIndex(MonthNames, whole => whole == name || name.Length == 3 && whole.StartsWith(name, StringComparison.Ordinal)
            || name == "sept" && whole[0] == 's') + 1;
        text = text[length..];
        if (!text.IsEmpty && text[0] == '.') text = text[1..];
        return month > 0;
    }

    private bool ReadEnglishMonthFirst(ref ReadOnlySpan<byte> text)
    {
        Pattern = DayPattern.EnglishMonthFirst;
        if (!MonthName(ref text, out First) || !Skip(ref text, " "u8) || !Number(ref text, 2, out Second, out _)) return false;
        _ = Skip(ref text, ","u8);
        return Skip(ref text, " "u8) && Number(ref text, 4, out Year, out var digits) && digits == 4;
    }

    /// <summary>Skips a weekday in brackets, such as <c>(월)</c> or <c>(Mon)</c>, which the day itself says too.</summary>
    private static void SkipWeekday(ref ReadOnlySpan<byte> text)
    {
        var rest = text;
        if (!rest.IsEmpty && rest[0] == ' ') rest = rest[1..];
        var end = rest.IndexOf((byte)')');
        if (rest.IsEmpty || rest[0] != '(' || end is < 2 or > 11) return;
        var name = System.Text.Encoding.UTF8.GetString(rest[1..end]).ToLowerInvariant();
        if (name is "월" or "화" or "수" or "목" or "금" or "토" or "일" || name is [_, '요', '일']
            || name is "mon" or "tue" or "wed" or "thu" or "fri" or "sat" or "sun")
        {
            text = rest[(end + 1)..];
        }
    }

    private bool ReadDay(ref ReadOnlySpan<byte> text)
    {
        if (!Number(ref text, 4, out var first, out var firstDigits) || text.IsEmpty) return false;

        if (firstDigits == 4)
        {
            Year = first;
            return ReadYearFirst(ref text);
        }

        if (firstDigits > 2) return false;

        var separator = text[0];
        if (text.Length > 4 && (separator is (byte)'-' or (byte)' ' or (byte)'/') && char.IsAsciiLetter((char)text[1]))
        {
            Pattern = DayPattern.EnglishDayFirst;
            Second = first;
            text = text[1..];
            if (!MonthName(ref text, out First) || text.IsEmpty || text[0] != separator) return false;
            text = text[1..];
            return Number(ref text, 4, out Year, out var yearLength) && yearLength == 4;
        }

        Pattern = separator switch
        {
            (byte)'-' => DayPattern.LastDash,
            (byte)'/' => DayPattern.LastSlash,
            (byte)'.' => DayPattern.LastDot,
            _ => DayPattern.None,
        };
        First = first;
        text = text[1..];
        if (Pattern == DayPattern.None || !Number(ref text, 2, out Second, out var secondDigits) || text.IsEmpty || text[0] != separator)
        {
            return false;
        }

        text = text[1..];
        return Number(ref text, 4, out Year, out var yearDigits) && yearDigits == 4
            && NotePadding(First, firstDigits) && NotePadding(Second, secondDigits);
    }

    private bool ReadYearFirst(ref ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> first, second, last = default;
        if (text.StartsWith("년"u8))
        {
            Pattern = DayPattern.YearHangul;
            first = "년 "u8;
            second = "월 "u8;
            last = "일"u8;
        }
        else if (text.StartsWith(". "u8))
        {
            Pattern = DayPattern.YearDotSpace;
            first = second = ". "u8;
            last = "."u8;
        }
        else
        {
            Pattern = text[0] switch
            {
                (byte)'-' => DayPattern.YearDash,
                (byte)'/' => DayPattern.YearSlash,
                (byte)'.' => DayPattern.YearDot,
                _ => DayPattern.None,
            };
            first = second = text[..1];
        }

        return Pattern != DayPattern.None
            && Skip(ref text, first) && Number(ref text, 2, out First, out var firstDigits) && NotePadding(First, firstDigits)
            && Skip(ref text, second) && Number(ref text, 2, out Second, out var secondDigits) && NotePadding(Second, secondDigits)
            && Skip(ref text, last) && (Pattern != DayPattern.YearDot || Skip(ref text, "."u8) || true);
    }

    private bool ReadTime(ReadOnlySpan<byte> text)
    {
        SeparatedByT = text[0] == 'T';
        if (!SeparatedByT && text[0] != ' ') return false;

        text = text[1..];
        var afternoon = Skip(ref text, "오전 "u8) ? false : Skip(ref text, "오후 "u8) ? true : (bool?)null;
        if (!Number(ref text, 2, out var hour, out var digits) || hour > 23 || SeparatedByT && digits != 2) return false;

        int minute, second = 0, micros = 0;
        if (Skip(ref text, "시"u8))
        {
            // 9시 30분 (20초)
            if (!Skip(ref text, " "u8) || !Number(ref text, 2, out minute, out _) || !Skip(ref text, "분"u8)) return false;
            if (Skip(ref text, " "u8)) HasSeconds = Number(ref text, 2, out second, out _) && Skip(ref text, "초"u8);
        }
        else
        {
            if (!Skip(ref text, ":"u8) || !Number(ref text, 2, out minute, out digits) || digits != 2) return false;
            if (Skip(ref text, ":"u8))
            {
                HasSeconds = true;
                if (!Number(ref text, 2, out second, out digits) || digits != 2) return false;
                if (Skip(ref text, "."u8))
                {
                    if (!Number(ref text, 6, out micros, out FractionDigits)) return false;
                    for (digits = FractionDigits; digits < 6; digits++) micros *= 10;
                }
            }
        }

        if (minute > 59 || second > 59) return false;
        HasTime = true;
        if (afternoon is null) afternoon = ReadMeridiem(ref text);
        if (afternoon is not null && !SetMeridiem(ref hour, afternoon.Value)) return false;
        TimeOfDay = ((hour * 60L + minute) * 60 + second) * 1_000_000 + micros;
        return text.IsEmpty || afternoon is null && ReadZone(text);
    }

    private static bool? ReadMeridiem(ref ReadOnlySpan<byte> text)
    {
        var rest = !text.IsEmpty && text[0] == ' ' ? text[1..] : text;
        if (rest.Length != 2 || (rest[1] | 0x20) != 'm' || (rest[0] | 0x20) is not ('a' or 'p')) return null;
        text = default;
        return (rest[0] | 0x20) == 'p';
    }

    private bool SetMeridiem(ref int hour, bool afternoon)
    {
        HasMeridiem = true;
        if (hour is < 1 or > 12) return false;
        hour = hour % 12 + (afternoon ? 12 : 0);
        return true;
    }

    private bool ReadZone(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("Z"u8))
        {
            Zone = ZoneKind.Utc;
            return true;
        }

        var sign = text[0] switch { (byte)'+' => 1, (byte)'-' => -1, _ => 0 };
        text = text[1..];
        if (sign == 0 || !Number(ref text, 2, out var hours, out var digits) || digits != 2 || hours > 14) return false;

        var minutes = 0;
        if (!text.IsEmpty)
        {
            _ = Skip(ref text, ":"u8);
            if (!Number(ref text, 2, out minutes, out digits) || digits != 2 || minutes > 59 || !text.IsEmpty) return false;
        }

        Zone = ZoneKind.Offset;
        OffsetMinutes = sign * (hours * 60 + minutes);
        return true;
    }

    private bool NotePadding(int value, int digits)
    {
        if (value >= 10) return true;

        var padded = digits == 2;
        Padded = Padded is null ? padded : Padded.Value && padded;
        return true;
    }

    private static bool Skip(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> expected)
    {
        if (!text.StartsWith(expected)) return false;

        text = text[expected.Length..];
        return true;
    }

    private static bool Number(ref ReadOnlySpan<byte> text, int mostDigits, out int value, out int digits)
    {
        value = 0;
        for (digits = 0; digits < text.Length && digits < mostDigits && (uint)(text[digits] - '0') <= 9; digits++)
        {
            value = value * 10 + (text[digits] - '0');
        }

        text = text[digits..];
        return digits > 0;
    }
}
