using OpenData.Catalog;
using OpenData.Lake;

namespace OpenData.Ingest.Typing;

/// <summary>
/// Finds out how the values of a column are written whose type the agency declares. Only those that are of the type are looked at: the
/// others are problems, and cannot change it.
/// </summary>
internal sealed class DeclaredFacts(FieldType type, string? format)
{
    private readonly DayPattern? _pattern = PatternOf(format);
    private ColumnFormat? _seen;
    private int _integerDigits, _fractionDigits;
    private bool _grouped, _canBeDayFirst = true, _canBeMonthFirst = true;

    /// <summary>The facts about a declared column; null if its type is not declared.</summary>
    public static DeclaredFacts? Of(FieldDeclaration? declaration) =>
        declaration?.Type is { } type ? new DeclaredFacts(type, declaration.Format) : null;

    /// <summary>Takes note of a value.</summary>
    public void Observe(ReadOnlySpan<byte> cell)
    {
        var text = CellText.Trim(cell);
        switch (type)
        {
            case FieldType.Int or FieldType.Decimal when NumberText.TryRead(text, out var number) && !number.HasExponent:
                _seen ??= new ColumnFormat(type) { Prefix = number.Prefix, Suffix = number.Suffix };
                _grouped |= number.Grouped;
                _integerDigits = Math.Max(_integerDigits, number.IntegerDigits);
                _fractionDigits = Math.Max(_fractionDigits, number.FractionDigits);
                break;
            case FieldType.Boolean when BooleanText.TryRead(text, out _) is { } written:
                _seen ??= new ColumnFormat(type) { Case = written };
                break;
            case FieldType.Date or FieldType.DateTime or FieldType.Instant
                when MomentText.TryRead(text, out var moment)
                    && moment.HasTime == (type != FieldType.Date) && (_pattern ?? moment.Pattern) == moment.Pattern:
                _seen ??= new ColumnFormat(type)
                {
                    Day = moment.Pattern,
                    SeparatedByT = moment.SeparatedByT,
                    HasSeconds = moment.HasSeconds,
                    Zone = moment.Zone,
                };
                _canBeDayFirst &= moment.TryGetDay(dayFirst: true, out _);
                _canBeMonthFirst &= moment.TryGetDay(dayFirst: false, out _);
                break;
        }
    }

    /// <summary>The format to read the column in.</summary>
    public ColumnFormat Decide() => type switch
    {
        FieldType.Int => (_seen ?? new ColumnFormat(type)) with { Grouped = _grouped },
        FieldType.Decimal => (_seen ?? new ColumnFormat(type)) with
        {
            Grouped = _grouped,
            Scale = Math.Min(_fractionDigits, 38),
            Precision = _integerDigits + _fractionDigits <= 18 ? 18 : 38,
        },
        FieldType.Date or FieldType.DateTime or FieldType.Instant => (_seen
            ?? new ColumnFormat(type) { Day = _pattern ?? DayPattern.YearDash }) with
        {
            DayFirst = format is ['d', ..] || format is not ['M', ..] && _canBeDayFirst && !_canBeMonthFirst,
        },
        FieldType.GeoPoint => ColumnFormat.Text,
        _ => _seen ?? new ColumnFormat(type),
    };

    private static DayPattern? PatternOf(string? format)
    {
        if (string.IsNullOrEmpty(format)) return null;

        if (format.Contains('년')) return DayPattern.YearHangul;

        var separator = format.FirstOrDefault(c => !char.IsLetter(c));
        return (format[0], separator) switch
        {
            ('y', '.') when format.Contains(". ", StringComparison.Ordinal) => DayPattern.YearDotSpace,
            ('y', '-') => DayPattern.YearDash,
            ('y', '/') => DayPattern.YearSlash,
            ('y', '.') => DayPattern.YearDot,
            (_, '-') => DayPattern.LastDash,
            (_, '/') => DayPattern.LastSlash,
            (_, '.') => DayPattern.LastDot,
            _ => null,
        };
    }
}
