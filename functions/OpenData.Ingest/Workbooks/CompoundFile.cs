using System.Buffers.Binary;
using System.Text;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Workbooks;

/// <summary>
/// Checks the frame of a compound file ([MS-CFB]), in which XLS lies: ExcelDataReader follows a damaged chain of sectors in circles until
/// memory ends.
/// </summary>
internal static class CompoundFile
{
    private const int HeaderBytes = 512;
    private const int HeaderSectors = 109; // of the table of sectors that the header itself lists
    private const int EntryBytes = 128;
    private const uint EndOfChain = 0xFFFFFFFE;
    private const uint Free = 0xFFFFFFFF;

    /// <summary>
    /// Checks the header, the list of the table's sectors, and the chains that begin in the header; tells the names of the streams, which
    /// are those of all storages.
    /// </summary>
    /// <exception cref="UnreadableSourceException">They are damaged.</exception>
    public static IReadOnlySet<string> Check(Stream file)
    {
        var header = new byte[HeaderBytes];
        if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes) throw Damaged();
        var (version, shift) = (Word(header, 26), Word(header, 30));
        if (Word(header, 28) != 0xFFFE || (version, shift) is not ((3, 9) or (4, 12))
            || Word(header, 32) != 6 || Number(header, 56) != 4096)
        {
            throw Damaged();
        }

        var sectorBytes = 1 << shift;
        var sectors = (uint)Math.Max(0, (file.Length - 1) / sectorBytes); // the header takes the place of one, the last may be short
        var table = TableSectors(file, header, sectorBytes, sectors);
        if (table.Count != Number(header, 44)) throw Damaged();

        var next = new uint[table.Count * sectorBytes / 4];
        for (var i = 0; i < table.Count; i++) ReadSector(file, table[i], sectorBytes).CopyTo(next, i * sectorBytes / 4);
        FollowChain(next, Number(header, 60), sectors);
        return Names(file, FollowChain(next, Number(header, 48), sectors), sectorBytes);
    }

    /// <summary>
    /// The names in a directory's sectors: an entry has 64 bytes for its name in UTF-16, then the bytes that it takes with its closing NUL.
    /// Signs before a name, as in that of a summary, are no part of it.
    /// </summary>
    private static HashSet<string> Names(Stream file, List<uint> directory, int sectorBytes)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var entry = new byte[EntryBytes];
        foreach (var sector in directory)
        {
            for (var at = 0; at < sectorBytes; at += EntryBytes)
            {
                file.Position = ((sector + 1L) * sectorBytes) + at;
                if (file.ReadAtLeast(entry, EntryBytes, throwOnEndOfStream: false) < EntryBytes) return names;
                if (Word(entry, 64) is >= 2 and <= 64 and var length)
                {
                    names.Add(Encoding.Unicode.GetString(entry, 0, length - 2).TrimStart('\x01', '\x05'));
                }
            }
        }

        return names;
    }

    private static List<uint> TableSectors(Stream file, byte[] header, int sectorBytes, uint sectors)
    {
        var listed = Enumerable.Range(0, HeaderSectors)
            .Select(i => Number(header, 76 + (4 * i)))
            .TakeWhile(sector => sector != Free)
            .ToList();
        var more = Number(header, 68);
        for (var left = Number(header, 72); more is not (EndOfChain or Free); left--)
        {
            if (left == 0 || more >= sectors) throw Damaged();
            var list = ReadSector(file, more, sectorBytes);
            listed.AddRange(list[..^1].TakeWhile(sector => sector != Free));
            more = list[^1];
        }

        return listed.TrueForAll(sector => sector < sectors) && listed.Count <= sectors ? listed : throw Damaged();
    }

    private static List<uint> FollowChain(uint[] next, uint start, uint sectors)
    {
        var chain = new List<uint>();
        for (var sector = start; sector is not (EndOfChain or Free); sector = next[sector])
        {
            if (sector >= sectors || sector >= next.Length || chain.Count >= sectors) throw Damaged();
            chain.Add(sector);
        }

        return chain;
    }

    private static uint[] ReadSector(Stream file, uint sector, int sectorBytes)
    {
        var bytes = new byte[sectorBytes];
        file.Position = (sector + 1L) * sectorBytes;
        file.ReadAtLeast(bytes, sectorBytes, throwOnEndOfStream: false);
        return [.. Enumerable.Range(0, sectorBytes / 4).Select(i => Number(bytes, 4 * i))];
    }

    private static ushort Word(byte[] bytes, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(offset));

    private static uint Number(byte[] bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset));

    private static UnreadableSourceException Damaged() => ExcelProblems.Broken("its directory of sectors is damaged or was cut off");
}
