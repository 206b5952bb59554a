using System.Diagnostics.CodeAnalysis;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using OpenData.Ingest.Packing;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Workbooks;

/// <summary>Opens XLS files.</summary>
internal static class XlsWorkbook
{
    // The format's limits. A damaged file may claim millions of rows, and the library would make them all.
    private const int MostColumns = 256, MostRows = 65_536;

    private static readonly ExcelReaderConfiguration Configuration = Configure();

    /// <summary>Opens a workbook at its first sheet.</summary>
    public static IExcelDataReader Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            var head = new byte[4];
            if (!(file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && IsBareStream(head)))
            {
                file.Position = 0;
                Recognize(CompoundFile.Check(file));
            }

            file.Position = 0;
            return ExcelReaderFactory.CreateReader(file, Configuration);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Whether a file begins as those of Excel 2 to 5 do, which have no compound file around them: with a record that says which of them it
    /// is ([MS-XLS] 2.4.21).
    /// </summary>
    public static bool IsBareStream(ReadOnlySpan<byte> head) => head is [9, 0 or 2 or 4, 4 or 6, 0, ..] or [9, 8, 8 or 16, 0, ..];

    /// <summary>Goes to the next row.</summary>
    public static bool Read(IExcelDataReader workbook)
    {
        if (workbook.FieldCount > MostColumns || workbook.RowCount > MostRows)
        {
            throw ExcelProblems.Broken(
                $"its sheet '{workbook.Name}' claims {workbook.RowCount:n0} rows and {workbook.FieldCount:n0} columns, more than the "
                + "format can have");
        }

        return workbook.Read();
    }

    /// <summary>
    /// Turns the library's exceptions, whose types depend on where it meets the damage, into a problem: the file
    /// is a local one, so nothing that is thrown can be a fault of storage.
    /// </summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A broken workbook may raise any of them.")]
    public static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidPasswordException)
        {
            throw PackingProblems.Password();
        }
        catch (Exception e) when (e is not UnreadableSourceException)
        {
            throw ExcelProblems.Broken(e.Message.TrimEnd('.'));
        }
    }

    /// <summary>Tells by the streams of a compound file whether it is a workbook; each program calls its own by a name.</summary>
    private static void Recognize(IReadOnlySet<string> streams)
    {
        if (streams.Contains("EncryptedPackage")) throw PackingProblems.Password();
        if (streams.Contains("Workbook") || streams.Contains("Book")) return;
        if (streams.Contains("HwpSummaryInformation") || (streams.Contains("FileHeader") && streams.Contains("DocInfo")))
        {
            throw DocumentProblems.Hangul();
        }
        if (streams.Contains("WordDocument")) throw DocumentProblems.Word();
        if (streams.Contains("PowerPoint Document")) throw DocumentProblems.PowerPoint();
        throw DocumentProblems.Other("a document of another program, such as an e-mail of Outlook (.msg)");
    }

    private static ExcelReaderConfiguration Configure()
    {
        // Before Excel 97 texts were in the code page of the machine.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return new ExcelReaderConfiguration { FallbackEncoding = Encoding.GetEncoding(949) };
    }
}
