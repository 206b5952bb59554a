using System.Formats.Tar;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Packing;

/// <summary>Finds the one data file in a tar archive; nothing of it is kept in memory.</summary>
internal static class TarContent
{
    private const int HeaderBytes = 512, ChecksumAt = 148, ChecksumBytes = 8;

    /// <summary>
    /// Whether a file begins with the header of an archive's first entry, whose checksum is right: formats older than POSIX have no other
    /// mark.
    /// </summary>
    public static bool Recognize(ReadOnlySpan<byte> head)
    {
        if (head.Length < HeaderBytes || head[0] == 0) return false;
        var written = 0;
        foreach (var c in head.Slice(ChecksumAt, ChecksumBytes).Trim((byte)' '))
        {
            if (c is (byte)'\0' or (byte)' ') break;
            if (c is < (byte)'0' or > (byte)'7') return false;
            written = (written * 8) + (c - '0');
        }

        var sum = ' ' * ChecksumBytes;
        for (var i = 0; i < HeaderBytes; i++) sum += i is >= ChecksumAt and < ChecksumAt + ChecksumBytes ? 0 : head[i];
        return written == sum;
    }

    /// <summary>The only data file of an archive.</summary>
    /// <exception cref="UnreadableSourceException">There is none, there are several, or the archive is damaged.</exception>
    public static SourceContent OnlyDataFile(SourceContent archive)
    {
        var entries = new List<ArchiveEntry>();
        using (var reader = Open(archive))
        {
            while (Next(reader, archive) is { } entry)
            {
                if (IsFile(entry)) entries.Add(new ArchiveEntry(entry.Name, IsEncrypted: false));
                if (entries.Count > ArchiveEntry.Most) throw PackingProblems.TooManyEntries(ArchiveEntry.Most);
            }
        }

        var path = ArchiveEntry.OnlyData(entries).Path;
        return new UnpackedContent(Path.GetFileName(path), archive.Length ?? long.MaxValue, () => OpenEntry(archive, path));
    }

    private static EntryStream OpenEntry(SourceContent archive, string path)
    {
        var reader = Open(archive);
        try
        {
            while (Next(reader, archive) is { } entry)
            {
                if (IsFile(entry) && entry.Name == path) return new EntryStream(entry.DataStream ?? Stream.Null, entry.Length, reader);
            }

            throw PackingProblems.Broken($"The archive '{archive.Name}'");
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    private static TarReader Open(SourceContent archive) => new(archive.Open());

    private static TarEntry? Next(TarReader reader, SourceContent archive)
    {
        try
        {
            return reader.GetNextEntry();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or NotSupportedException
            or ArgumentException)
        {
            throw PackingProblems.Broken($"The archive '{archive.Name}'");
        }
    }

    private static bool IsFile(TarEntry entry) =>
        entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile;

    /// <summary>An entry's bytes, with the archive behind them; an entry that ends early is an archive that was cut off.</summary>
    private sealed class EntryStream(Stream data, long length, IDisposable owner) : ReadOnlyStream
    {
        private long _read;

        public override int Read(Span<byte> buffer)
        {
            int read;
            try
            {
                read = data.Read(buffer);
            }
            catch (EndOfStreamException)
            {
                read = 0;
            }

            _read += read;
            return read > 0 || buffer.IsEmpty || _read == length
                ? read
                : throw new InvalidDataException("The archive ends within the file.");
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                data.Dispose();
                owner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
