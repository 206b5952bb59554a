using System.Buffers.Binary;
using System.Text;

namespace OpenData.Tests.Ingest.Formats;

/// <summary>The smallest XLS file (BIFF8 in a compound file) that holds what a test puts into it; at most some 60 KB.</summary>
internal sealed class XlsFile
{
    private const int Sector = 512;

    private readonly List<(string Name, byte Visibility, List<object?[]> Rows)> _sheets = [];

    /// <summary>A day, written as a number with a date format.</summary>
    public sealed record Day(double Number);

    public XlsFile Sheet(string name, params object?[][] rows)
    {
        _sheets.Add((name, 0, [.. rows]));
        return this;
    }

    public XlsFile HiddenSheet(string name, params object?[][] rows)
    {
        _sheets.Add((name, 1, [.. rows]));
        return this;
    }

    public byte[] ToBytes(string stream = "Workbook") => Compound(Workbook(), stream);

    private byte[] Workbook()
    {
        var texts = _sheets.SelectMany(sheet => sheet.Rows).SelectMany(row => row).OfType<string>().Distinct().ToList();
        var sheets = _sheets.Select(sheet => Sheet(sheet.Rows, texts)).ToList();
        var length = Globals([.. sheets.Select(_ => 0)], texts).Length;
        var starts = sheets.Select((_, i) => length + sheets.Take(i).Sum(sheet => sheet.Length)).ToList();
        return [.. Globals(starts, texts), .. sheets.SelectMany(sheet => sheet)];
    }

    private byte[] Globals(List<int> starts, List<string> texts)
    {
        var stream = new MemoryStream();
        Record(stream, 0x0809, Words(0x0600, 0x0005, 0, 1997, 0, 0, 0, 0));
        Record(stream, 0x0042, Words(1200));
        Record(stream, 0x041E, [.. Words(164), .. Text("yyyy\"년\" m\"월\" d\"일\"")]);
        foreach (var format in new[] { 0, 164 }) Record(stream, 0x00E0, [.. Words(0, format), .. new byte[16]]);
        for (var i = 0; i < _sheets.Count; i++)
        {
            var name = Encoding.Unicode.GetBytes(_sheets[i].Name);
            Record(stream, 0x0085, [.. Int(starts[i]), _sheets[i].Visibility, 0, (byte)_sheets[i].Name.Length, 1, .. name]);
        }

        Record(stream, 0x00FC, [.. Int(texts.Count), .. Int(texts.Count), .. texts.SelectMany(Text)]);
        Record(stream, 0x000A, []);
        return stream.ToArray();
    }

    private static byte[] Sheet(List<object?[]> rows, List<string> texts)
    {
        var stream = new MemoryStream();
        Record(stream, 0x0809, Words(0x0600, 0x0010, 0, 1997, 0, 0, 0, 0));
        Record(stream, 0x0200, [.. Int(0), .. Int(rows.Count), .. Words(0, rows.Count == 0 ? 0 : rows.Max(row => row.Length), 0)]);
        for (var r = 0; r < rows.Count; r++)
        {
            for (var c = 0; c < rows[r].Length; c++)
            {
                switch (rows[r][c])
                {
                    case string text:
                        Record(stream, 0x00FD, [.. Words(r, c, 0), .. Int(texts.IndexOf(text))]);
                        break;
                    case bool truth:
                        Record(stream, 0x0205, [.. Words(r, c, 0), truth ? (byte)1 : (byte)0, 0]);
                        break;
                    case Day day:
                        Record(stream, 0x0203, [.. Words(r, c, 1), .. BitConverter.GetBytes(day.Number)]);
                        break;
                    case { } number:
                        Record(
                            stream,
                            0x0203,
                            [
                                .. Words(r, c, 0),
                                .. BitConverter.GetBytes(Convert.ToDouble(number, System.Globalization.CultureInfo.InvariantCulture)),
                            ]);
                        break;
                }
            }
        }

        Record(stream, 0x000A, []);
        return stream.ToArray();
    }

    /// <summary>A compound file with one FAT sector, one directory sector, and the stream behind them.</summary>
    private static byte[] Compound(byte[] workbook, string stream)
    {
        var sectors = Math.Max(8, (workbook.Length + Sector - 1) / Sector); // below 4,096 bytes it would lie in the mini stream
        var file = new byte[Sector * (3 + sectors)];
        new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 }.CopyTo(file, 0);
        Words(0x3E, 3, 0xFFFE, 9, 6).CopyTo(file, 24);
        Int(1).CopyTo(file, 44);
        Int(1).CopyTo(file, 48);
        Int(4096).CopyTo(file, 56);
        Int(-2).CopyTo(file, 60);
        Int(-2).CopyTo(file, 68);
        for (var i = 0; i < 109; i++) Int(i == 0 ? 0 : -1).CopyTo(file, 76 + (4 * i));

        var fat = file.AsSpan(Sector, Sector);
        for (var i = 0; i < 128; i++)
        {
            var next = i switch { 0 => -3, 1 => -2, _ when i < sectors + 1 => i + 1, _ when i == sectors + 1 => -2, _ => -1 };
            BinaryPrimitives.WriteInt32LittleEndian(fat[(4 * i)..], next);
        }

        Entry(file.AsSpan(2 * Sector), "Root Entry", type: 5, child: 1, start: -2, size: 0);
        Entry(file.AsSpan((2 * Sector) + 128), stream, type: 2, child: -1, start: 2, size: sectors * Sector);
        workbook.CopyTo(file, 3 * Sector);
        return file;
    }

    private static void Entry(Span<byte> entry, string name, byte type, int child, int start, int size)
    {
        Encoding.Unicode.GetBytes(name, entry);
        BinaryPrimitives.WriteInt16LittleEndian(entry[64..], (short)(2 * (name.Length + 1)));
        entry[66] = type;
        entry[67] = 1;
        BinaryPrimitives.WriteInt32LittleEndian(entry[68..], -1);
        BinaryPrimitives.WriteInt32LittleEndian(entry[72..], -1);
        BinaryPrimitives.WriteInt32LittleEndian(entry[76..], child);
        BinaryPrimitives.WriteInt32LittleEndian(entry[116..], start);
        BinaryPrimitives.WriteInt32LittleEndian(entry[120..], size);
    }

    private static void Record(MemoryStream stream, int type, byte[] data) => stream.Write([.. Words(type, data.Length), .. data]);

    private static byte[] Words(params int[] values) => [.. values.SelectMany(value => BitConverter.GetBytes((ushort)value))];

    private static byte[] Int(int value) => BitConverter.GetBytes(value);

    private static byte[] Text(string text) => [.. Words(text.Length), 1, .. Encoding.Unicode.GetBytes(text)];
}
