using System.IO.Compression;
using System.Text;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Packing;

/// <summary>Finds the one data file in a ZIP file.</summary>
internal static class ZipContent
{
    /// <summary>Opens a ZIP file's directory.</summary>
    /// <param name="packed">The file.</param>
    /// <param name="broken">What to say of a file without a directory, where it is known what the file should be; otherwise null.</param>
    /// <exception cref="UnreadableSourceException">It has no directory.</exception>
    public static ZipArchive Open(SourceContent packed, UnreadableSourceException? broken = null)
    {
        var stream = SeekableCopy.Open(packed);
        try
        {
            // Names that do not say they are UTF-8 are in the code page of the machine that packed them, which is Korean here.
            var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: false, CodePagesEncodingProvider.Instance.GetEncoding(949));
            _ = zip.Entries.Count; // the directory is read only now
            return zip;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ArgumentException or NotSupportedException)
        {
            stream.Dispose();
            throw broken ?? PackingProblems.Broken("The ZIP file has no readable directory: it");
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The only data file among the entries.</summary>
    /// <exception cref="UnreadableSourceException">There is none, there are several, or it has a password.</exception>
    public static SourceContent OnlyDataFile(SourceContent packed, ZipArchive zip)
    {
        if (zip.Entries.Count > ArchiveEntry.Most) throw PackingProblems.TooManyEntries(ArchiveEntry.Most);
        var only = ArchiveEntry.OnlyData(
            zip.Entries.Where(entry => entry.Name.Length > 0).Select(entry => new ArchiveEntry(entry.FullName, entry.IsEncrypted)));
        return OfEntry(packed, zip.GetEntry(only.Path)!);
    }

    /// <summary>Whether there is an entry of this name; neither case nor a leading slash counts.</summary>
    public static bool Has(ZipArchive zip, string name) =>
        zip.Entries.Any(entry => PathOf(entry).Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>An entry's path, with forward slashes and none at its beginning.</summary>
    public static string PathOf(ZipArchiveEntry entry) => entry.FullName.Replace('\\', '/').TrimStart('/');

    /// <summary>Opens an entry's bytes, checked against the length and the checksum that the directory names.</summary>
    /// <exception cref="InvalidDataException">The entry cannot be unpacked; also while it is read.</exception>
    /// <exception cref="NotSupportedException">It is packed in a way that is not known.</exception>
    public static Stream Open(ZipArchiveEntry entry, IDisposable? owner = null) =>
        new UnpackingStream(new CheckedStream(entry.Open(), entry.Length, entry.Crc32, owner), entry.Name, entry.CompressedLength);

    private static UnpackedContent OfEntry(SourceContent packed, ZipArchiveEntry entry)
    {
        var name = entry.FullName;
        return new UnpackedContent(entry.Name, entry.CompressedLength, () =>
        {
            var zip = Open(packed);
            try
            {
                var found = zip.GetEntry(name)!;
                return new CheckedStream(found.Open(), found.Length, found.Crc32, zip);
            }
            catch (Exception e) when (e is InvalidDataException or NotSupportedException)
            {
                zip.Dispose();
                throw PackingProblems.Unsupported(name, e.Message);
            }
        });
    }
}
