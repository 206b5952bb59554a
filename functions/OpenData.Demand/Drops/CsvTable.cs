using System.Globalization;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using OpenData.Lake;
using Sylvan.Data.Csv;

namespace OpenData.Demand.Drops;

/// <summary>
/// Reads the tables that planners drop: CSV in UTF-8 or CP949 with comma, semicolon or tab, or the first sheet of an Excel workbook. The
/// header has the documented names in English or Korean.
/// </summary>
internal static class CsvTable
{
    private static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
    private static readonly Encoding Cp949 =
        CodePagesEncodingProvider.Instance.GetEncoding(949, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>The rows; none if the file as a whole cannot be read, and the problems say why.</summary>
    public static IReadOnlyList<CsvRow> Read(ReadOnlyMemory<byte> content, IReadOnlyList<CsvColumn> columns, List<Problem> problems)
    {
        var records = content.Span.StartsWith("PK"u8) ? Workbook(content, problems) : Csv(content, problems);
        if (records is null) return [];
        if (records.Count == 0)
        {
            Reject(problems, "file-empty", "The file is empty.", "Drop it again with its rows.");
            return [];
        }

        return Rows(records, columns, problems);
    }

    private static List<Record>? Csv(ReadOnlyMemory<byte> content, List<Problem> problems)
    {
        if (Decode(content.Span) is not { } text)
        {
            Reject(problems, "encoding-undecodable", "The file is neither UTF-8 nor CP949.", "Save it as UTF-8.");
            return null;
        }

        try
        {
            // As text and without a schema, so that a row of any length can be read and judged.
            var options = new CsvDataReaderOptions { HasHeaders = false, BufferSize = Math.Max(16384, text.Length + 1) };
            using var reader = CsvDataReader.Create(new StringReader(text), options);
            var records = new List<Record>();
            if (!reader.Read() && reader.RowFieldCount == 0) return records;
            do
            {
                records.Add(new Record(reader.RowNumber, [.. Enumerable.Range(0, reader.RowFieldCount).Select(reader.GetString)]));
            }
            while (reader.Read());
            return records;
        }
        catch (CsvFormatException e)
        {
            var message = $"The file cannot be read as CSV beyond row {e.RowNumber}: {e.Message}";
            Reject(problems, "csv-malformed", message, "Look for a quote that is not closed.");
            return null;
        }
    }

    private static List<Record>? Workbook(ReadOnlyMemory<byte> content, List<Problem> problems)
    {
        try
        {
            using var stream = new MemoryStream(content.ToArray(), writable: false);
            using var reader = ExcelReaderFactory.CreateOpenXmlReader(stream);
            var records = new List<Record>();
            for (var line = 1; reader.Read(); line++)
            {
                var cells = Enumerable.Range(0, reader.FieldCount).Select(i => Text(reader.GetValue(i))).ToArray();
                var length = Array.FindLastIndex(cells, cell => cell.Length > 0) + 1;
                if (length > 0) records.Add(new Record(line, cells[..length]));
            }

            return records;
        }
        catch (Exception e) when (e is ExcelReaderException or InvalidDataException or System.Xml.XmlException)
        {
            Reject(problems, "workbook-unreadable", $"The workbook cannot be read: {e.Message}", "Save it again as .xlsx, or as CSV.");
            return null;
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static List<CsvRow> Rows(List<Record> records, IReadOnlyList<CsvColumn> columns, List<Problem> problems)
    {
        var header = new List<string>();
        foreach (var cell in records[0].Cells)
        {
            var name = UnicodeText.Nfc(cell.Trim());
            var known = columns.FirstOrDefault(
                column => name.Equals(column.Name, StringComparison.OrdinalIgnoreCase) || name == column.Korean);
            if (known is null && name.Length > 0)
            {
                var message = $"The column '{name}' is not one of the documented ones.";
                problems.Add(new Problem("column-unknown", Severity.Note, message, "Leave it out, or correct its header.")
                {
                    Line = 1,
                    Column = name,
                    Action = "It is passed over.",
                });
            }

            header.Add(known?.Name ?? "");
        }

        var missing = columns.Where(column => column.Required && !header.Contains(column.Name)).Select(column => column.Name).ToList();
        if (missing.Count > 0)
        {
            var fix = $"Begin the file with: {string.Join(",", columns.Select(column => column.Name))}";
            Reject(problems, "column-missing", $"The header lacks {string.Join(", ", missing)}.", fix, line: 1);
            return [];
        }

        var rows = new List<CsvRow>();
        foreach (var record in records.Skip(1))
        {
            var cells = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (i, cell) in record.Cells.Take(header.Count).Index())
            {
                if (header[i].Length > 0) cells[header[i]] = cell;
            }

            var row = new CsvRow(record.Line, cells, problems);
            if (cells.Values.All(string.IsNullOrWhiteSpace)) continue;
            if (record.Cells.Length > header.Count)
            {
                var message = $"The row has {record.Cells.Length} cells and the header {header.Count}.";
                row.Refuse("row-long", "", $"{record.Cells.Length} cells", message, "Quote cells that hold the separator.");
            }

            rows.Add(row);
        }

        return rows;
    }

    private static void Reject(List<Problem> problems, string code, string message, string fix, long? line = null) =>
        problems.Add(new Problem(code, Severity.Error, message, fix) { Line = line, Action = "The file is left out." });

    private static string? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        foreach (var encoding in new[] { Utf8, Cp949 })
        {
            try
            {
                return encoding.GetString(bytes);
            }
            catch (DecoderFallbackException)
            {
                // The next encoding is tried.
            }
        }

        return null;
    }

    private sealed record Record(long Line, string[] Cells);
}
