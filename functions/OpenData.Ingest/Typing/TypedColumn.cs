using System.Runtime.Intrinsics;
using OpenData.Ingest.Parquet;
using OpenData.Ingest.Records;
using OpenData.Lake;

namespace OpenData.Ingest.Typing;

/// <summary>Reads cells in one format into one Parquet column.</summary>
internal abstract class TypedColumn(ColumnFormat format)
{
    /// <summary>How the cells are written.</summary>
    public ColumnFormat Format { get; } = format;

    /// <summary>Where the values go; null for a column that is not published, because it has neither a label nor values.</summary>
    public abstract ParquetColumn? Target { get; }

    /// <summary>
    /// Adds a column of a batch. A cell that is not in this format is added as one without a value, and its row and column are put into
    /// <paramref name="refused"/>.
    /// </summary>
    public abstract void Add(RowBatch batch, int column, ICollection<(int Row, int Column)> refused);

    /// <summary>Makes the column of a field.</summary>
    public static TypedColumn Create(string name, ColumnFormat format, NullTokens nulls) => format.Type switch
    {
        FieldType.Text or FieldType.Json => new TextCells(new TextColumn { Name = name, Type = format.Type }, format, nulls),
        FieldType.Int => new ValueCells<long, LongColumn.Kind, WholeReader>(
            new LongColumn { Name = name, Type = FieldType.Int }, new WholeReader(format), format, nulls),
        FieldType.Decimal when format.Precision <= 18 => new ValueCells<long, LongColumn.Kind, DecimalReader>(
            new LongColumn { Name = name, Type = FieldType.Decimal, Precision = format.Precision, Scale = format.Scale },
            new DecimalReader(format),
            format,
            nulls),
        FieldType.Decimal => new ValueCells<Int128, WideDecimalColumn.Kind, WideDecimalReader>(
            new WideDecimalColumn { Name = name, Type = FieldType.Decimal, Precision = format.Precision, Scale = format.Scale },
            new WideDecimalReader(format),
            format,
            nulls),
        FieldType.Double => new ValueCells<double, DoubleColumn.Kind, DoubleReader>(
            new DoubleColumn { Name = name, Type = FieldType.Double }, default, format, nulls),
        FieldType.Boolean => new ValueCells<bool, BooleanColumn.Kind, BooleanReader>(
            new BooleanColumn { Name = name, Type = FieldType.Boolean }, new BooleanReader(format.Case), format, nulls),
        FieldType.Date => new ValueCells<int, DayColumn.Kind, DayReader>(
            new DayColumn { Name = name, Type = FieldType.Date }, new DayReader(format), format, nulls),
        FieldType.DateTime or FieldType.Instant => new ValueCells<long, LongColumn.Kind, MomentReader>(
            new LongColumn { Name = name, Type = format.Type }, new MomentReader(format), format, nulls),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format.Type, "No column holds this type."),
    };

    /// <summary>A column that is not published: a cell with a value is refused.</summary>
    public static TypedColumn Unpublished() => new NoCells();

    private sealed class NoCells() : TypedColumn(ColumnFormat.Text)
    {
        public override ParquetColumn? Target => null;

        public override void Add(RowBatch batch, int column, ICollection<(int Row, int Column)> refused)
        {
            for (var row = 0; row < batch.Rows; row++)
            {
                var cell = batch.Place(row, column);
                if (!batch.IsAbsent(cell) && !CellText.Trim(cell.In(batch.Buffer)).IsEmpty) refused.Add((row, column));
            }
        }
    }

    private sealed class TextCells(TextColumn target, ColumnFormat format, NullTokens nulls) : TypedColumn(format)
    {
        public override ParquetColumn Target => target;

        public override void Add(RowBatch batch, int column, ICollection<(int Row, int Column)> refused)
        {
            Span<int> presence = stackalloc int[batch.Rows];
            var source = batch.Buffer;
            // Short texts are copied with what follows them, which the next one covers: the margins have room for that.
            var start = target.Bytes;
            var texts = target.Room(presence.Length, batch.BytesOf(column) + Vector256<byte>.Count, out var ends);
            int values = 0, at = 0;
            for (var row = 0; row < presence.Length; row++)
            {
                var cell = batch.Place(row, column);
                if (batch.IsAbsent(cell) || nulls.Any && nulls.Contain(cell.In(source))) continue;

                if (Format.Place != PlaceOrder.None && CellText.Trim(cell.In(source)) is { IsEmpty: false } text
                    && !PlaceText.Read(text).Allows(Format.Place))
                {
                    refused.Add((row, column));
                    continue;
                }

                if (cell.Length <= Vector256<byte>.Count) Vector256.Create(source.AsSpan(cell.Start)).CopyTo(texts[at..]);
                else cell.In(source).CopyTo(texts[at..]);

                presence[row] = 1;
                at += cell.Length;
                ends[values++] = start + at;
            }

            target.AddRows(presence, values, at);
        }
    }

    /// <summary>
    /// Reads the cells of one format. A struct, so that the loop over a column's cells is compiled for each format by itself.
    /// </summary>
    private interface ICellReader<T>
    {
        /// <summary>Reads a cell of a buffer with margins; false if it is not in the format.</summary>
        bool TryRead(byte[] buffer, CellPlace cell, out T value);
    }

    private sealed class ValueCells<T, TKind, TReader>(
        FixedColumn<T, TKind> target, TReader reader, ColumnFormat format, NullTokens nulls) : TypedColumn(format)
        where T : unmanaged, IComparable<T> where TKind : IFixedKind<T> where TReader : struct, ICellReader<T>
    {
        public override ParquetColumn Target => target;

        public override void Add(RowBatch batch, int column, ICollection<(int Row, int Column)> refused)
        {
            Span<int> presence = stackalloc int[batch.Rows];
            var source = batch.Buffer;
            var room = target.Room(presence.Length);
            var values = 0;
            var read = reader;
            for (var row = 0; row < presence.Length; row++)
            {
                var cell = batch.Place(row, column);
                if (batch.IsAbsent(cell) || nulls.Any && nulls.Contain(cell.In(source))) continue;

                if (read.TryRead(source, cell, out room[values]))
                {
                    presence[row] = 1;
                    values++;
                }
                else if (!CellText.Trim(cell.In(source)).IsEmpty)
                {
                    refused.Add((row, column));
                }
            }

            target.AddRows(presence, values);
        }
    }

    private readonly struct WholeReader(ColumnFormat format) : ICellReader<long>
    {
        private readonly bool _isPlain = format.IsPlainNumber;

        public bool TryRead(byte[] buffer, CellPlace cell, out long value)
        {
            if (_isPlain && PlainText.TryReadNumber(buffer, cell, out value, out var fractionDigits, out _)) return fractionDigits == 0;

            value = 0;
            if (!format.TryReadNumber(cell.In(buffer), out var number) || number.FractionDigits > 0 || !number.TryScale(0, out var wide)
                || wide < long.MinValue || wide > long.MaxValue)
            {
                return false;
            }

            value = (long)wide;
            return true;
        }
    }

    private readonly struct DecimalReader(ColumnFormat format) : ICellReader<long>
    {
        private readonly bool _isPlain = format.IsPlainNumber;
        private readonly int _scale = format.Scale, _mostIntegerDigits = format.Precision - format.Scale;

        public bool TryRead(byte[] buffer, CellPlace cell, out long value)
        {
            if (_isPlain && PlainText.TryReadNumber(buffer, cell, out value, out var fractionDigits, out var integerDigits)
                && fractionDigits <= _scale && integerDigits <= _mostIntegerDigits)
            {
                value *= PlainText.PowersOfTen[_scale - fractionDigits];
                return true;
            }

            value = 0;
            if (!format.TryReadNumber(cell.In(buffer), out var number)
                || number.IntegerDigits > _mostIntegerDigits || !number.TryScale(_scale, out var wide))
            {
                return false;
            }

            value = (long)wide;
            return true;
        }
    }

    private readonly struct WideDecimalReader(ColumnFormat format) : ICellReader<Int128>
    {
        public bool TryRead(byte[] buffer, CellPlace cell, out Int128 value)
        {
            value = 0;
            return format.TryReadNumber(cell.In(buffer), out var number) && number.TryScale(format.Scale, out value);
        }
    }

    private readonly struct DoubleReader : ICellReader<double>
    {
        public bool TryRead(byte[] buffer, CellPlace cell, out double value)
        {
            if (PlainText.TryReadNumber(buffer, cell, out var digits, out var fractionDigits, out var integerDigits))
            {
                // Fifteen digits and a power of ten that are both exact make a quotient that is correctly rounded.
                if (integerDigits + fractionDigits <= 15)
                {
                    value = (double)digits / PlainText.PowersOfTen[fractionDigits];
                    return true;
                }

                if (ShortestDouble.TryRead(digits, fractionDigits, out value)) return true;
            }

            value = 0;
            var text = CellText.Trim(cell.In(buffer));
            return NumberText.TryRead(text, out var number) && !number.Grouped && number.Prefix + number.Suffix == 0
                && NumberText.TryReadDouble(text, number, out value);
        }
    }

    private readonly struct BooleanReader(BooleanCase written) : ICellReader<bool>
    {
        public bool TryRead(byte[] buffer, CellPlace cell, out bool value) =>
            BooleanText.TryRead(CellText.Trim(cell.In(buffer)), out value) == written;
    }

    private readonly struct DayReader(ColumnFormat format) : ICellReader<int>
    {
        private readonly byte _separator = format.DaySeparator;

        public bool TryRead(byte[] buffer, CellPlace cell, out int value)
        {
            if (_separator != 0 && cell.Length == PlainText.DayLength && PlainText.TryReadDay(buffer, cell.Start, _separator, out value))
            {
                return true;
            }

            value = 0;
            if (format.Day == DayPattern.Compact)
            {
                return MomentText.TryReadCompact(CellText.Trim(cell.In(buffer)), out var compact) && compact.TryGetDay(false, out value);
            }

            return MomentText.TryRead(CellText.Trim(cell.In(buffer)), out var moment) && !moment.HasTime && moment.Pattern == format.Day
                && moment.TryGetDay(format.DayFirst, out value);
        }
    }

    private readonly struct MomentReader(ColumnFormat format) : ICellReader<long>
    {
        private const long MicrosecondsPerSecond = 1_000_000, MicrosecondsPerMinute =
            60 * MicrosecondsPerSecond, MicrosecondsPerDay = 1440 * MicrosecondsPerMinute;

        private readonly byte _separator = format.HasSeconds && format.Zone == ZoneKind.None ? format.DaySeparator : (byte)0;
        private readonly byte _between = format.SeparatedByT ? (byte)'T' : (byte)' ';

        public bool TryRead(byte[] buffer, CellPlace cell, out long value)
        {
            const int length = PlainText.DayLength + 1 + PlainText.TimeLength;
            if (_separator != 0 && cell.Length == length && buffer[cell.Start + PlainText.DayLength] == _between
                && PlainText.TryReadDay(buffer, cell.Start, _separator, out var plain)
                && PlainText.TryReadTime(buffer, cell.Start + PlainText.DayLength + 1, out var seconds))
            {
                value = plain * MicrosecondsPerDay + seconds * MicrosecondsPerSecond;
                return true;
            }

            value = 0;
            if (!MomentText.TryRead(CellText.Trim(cell.In(buffer)), out var moment) || !moment.HasTime || moment.Pattern != format.Day
                || moment.Zone != format.Zone
                || moment.SeparatedByT != format.SeparatedByT
                || !moment.TryGetDay(format.DayFirst, out var days))
            {
                return false;
            }

            value = days * MicrosecondsPerDay + moment.TimeOfDay - moment.OffsetMinutes * MicrosecondsPerMinute;
            return true;
        }
    }
}
