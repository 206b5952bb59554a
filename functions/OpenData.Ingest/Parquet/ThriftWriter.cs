using System.Text;

namespace OpenData.Ingest.Parquet;

/// <summary>
/// Writes Parquet's metadata in Thrift's compact protocol:
/// https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md.
/// </summary>
internal sealed class ThriftWriter(ByteBuffer output)
{
    private const byte True = 1, False = 2, Int16Type = 4, Int32Type = 5, Int64Type = 6, Binary = 8, ListType = 9, StructType = 12;

    private readonly Stack<int> _outer = new();
    private int _lastField;

    public void Field(int id, int value)
    {
        Header(id, Int32Type);
        output.AddZigzag(value);
    }

    public void Field(int id, long value)
    {
        Header(id, Int64Type);
        output.AddZigzag(value);
    }

    public void Field(int id, short value)
    {
        Header(id, Int16Type);
        output.AddZigzag(value);
    }

    public void Field(int id, bool value) => Header(id, value ? True : False);

    public void Field(int id, string value)
    {
        Header(id, Binary);
        Text(value);
    }

    public void Field(int id, ReadOnlySpan<byte> value)
    {
        Header(id, Binary);
        output.AddVarint((ulong)value.Length);
        output.Add(value);
    }

    /// <summary>A field that is a struct; <see cref="End"/> closes it.</summary>
    public void Struct(int id)
    {
        Header(id, StructType);
        Begin();
    }

    /// <summary>A field that is a struct without fields, as Thrift's unions name their choices.</summary>
    public void Empty(int id)
    {
        Struct(id);
        End();
    }

    /// <summary>A field that is a list of structs, each within <see cref="Begin"/> and <see cref="End"/>.</summary>
    public void Structs(int id, int count) => List(id, count, StructType);

    public void Numbers(int id, params ReadOnlySpan<int> values)
    {
        List(id, values.Length, Int32Type);
        foreach (var value in values) output.AddZigzag(value);
    }

    public void Texts(int id, params ReadOnlySpan<string> values)
    {
        List(id, values.Length, Binary);
        foreach (var value in values) Text(value);
    }

    /// <summary>Begins a struct that is not itself a field: the outermost, or an element of a list.</summary>
    public void Begin()
    {
        _outer.Push(_lastField);
        _lastField = 0;
    }

    /// <summary>Ends the innermost struct.</summary>
    public void End()
    {
        output.Add(0);
        _lastField = _outer.Pop();
    }

    private void List(int id, int count, byte type)
    {
        Header(id, ListType);
        if (count < 15)
        {
            output.Add((byte)((count << 4) | type));
            return;
        }

        output.Add((byte)(0xF0 | type));
        output.AddVarint((ulong)count);
    }

    private void Text(string value)
    {
        output.AddVarint((ulong)Encoding.UTF8.GetByteCount(value));
        output.Advance(Encoding.UTF8.GetBytes(value, output.Reserve(value.Length * 3)));
    }

    private void Header(int id, byte type)
    {
        var delta = id - _lastField;
        _lastField = id;
        output.Add((byte)((delta << 4) | type));
    }
}
