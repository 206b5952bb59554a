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

    public bool HasTime, HasSeconds, SeparatedByT;

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
        if (text.Length is < 8 or > 40 || (uint)(text[0] - '0') > 9) return false;

        var rest = text;
        return moment.ReadDay(ref rest) && (rest.IsEmpty || moment.ReadTime(rest));
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
            && Skip(ref text, last);
    }

    private bool ReadTime(ReadOnlySpan<byte> text)
    {
        SeparatedByT = text[0] == 'T';
        if (!SeparatedByT && text[0] != ' ') return false;

        text = text[1..];
        if (!Number(ref text, 2, out var hour, out var digits) || digits != 2 || hour > 23 || !Skip(ref text, ":"u8)
            || !Number(ref text, 2, out var minute, out digits) || digits != 2 || minute > 59)
        {
            return false;
        }

        HasTime = true;
        int second = 0, micros = 0;
        if (!text.IsEmpty && text[0] == ':')
        {
            HasSeconds = true;
            text = text[1..];
            if (!Number(ref text, 2, out second, out digits) || digits != 2 || second > 59) return false;

            if (!text.IsEmpty && text[0] == '.')
            {
                text = text[1..];
                if (!Number(ref text, 6, out micros, out FractionDigits)) return false;

                for (digits = FractionDigits; digits < 6; digits++) micros *= 10;
            }
        }

        TimeOfDay = ((hour * 60L + minute) * 60 + second) * 1_000_000 + micros;
        return text.IsEmpty || ReadZone(text);
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
