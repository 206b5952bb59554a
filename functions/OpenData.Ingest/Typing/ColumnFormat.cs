using OpenData.Lake;

namespace OpenData.Ingest.Typing;

/// <summary>What a column's values are and how they were written: enough to read each one, and to say so to people.</summary>
internal sealed record ColumnFormat(FieldType Type)
{
    public static ColumnFormat Text { get; } = new(FieldType.Text);

    /// <summary>Digits of a decimal: 18 or 38.</summary>
    public int Precision { get; init; }

    /// <summary>Digits after the point of a decimal.</summary>
    public int Scale { get; init; }

    /// <summary>Whether thousands commas, a currency sign or a unit may occur in a number.</summary>
    public bool Grouped { get; init; }

    /// <summary>Index into <see cref="NumberText.Prefixes"/>.</summary>
    public byte Prefix { get; init; }

    /// <summary>Index into <see cref="NumberText.Suffixes"/>.</summary>
    public byte Suffix { get; init; }

    /// <summary>How days are arranged.</summary>
    public DayPattern Day { get; init; }

    /// <summary>For patterns that end with the year: true if the day stands before the month.</summary>
    public bool DayFirst { get; init; }

    /// <summary>Whether a time is set apart by a <c>T</c>.</summary>
    public bool SeparatedByT { get; init; }

    /// <summary>Whether the time has seconds.</summary>
    public bool HasSeconds { get; init; }

    /// <summary>Whether hours are counted to twelve, with AM and PM or 오전 and 오후.</summary>
    public bool HasMeridiem { get; init; }

    /// <summary>How a time names its zone.</summary>
    public ZoneKind Zone { get; init; }

    /// <summary>Whether month and day are padded with zeros.</summary>
    public bool Padded { get; init; } = true;

    /// <summary>True, and false, as written; null where that is not <c>true</c> and <c>false</c>.</summary>
    public BooleanCase Case { get; init; }

    /// <summary>Of texts: the order in which each names a place.</summary>
    public PlaceOrder Place { get; init; }

    /// <summary>Whether numbers have neither a currency sign nor a unit.</summary>
    public bool IsPlainNumber => Prefix + Suffix == 0;

    /// <summary>The separator of a day whose year comes first, in four, two and two digits; 0 for other patterns.</summary>
    public byte DaySeparator => Day switch
    {
        DayPattern.YearDash => (byte)'-',
        DayPattern.YearSlash => (byte)'/',
        DayPattern.YearDot => (byte)'.',
        _ => 0,
    };

    /// <summary>Reads a number in this format, which spaces may surround.</summary>
    public bool TryReadNumber(ReadOnlySpan<byte> cell, out NumberText number) =>
        NumberText.TryRead(CellText.Trim(cell), out number)
        && number.Prefix == Prefix && number.Suffix == Suffix && (Grouped || !number.Grouped) && !number.HasExponent
            && !number.IsNegativeZero;

    /// <summary>The format for people, or null if it is the type's plain form.</summary>
    public string? Description => Type switch
    {
        FieldType.Text => Place switch
        {
            PlaceOrder.LatitudeFirst => PlaceText.LatitudeFirst,
            PlaceOrder.LongitudeFirst or PlaceOrder.WellKnown => PlaceText.LongitudeFirst,
            _ => null,
        },
        FieldType.Int or FieldType.Decimal => NumberDescription(),
        FieldType.Boolean => Case switch { BooleanCase.Upper => "TRUE/FALSE", BooleanCase.Title => "True/False", _ => null },
        FieldType.Date or FieldType.DateTime or FieldType.Instant => MomentDescription(),
        _ => null,
    };

    private string? NumberDescription() => !Grouped && Prefix == 0 && Suffix == 0
        ? null
        : NumberText.Prefixes[Prefix] + (Grouped ? "#,##0" : "0")
            + (Scale > 0 ? "." + new string('0', Scale) : "") + NumberText.Suffixes[Suffix];

    private string? MomentDescription()
    {
        var (month, day) = Padded ? ("MM", "dd") : ("M", "d");
        var (first, second) = DayFirst ? (day, month) : (month, day);
        var text = Day switch
        {
            DayPattern.YearDash => $"yyyy-{month}-{day}",
            DayPattern.YearSlash => $"yyyy/{month}/{day}",
            DayPattern.YearDot => $"yyyy.{month}.{day}",
            DayPattern.YearDotSpace => $"yyyy. {month}. {day}.",
            DayPattern.YearHangul => $"yyyy년 {month}월 {day}일",
            DayPattern.EnglishDayFirst => "dd MMM yyyy",
            DayPattern.EnglishMonthFirst => "MMM d, yyyy",
            DayPattern.Compact => "yyyyMMdd",
            DayPattern.LastDash => $"{first}-{second}-yyyy",
            DayPattern.LastSlash => $"{first}/{second}/yyyy",
            DayPattern.LastDot => $"{first}.{second}.yyyy",
            _ => "",
        };
        if (Type != FieldType.Date)
        {
            text += (SeparatedByT ? "'T'" : " ") + (HasMeridiem ? "h:mm" : "HH:mm") + (HasSeconds ? ":ss" : "") + (HasMeridiem ? " tt"
                : "") + Zone switch { ZoneKind.Utc => "'Z'", ZoneKind.Offset => "zzz", _ => "" };
        }

        return text is "yyyy-MM-dd" or "yyyy-MM-dd'T'HH:mm:ss" or "yyyy-MM-dd'T'HH:mm:ss'Z'" ? null : text;
    }
}

/// <summary>The case in which truth values are written throughout a column.</summary>
internal enum BooleanCase : byte
{
    Lower,
    Upper,
    Title,
}
