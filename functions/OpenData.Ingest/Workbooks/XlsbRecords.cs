using System.Buffers.Binary;
using System.Text;

namespace OpenData.Ingest.Workbooks;

/// <summary>The records of a part of an XLSB file, one after another ([MS-XLSB] 2.1.4): a type, a length, and so many bytes.</summary>
/// <param name="part">The part; disposed with this.</param>
internal sealed class XlsbRecords(Stream part) : IDisposable
{
    /// <summary>No record that is read is longer: texts have up to 32,767 characters, each with at most a run of its own.</summary>
    private const int LongestRecord = 1 << 20;

    private readonly Stream _part = new BufferedStream(part, 1 << 16);
    private byte[] _data = new byte[1 << 12];
    private int _length;

    /// <summary>The record's type.</summary>
    public int Type { get; private set; }

    /// <summary>The record's bytes.</summary>
    public ReadOnlySpan<byte> Data => _data.AsSpan(0, _length);

    /// <summary>Goes to the next record; false at the end.</summary>
    /// <exception cref="InvalidDataException">The part is damaged.</exception>
    public bool Read()
    {
        var first = _part.ReadByte();
        if (first < 0) return false;
        Type = first < 0x80 ? first : first & 0x7F | (Byte() & 0x7F) << 7;
        _length = 0;
        for (var shift = 0; shift < 28; shift += 7)
        {
            var b = Byte();
            _length |= (b & 0x7F) << shift;
            if (b < 0x80) break;
        }

        if (_length > LongestRecord) throw new InvalidDataException("a record is too long");
        if (_length > _data.Length) Array.Resize(ref _data, Math.Max(_length, 2 * _data.Length));
        _part.ReadExactly(_data.AsSpan(0, _length));
        return true;
    }

    /// <summary>A whole number of four bytes.</summary>
    public int Number(int at) => BinaryPrimitives.ReadInt32LittleEndian(Part(at, 4));

    /// <summary>A floating point number of eight bytes.</summary>
    public double Real(int at) => BinaryPrimitives.ReadDoubleLittleEndian(Part(at, 8));

    /// <summary>A number in Excel's short form ([MS-XLSB] 2.5.122): the upper 30 bits of a real or a whole one, divided by a hundred or
    /// not.</summary>
    public double Short(int at)
    {
        var packed = Number(at);
        var value = (packed & 2) != 0 ? packed >> 2 : BitConverter.Int64BitsToDouble((long)(packed & ~3) << 32);
        return (packed & 1) != 0 ? value / 100 : value;
    }

    /// <summary>A text with its length before it ([MS-XLSB] 2.5.168); <paramref name="at"/> is left behind it.</summary>
    public string Text(ref int at)
    {
        var length = Number(at);
        if (length is < 0 or > LongestRecord)
        {
            at += 4; // -1 is no text
            return "";
        }

        var text = Encoding.Unicode.GetString(Part(at + 4, 2 * length));
        at += 4 + (2 * length);
        return text;
    }

    /// <summary>A byte.</summary>
    public byte At(int at) => Part(at, 1)[0];

    /// <summary>Whether the record has so many bytes.</summary>
    public bool Has(int bytes) => _length >= bytes;

    /// <inheritdoc/>
    public void Dispose() => _part.Dispose();

    private ReadOnlySpan<byte> Part(int at, int length) =>
        at >= 0 && at <= _length - length ? _data.AsSpan(at, length) : throw new InvalidDataException("a record is too short");

    private int Byte() => _part.ReadByte() is >= 0 and var b ? b : throw new InvalidDataException("it ends within a record");
}
