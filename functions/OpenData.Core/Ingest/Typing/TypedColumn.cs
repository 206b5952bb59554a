using OpenData.Ingest.Parquet;
using OpenData.Lake;

namespace OpenData.Ingest.Typing;

/// <summary>Reads cells in one format into one Parquet column.</summary>
internal abstract class TypedColumn(ColumnFormat format)
{
    /// <summary>How the cells are written.</summary>
    public ColumnFormat Format { get; } = format;

    /// <summary>Where the values go.</summary>
    public abstract ParquetColumn Target { get; }

    /// <summary>Adds a cell that is not absent; false, with nothing added, if it is not in this format.</summary>
    public abstract bool TryAdd(ReadOnlySpan<byte> cell);

    /// <summary>Makes the column of a field.</summary>
    public static TypedColumn Create(string name, ColumnFormat format) => format.Type switch
    {
        FieldType.Text when format.Place != PlaceOrder.None => new PlaceCells(name, format),
        FieldType.Text or FieldType.Json => new TextCells(name, format),
        FieldType.Int => new WholeCells(name, format),
        FieldType.Decimal when format.Precision <= 18 => new DecimalCells(name, format),
        FieldType.Decimal => new WideDecimalCells(name, format),
        FieldType.Double => new DoubleCells(name, format),
        FieldType.Boolean => new BooleanCells(name, format),
        FieldType.Date => new DayCells(name, format),
        FieldType.DateTime or FieldType.Instant => new MomentCells(name, format),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format.Type, "No column holds this type."),
    };

    /// <summary>Trims a cell; true, with a null added, if nothing is left of it.</summary>
    private bool Blank(ref ReadOnlySpan<byte> cell)
    {
        cell = cell.Trim((byte)' ');
        if (!cell.IsEmpty)
            return false;

        Target.AddNull();
        return true;
    }

    /// <summary>The separator of a day whose year comes first, in four, two and two digits; 0 for other patterns.</summary>
    private static byte SeparatorOf(DayPattern day) => day switch
    {
        DayPattern.YearDash => (byte)'-',
        DayPattern.YearSlash => (byte)'/',
        DayPattern.YearDot => (byte)'.',
        _ => 0,
    };

    private bool ReadNumber(ReadOnlySpan<byte> text, out NumberText number) =>
        NumberText.TryRead(text, out number)
        && number.Prefix == Format.Prefix && number.Suffix == Format.Suffix
        && (Format.Grouped || !number.Grouped)
        && !number.HasExponent && !number.IsNegativeZero;

    private sealed class TextCells(string name, ColumnFormat format) : TypedColumn(format)
    {
        private readonly TextColumn _target = new() { Name = name, Type = format.Type };

        public override ParquetColumn Target => _target;

        public override bool TryAdd(ReadOnlySpan<byte> cell)
        {
            _target.Add(cell);
            return true;
        }
    }

    private sealed class PlaceCells(string name, ColumnFormat format) : TypedColumn(format)
    {
        private readonly TextColumn _target = new() { Name = name, Type = format.Type };

        public override ParquetColumn Target => _target;

        public override bool TryAdd(ReadOnlySpan<byte> cell)
        {
            if (cell.Trim((byte)' ') is { IsEmpty: false } text && !PlaceText.Read(text).Allows(Format.Place))
                return false;

            _target.Add(cell);
            return true;
        }
    }

    private sealed class WholeCells(string name, ColumnFormat format) : TypedColumn(format)
    {
        private readonly LongColumn _target = new() { Name = name, Type = FieldType.Int };
        private readonly bool _isPlain = format.Prefix + format.Suffix == 0;

        public override ParquetColumn Target => _target;

        public override bool TryAdd(ReadOnlySpan<byte> cell)
        {
            if (_isPlain && PlainText.TryReadNumber(cell, out var plain, out var fractionDigits, out _))
            {
                if (fractionDigits > 0)
                    return false;

                _target.Add(plain);
                return true;
            }

            if (Blank(ref cell))
                return true;

            if (!ReadNumber(cell, out var number) || number.FractionDigits > 0 || !number.TryScale(0, out var value)
                || value < long.MinValue || value > long.MaxValue)
            {
                return false;
            }

            _target.Add((long)value);
            return true;
        }
    }

    private sealed class DecimalCells(string name, ColumnFormat format) : TypedColumn(format)
    {
        private readonly LongColumn _target = new() { Name = name, Type = FieldType.Decimal, Precision = format.Precision, Scale = format.Scale };
        private readonly bool _isPlain = format.Prefix + format.Suffix == 0;
        private readonly int _scale = format.Scale;

        public override ParquetColumn Target => _target;

        public override bool TryAdd(ReadOnlySpan<byte> cell)
        {
            if (_isPlain && PlainText.TryReadNumber(cell, out var plain, out var fractionDigits, out var integerDigits)
                && fractionDigits <= _scale && integerDigits + _scale <= Format.Precision)
            {
                _target.Add(plain * PlainText.PowersOfTen[_scale - fractionDigits]);
                return true;
            }

            if (Blank(ref cell))
                return true;

            if (!ReadNumber(cell, out var number) || number.IntegerDigits + Format.Scale > Format.Precision || !number.TryScale(Format.Scale, out var value))
                return false;

            _target.Add((long)value);
            return true;
        }
    }

    private sealed class WideDecimalCells(string name, ColumnFormat format) : TypedColumn(format)
    {
        private readonly WideDecimalColumn _target = new() { Name = name, Type = FieldType.Decimal, Precision = format.Precision, Scale = format.Scale };

        public override ParquetColumn Target => _target;

        public override bool TryAdd(ReadOnlySpan<byte> cell)
        {
            if (Blank(ref cell))
                return true;

            if (!ReadNumber(cell, out var number) || !number.TryScale(Format.Scale, out var value))
                return false;

            _target.Add(value);
            return true;
        }
    }

    private sealed class DoubleCells(string name, ColumnFormat format) : TypedColumn(format)
    {
        private readonly DoubleColumn _target = new() { Name = name, Type = FieldType.Double };

        public override ParquetColumn Target => _target;

        public override bool TryAdd(ReadOnlySpan<byte> cell)
        {
            // Fifteen digits and a power of ten that are both exact make a quotient that is correctly rounded.
            if (PlainText.TryReadNumber(cell, out var plain, out var fractionDigits, out var integerDigits))
            {
                if (integerDigits + fractionDigits <= 15)
                {
                    _target.Add((double)plain / PlainText.PowersOfTen[fractionDigits]);
                    return true;
                }

                if (ShortestDouble.TryRead(plain, fractionDigits, out var shortest))
                {
                    _target.Add(shortest);
                    return true;
                }
            }

            if (Blank(ref cell))
                return true;

            if (!NumberText.TryRead(cell, out var number) || number.Grouped || number.Prefix + number.Suffix > 0
                || !NumberText.TryReadDouble(cell, number, out var value))
            {
                return false;
            }

            _target.Add(value);
            return true;
        }
    }

    private sealed class BooleanCells(string name, ColumnFormat format) : TypedColumn(format)
    {
        private readonly BooleanColumn _target = new() { Name = name, Type = FieldType.Boolean };

        public override ParquetColumn Target => _target;

        public override bool TryAdd(ReadOnlySpan<byte> cell)
        {
            if (Blank(ref cell))
                return true;

            if (BooleanText.TryRead(cell, out var value) != Format.Case)
                return false;

            _target.Add(value);
            return true;
        }
    }

    private sealed class DayCells(string name, ColumnFormat format) : TypedColumn(format)
    {
        private readonly DayColumn _target = new() { Name = name, Type = FieldType.Date };
        private readonly byte _separator = SeparatorOf(format.Day);

        public override ParquetColumn Target => _target;

        public override bool TryAdd(ReadOnlySpan<byte> cell)
        {
            if (_separator != 0 && cell.Length == 10 && PlainText.TryReadDay(cell, _separator, out var plain))
            {
                _target.Add(plain);
                return true;
            }

            if (Blank(ref cell))
                return true;

            if (!MomentText.TryRead(cell, out var moment) || moment.HasTime || moment.Pattern != Format.Day || !moment.TryGetDay(Format.DayFirst, out var days))
                return false;

            _target.Add(days);
            return true;
        }
    }

    private sealed class MomentCells(string name, ColumnFormat format) : TypedColumn(format)
    {
        private const long MicrosecondsPerSecond = 1_000_000, MicrosecondsPerMinute = 60 * MicrosecondsPerSecond, MicrosecondsPerDay = 1440 * MicrosecondsPerMinute;

        private readonly LongColumn _target = new() { Name = name, Type = format.Type };
        private readonly byte _separator = format.HasSeconds && format.Zone == ZoneKind.None ? SeparatorOf(format.Day) : (byte)0;
        private readonly byte _between = format.SeparatedByT ? (byte)'T' : (byte)' ';

        public override ParquetColumn Target => _target;

        public override bool TryAdd(ReadOnlySpan<byte> cell)
        {
            if (_separator != 0 && cell.Length == 19 && cell[10] == _between
                && PlainText.TryReadDay(cell, _separator, out var plain) && PlainText.TryReadTime(cell[11..], out var seconds))
            {
                _target.Add(plain * MicrosecondsPerDay + seconds * MicrosecondsPerSecond);
                return true;
            }

            if (Blank(ref cell))
                return true;

            if (!MomentText.TryRead(cell, out var moment) || !moment.HasTime || moment.Pattern != Format.Day || moment.Zone != Format.Zone
                || moment.SeparatedByT != Format.SeparatedByT || moment.HasSeconds != Format.HasSeconds
                || !moment.TryGetDay(Format.DayFirst, out var days))
            {
                return false;
            }

            _target.Add(days * MicrosecondsPerDay + moment.TimeOfDay - moment.OffsetMinutes * MicrosecondsPerMinute);
            return true;
        }
    }
}
