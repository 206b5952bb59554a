using System.Numerics;
using System.Text;
using DuckDB.NET.Native;

namespace OpenData.DuckDb;

/// <summary>
/// One column of a chunk, read in place from DuckDB's memory. It is valid until its chunk is disposed. Reading a value as another type than
/// the column has, or a null, returns meaningless data: check <see cref="IsNull"/> first.
/// </summary>
public sealed unsafe class ColumnVector
{
    private readonly void* _data;
    private readonly ulong* _validity;
    private readonly nint _vector;
    private readonly DuckDBType _type;
    private readonly DuckDBType _integerType;
    private readonly ColumnVector?[] _members = new ColumnVector?[2];
    private ColumnVector? _items;

    internal ColumnVector(nint vector)
    {
        _vector = vector;
        _data = NativeMethods.Vectors.DuckDBVectorGetData(vector);
        _validity = NativeMethods.Vectors.DuckDBVectorGetValidity(vector);
        using var type = NativeMethods.Vectors.DuckDBVectorGetColumnType(vector);
        _integerType = _type = NativeMethods.LogicalType.DuckDBGetTypeId(type);
        if (_type != DuckDBType.Decimal) return;
        Scale = NativeMethods.LogicalType.DuckDBDecimalScale(type);
        _integerType = NativeMethods.LogicalType.DuckDBDecimalInternalType(type);
    }

    /// <summary>Of a decimal: the number of digits after the decimal point; otherwise 0.</summary>
    public int Scale { get; }

    /// <summary>Whether the values are structs.</summary>
    public bool IsStruct => _type == DuckDBType.Struct;

    /// <summary>Whether whole numbers, or the unscaled digits of decimals, may need more than 64 bits.</summary>
    public bool IsWide => _integerType is DuckDBType.HugeInt or DuckDBType.UnsignedBigInt;

    /// <summary>Whether a row has no value.</summary>
    public bool IsNull(int row) => _validity is not null && (_validity[row >> 6] & (1UL << (row & 63))) == 0;

    /// <summary>A text's UTF-8 bytes, or a blob's bytes.</summary>
    public ReadOnlySpan<byte> Text(int row)
    {
        // duckdb_string_t: the length, then up to 12 bytes inline, or a prefix of 4 bytes and a pointer.
        var text = (byte*)_data + (row * 16L);
        var length = *(int*)text;
        return new ReadOnlySpan<byte>(length <= 12 ? text + 4 : *(byte**)(text + 8), length);
    }

    /// <summary>A boolean.</summary>
    public bool Boolean(int row) => ((byte*)_data)[row] != 0;

    /// <summary>A date as days since 1970-01-01.</summary>
    public int Days(int row) => ((int*)_data)[row];

    /// <summary>A timestamp as microseconds since 1970-01-01T00:00.</summary>
    public long Microseconds(int row) => ((long*)_data)[row];

    /// <summary>A floating-point number.</summary>
    public double Double(int row) => _type == DuckDBType.Float ? ((float*)_data)[row] : ((double*)_data)[row];

    /// <summary>A whole number, or a decimal's unscaled digits, of a column that is not <see cref="IsWide"/>.</summary>
    public long Long(int row) => _integerType switch
    {
        DuckDBType.BigInt => ((long*)_data)[row],
        DuckDBType.Integer => ((int*)_data)[row],
        DuckDBType.SmallInt => ((short*)_data)[row],
        DuckDBType.TinyInt => ((sbyte*)_data)[row],
        DuckDBType.UnsignedInteger => ((uint*)_data)[row],
        DuckDBType.UnsignedSmallInt => ((ushort*)_data)[row],
        DuckDBType.UnsignedTinyInt => ((byte*)_data)[row],
        _ => throw new InvalidOperationException($"A {_integerType} is not a whole number of 64 bits."),
    };

    /// <summary>A whole number, or a decimal's unscaled digits, of any width.</summary>
    public Int128 Integer(int row) => _integerType switch
    {
        DuckDBType.UnsignedBigInt => ((ulong*)_data)[row],
        DuckDBType.HugeInt => new Int128(((ulong*)_data)[(row * 2) + 1], ((ulong*)_data)[row * 2]),
        _ => Long(row),
    };

    /// <summary>Of a struct: its first or second member.</summary>
    public ColumnVector Member(int index) => _members[index] ??= new(NativeMethods.Vectors.DuckDBStructVectorGetChild(_vector, index));

    /// <summary>Of a list: the range of a row's items within <see cref="Items"/>.</summary>
    public (int Start, int Count) ItemsOf(int row) => ((int)((ulong*)_data)[row * 2], (int)((ulong*)_data)[(row * 2) + 1]);

    /// <summary>Of a list: the items of all rows.</summary>
    public ColumnVector Items() => _items ??= new(NativeMethods.Vectors.DuckDBListVectorGetChild(_vector));

    /// <summary>
    /// A value as an object: null, bool, string, long, <see cref="BigInteger"/> (of 128 bits), decimal, double, <see cref="DateOnly"/>, or
    /// <see cref="DateTime"/> in UTC.
    /// </summary>
    /// <exception cref="NotSupportedException">The column has another type.</exception>
    public object? Value(int row) => IsNull(row) ? null : _type switch
    {
        DuckDBType.Boolean => Boolean(row),
        DuckDBType.Varchar => Encoding.UTF8.GetString(Text(row)),
        DuckDBType.Decimal => (decimal)Integer(row) / PowerOfTen(Scale),
        DuckDBType.Float or DuckDBType.Double => Double(row),
        DuckDBType.HugeInt or DuckDBType.UnsignedBigInt => (BigInteger)Integer(row),
        DuckDBType.Date => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(Days(row)),
        DuckDBType.Timestamp or DuckDBType.TimestampTz => DateTime.UnixEpoch.AddTicks(Microseconds(row) * TimeSpan.TicksPerMicrosecond),
        DuckDBType.BigInt or DuckDBType.Integer or DuckDBType.SmallInt or DuckDBType.TinyInt => Long(row),
        DuckDBType.UnsignedInteger or DuckDBType.UnsignedSmallInt or DuckDBType.UnsignedTinyInt => Long(row),
        _ => throw new NotSupportedException($"A value of the type {_type} cannot be read as an object."),
    };

    private static decimal PowerOfTen(int exponent)
    {
        var power = 1m;
        for (var i = 0; i < exponent; i++) power *= 10;
        return power;
    }
}
