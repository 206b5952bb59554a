using OpenData.Lake;

namespace OpenData.Ingest.Typing;

/// <summary>
/// Everything that typing needs to know about the values of a column, however many there are: each value narrows down what
/// the column can be, and <see cref="Decide"/> says what is left. What it decides after every value was seen is the truth;
/// after a sample it is a guess that each further value must confirm.
/// </summary>
internal sealed class ColumnFacts
{
    /// <summary>More digits after the point than anybody counts money or degrees with: these are measured or computed numbers.</summary>
    private const int MostDecimalFraction = 12;

    private bool _canBeNumber = true, _canBeMoment = true, _canBeBoolean = true, _canBeDecimal = true, _canBeDouble = true;
    private int _integerDigits, _fractionDigits;
    private bool _fitsLong = true, _exponent, _grouped, _negativeZero;
    private byte _prefix, _suffix;

    private MomentText _moment;
    private bool _canBeMonthFirst = true, _canBeDayFirst = true, _padded = true;

    private BooleanCase _case;

    private PlaceOrder _place = PlaceOrder.Either;

    private bool _canBeYearMonth = true, _canBeCompactDay = true;
    private long _plus;

    /// <summary>Values seen that are neither empty nor blank.</summary>
    public long Values { get; private set; }

    /// <summary>Takes note of a value.</summary>
    public void Observe(ReadOnlySpan<byte> cell)
    {
        var text = CellText.Trim(cell);
        if (text.IsEmpty) return;

        if (_canBeNumber) _canBeNumber = ObserveNumber(text);

        if (_canBeMoment) _canBeMoment = ObserveMoment(text);

        if (_canBeCompactDay) _canBeCompactDay = MomentText.TryReadCompact(text, out _);

        if (_canBeBoolean) _canBeBoolean = ObserveBoolean(text);

        if (_place != PlaceOrder.None) ObservePlace(text);

        Values++;
    }

    /// <summary>
    /// The format of these values behind rows that are served: the served type, if every value seen survives in it; otherwise what they are
    /// by themselves.
    /// </summary>
    public ColumnFormat DecideBehind(Field served)
    {
        var scale = served.Scale ?? 0;
        return served.Type switch
        {
            FieldType.Text => Text(),
            _ when Values == 0 => new ColumnFormat(served.Type) { Scale = scale, Precision = scale <= 18 ? 18 : 38 },
            FieldType.Double when _canBeNumber && _canBeDouble => new ColumnFormat(FieldType.Double),
            FieldType.Decimal when _canBeNumber && _canBeDecimal && _fractionDigits <= scale && _integerDigits + scale <= 38 =>
                Number(FieldType.Decimal) with { Precision = _integerDigits + scale <= 18 ? 18 : 38, Scale = scale },
            FieldType.Date or FieldType.DateTime or FieldType.Instant when _canBeMoment
                && IsAmbiguousDay && served.Format is ['d' or 'M', ..] =>
                MomentFormat(dayFirst: served.Format[0] == 'd'),
            _ => Decide(),
        };
    }

    /// <summary>The narrowest format in which every value seen survives.</summary>
    public ColumnFormat Decide()
    {
        if (Values == 0) return ColumnFormat.Text;

        // Where every number has a plus sign, they are telephone numbers or codes; where all are months of years, 2022.10 is not 2022.1.
        if (_canBeNumber) return _plus == Values || IsOfYearMonths ? ColumnFormat.Text : DecideNumber();

        if (_canBeMoment) return DecideMoment();

        return _canBeBoolean ? new ColumnFormat(FieldType.Boolean) { Case = _case } : Text();
    }

    private ColumnFormat Text() => Values > 0 ? ColumnFormat.Text with { Place = _place } : ColumnFormat.Text;

    private void ObservePlace(ReadOnlySpan<byte> text)
    {
        var seen = PlaceText.Read(text);
        _place = seen == PlaceOrder.Either ? _place : _place.Allows(seen) ? seen : PlaceOrder.None;
    }

    /// <summary>Whether all numbers are a year and a month behind a point.</summary>
    public bool IsOfYearMonths => _canBeNumber && _canBeYearMonth && Values > 1;

    /// <summary>Whether all values are days such as <c>20240105</c>, which are numbers unless the column's label says otherwise.</summary>
    public bool IsOfCompactDays => _canBeCompactDay && Values > 0;

    /// <summary>The format of days such as <c>20240105</c>.</summary>
    public static ColumnFormat CompactDays { get; } = new(FieldType.Date) { Day = DayPattern.Compact };

    private static bool IsYearMonth(ReadOnlySpan<byte> text)
    {
        var point = text.IndexOf((byte)'.');
        return point == 4 && int.TryParse(text[..4], out var year) && year is >= 1900 and <= 2100
            && int.TryParse(text[5..], out var month) && month is >= 1 and <= 12;
    }

