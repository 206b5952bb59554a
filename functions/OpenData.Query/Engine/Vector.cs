using DuckDB.NET.Native;

namespace OpenData.Query.Engine;

/// <summary>One column of a chunk, read where it lies. Valid as long as its chunk.</summary>
internal sealed unsafe class Vector
{
    private readonly void* _data;
    private readonly ulong* _validity;
    private readonly nint _vector;
    private readonly Vector?[] _members = new Vector?[2];
    private Vector? _items;

    public Vector(nint vector)
    {
        _vector = vector;
        _data = NativeMethods.Vectors.DuckDBVectorGetData(vector);
        _validity = NativeMethods.Vectors.DuckDBVectorGetValidity(vector);
        using var type = NativeMethods.Vectors.DuckDBVectorGetColumnType(vector);
        Type = NativeMethods.LogicalType.DuckDBGetTypeId(type);
        if (Type == DuckDBType.Decimal)
        {
            Scale = NativeMethods.LogicalType.DuckDBDecimalScale(type);
            DecimalStorage = NativeMethods.LogicalType.DuckDBDecimalInternalType(type);
        }
    }

    public DuckDBType Type { get; }

    /// <summary>Of a decimal: the digits after its point.</summary>
    public int Scale { get; }

    private DuckDBType DecimalStorage { get; }

    public bool IsNull(int row) => _validity is not null && (_validity[row >> 6] & (1UL << (row & 63))) == 0;

    public ReadOnlySpan<byte> Text(int row)
    {
        // duckdb_string_t: a length, then up to 12 bytes here or a prefix of 4 and a pointer.
        var text = (byte*)_data + (row * 16L);
        var length = *(int*)text;
        return new ReadOnlySpan<byte>(length <= 12 ? text + 4 : *(byte**)(text + 8), length);
    }

    public bool Boolean(int row) => ((byte*)_data)[row] != 0;

    public int Date(int row) => ((int*)_data)[row];

    /// <summary>A timestamp in microseconds since 1970.</summary>
    public long Microseconds(int row) => ((long*)_data)[row];

    public double Double(int row) => Type == DuckDBType.Float ? ((float*)_data)[row] : ((double*)_data)[row];

    /// <summary>Whether the whole numbers, or a decimal's digits, may take more than 64 bits.</summary>
    public bool IsWide => (Type == DuckDBType.Decimal ? DecimalStorage : Type) is DuckDBType.HugeInt or DuckDBType.UnsignedBigInt;

    /// <summary>A whole number, or the digits of a decimal, where neither is wide.</summary>
    public long Long(int row) => (Type == DuckDBType.Decimal ? DecimalStorage : Type) switch
    {
        DuckDBType.BigInt => ((long*)_data)[row],
        DuckDBType.Integer => ((int*)_data)[row],
        DuckDBType.SmallInt => ((short*)_data)[row],
        DuckDBType.TinyInt => ((sbyte*)_data)[row],
        DuckDBType.UnsignedInteger => ((uint*)_data)[row],
        DuckDBType.UnsignedSmallInt => ((ushort*)_data)[row],
        DuckDBType.UnsignedTinyInt => ((byte*)_data)[row],
        _ => throw new InvalidOperationException($"A {Type} is not a whole number of 64 bits."),
    };

    /// <summary>A whole number of any width, or the digits of a decimal.</summary>
    public Int128 Integer(int row) => (Type == DuckDBType.Decimal ? DecimalStorage : Type) switch
    {
        DuckDBType.UnsignedBigInt => ((ulong*)_data)[row],
        DuckDBType.HugeInt => new Int128(((ulong*)_data)[(row * 2) + 1], ((ulong*)_data)[row * 2]),
        _ => Long(row),
    };

    /// <summary>Of a struct: one of its two members.</summary>
    public Vector Member(int index) => _members[index] ??= new(NativeMethods.Vectors.DuckDBStructVectorGetChild(_vector, index));

    /// <summary>Of a list: where a row's items lie among <see cref="Items"/>.</summary>
    public (int Start, int Count) ItemsOf(int row) => ((int)((ulong*)_data)[row * 2], (int)((ulong*)_data)[(row * 2) + 1]);

    /// <summary>Of a list: the items of all rows.</summary>
    public Vector Items() => _items ??= new(NativeMethods.Vectors.DuckDBListVectorGetChild(_vector));
}