    private bool ObserveNumber(ReadOnlySpan<byte> text)
    {
        if (!NumberText.TryRead(text, out var number)) return false;

        if (Values > 0 && (number.Prefix != _prefix || number.Suffix != _suffix)) return false;

        (_prefix, _suffix) = (number.Prefix, number.Suffix);
        _integerDigits = Math.Max(_integerDigits, number.IntegerDigits);
        _fractionDigits = Math.Max(_fractionDigits, number.FractionDigits);
        _exponent |= number.HasExponent;
        _grouped |= number.Grouped;
        _negativeZero |= number.IsNegativeZero;
        _plus += number.HasPlus ? 1 : 0;
        _canBeYearMonth = _canBeYearMonth && number.FractionDigits is 1 or 2 && IsYearMonth(text);
        _fitsLong &= number.Digits <= long.MaxValue || number.Negative && number.Digits == (UInt128)long.MaxValue + 1;
        _canBeDecimal = !_exponent && !_negativeZero && _integerDigits + _fractionDigits <= 38;
        if (_canBeDouble)
        {
            _canBeDouble = !_grouped && !number.HasPlus && !number.HasSign && _prefix == 0 && _suffix == 0
                && NumberText.TryReadDouble(text, number, out _);
        }

        return _canBeDecimal || _canBeDouble;
    }

    private ColumnFormat DecideNumber()
    {
        if (_canBeDouble && (_exponent || _negativeZero || _fractionDigits > MostDecimalFraction))
        {
            return new ColumnFormat(FieldType.Double);
        }

        if (!_canBeDecimal) return ColumnFormat.Text;

        if (_fractionDigits == 0) return _fitsLong ? Number(FieldType.Int) : ColumnFormat.Text;

        return Number(FieldType.Decimal) with
        {
            Precision = _integerDigits + _fractionDigits <= 18 ? 18 : 38,
            Scale = _fractionDigits,
        };
    }

    private ColumnFormat Number(FieldType type) => new(type) { Grouped = _grouped, Prefix = _prefix, Suffix = _suffix };

    private bool ObserveMoment(ReadOnlySpan<byte> text)
    {
        if (!MomentText.TryRead(text, out var moment)) return false;

        if (Values > 0 && (moment.Pattern != _moment.Pattern || moment.HasTime != _moment.HasTime
            || moment.SeparatedByT != _moment.SeparatedByT || moment.Zone != _moment.Zone))
        {
            return false;
        }

        moment.HasSeconds |= _moment.HasSeconds;
        moment.HasMeridiem |= _moment.HasMeridiem;
        _moment = moment;
        _padded &= moment.Padded ?? true;
        _canBeMonthFirst = _canBeMonthFirst && moment.TryGetDay(dayFirst: false, out _);
        _canBeDayFirst = _canBeDayFirst && moment.TryGetDay(dayFirst: true, out _);
        return _canBeMonthFirst || _canBeDayFirst;
    }

    private ColumnFormat DecideMoment()
    {
        if (IsAmbiguousDay) return ColumnFormat.Text;

        return MomentFormat(dayFirst: IsYearLast && _canBeDayFirst);
    }

    private bool IsYearLast => _moment.Pattern >= DayPattern.LastDash;

    private bool IsAmbiguousDay => IsYearLast && _canBeDayFirst && _canBeMonthFirst;

    private ColumnFormat MomentFormat(bool dayFirst)
    {
        var type = !_moment.HasTime ? FieldType.Date : _moment.Zone == ZoneKind.None ? FieldType.DateTime : FieldType.Instant;
        return new ColumnFormat(type)
        {
            Day = _moment.Pattern,
            DayFirst = dayFirst,
            SeparatedByT = _moment.SeparatedByT,
            HasSeconds = _moment.HasSeconds,
            HasMeridiem = _moment.HasMeridiem,
            Zone = _moment.Zone,
            Padded = _padded,
        };
    }

    private bool ObserveBoolean(ReadOnlySpan<byte> text)
    {
        if (BooleanText.TryRead(text, out _) is not { } written || Values > 0 && written != _case) return false;

        _case = written;
        return true;
    }
}

/// <summary>Truth values as they are written.</summary>
internal static class BooleanText
{
    /// <summary>Reads a truth value and says in which case it was written; null if it is none.</summary>
    public static BooleanCase? TryRead(ReadOnlySpan<byte> text, out bool value)
    {
        value = text.Length == 4;
        return text switch
        {
            _ when text.SequenceEqual("true"u8) || text.SequenceEqual("false"u8) => BooleanCase.Lower,
            _ when text.SequenceEqual("TRUE"u8) || text.SequenceEqual("FALSE"u8) => BooleanCase.Upper,
            _ when text.SequenceEqual("True"u8) || text.SequenceEqual("False"u8) => BooleanCase.Title,
            _ => null,
        };
    }
}
