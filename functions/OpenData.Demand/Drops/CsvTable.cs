using System.Text;
using OpenData.Lake;
using Sylvan.Data.Csv;

namespace OpenData.Demand.Drops;

/// <summary>
/// Reads planners' CSV files: UTF-8 or CP949, comma, semicolon or tab, a header with the documented names in English or Korean.
/// </summary>
internal static class CsvTable
{
    private static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
    private static readonly Encoding Cp949 =
        CodePagesEncodingProvider.Instance.GetEncoding(949, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>The rows; none if the file as a whole cannot be read, and the problems say why.</summary>
    public static IReadOnlyList<CsvRow> Read(ReadOnlyMemory<byte> content, IReadOnlyList<CsvColumn> columns, List<Problem> problems)
    {
        if (Decode(content.Span) is not { } text)
        {
            Reject("encoding-undecodable", "The file is neither UTF-8 nor CP949.", "Save it as UTF-8.");
            return [];
        }

        try
        {
            // As text and without a schema, so that a row of any length can be read and judged.
            using var reader = CsvDataReader.Create(
                new StringReader(text), new CsvDataReaderOptions { HasHeaders = false, BufferSize = Math.Max(16384, text.Length + 1) });
            if (!reader.Read() && reader.RowFieldCount == 0)
            {
                Reject("file-empty", "The file is empty.", "Drop it again with its rows.");
                return [];
            }

            return Rows(reader, columns, problems);
        }
        catch (CsvFormatException e)
        {
            Reject(
                "csv-malformed",
                $"The file cannot be read as CSV beyond row {e.RowNumber}: {e.Message}",
                "Look for a quote that is not closed.");
            return [];
        }

        void Reject(string code, string message, string fix) =>
            problems.Add(new Problem(code, Severity.Error, message, fix) { Action = "The file is left out." });
    }

    private static List<CsvRow> Rows(CsvDataReader reader, IReadOnlyList<CsvColumn> columns, List<Problem> problems)
    {
        var header = new List<string>();
        for (var i = 0; i < reader.RowFieldCount; i++)
        {
            var name = UnicodeText.Nfc(reader.GetString(i).Trim());
            var known = columns.FirstOrDefault(
                column => name.Equals(column.Name, StringComparison.OrdinalIgnoreCase) || name == column.Korean);
            if (known is null && name.Length > 0)
            {
                problems.Add(
                    new Problem(
                        "column-unknown",
                        Severity.Note,
                        $"The column '{name}' is not one of the documented ones.",
                        "Leave it out, or correct its header.")
                    { Line = 1, Column = name, Action = "It is passed over." });
            }

            header.Add(known?.Name ?? "");
        }

        var missing = columns.Where(column => column.Required && !header.Contains(column.Name)).Select(column => column.Name).ToList();
        if (missing.Count > 0)
        {
            problems.Add(
                new Problem(
                    "column-missing",
                    Severity.Error,
                    $"The header lacks {string.Join(", ", missing)}.",
                    $"Begin the file with: {string.Join(",", columns.Select(column => column.Name))}")
                {
                    Line = 1,
                    Action = "The file is left out.",
                });
            return [];
        }

        var rows = new List<CsvRow>();
        while (reader.Read())
        {
            var cells = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var i = 0; i < reader.RowFieldCount; i++)
            {
                if (i < header.Count && header[i].Length > 0) cells[header[i]] = reader.GetString(i);
            }

            var row = new CsvRow(reader.RowNumber, cells, problems);
            if (cells.Values.All(string.IsNullOrWhiteSpace)) continue;
            if (reader.RowFieldCount > header.Count)
            {
                row.Refuse(
                    "row-long",
                    "",
                    $"{reader.RowFieldCount} cells",
                    $"The row has {reader.RowFieldCount} cells and the header {header.Count}.",
                    "Quote cells that hold the separator.");
            }
            rows.Add(row);
        }

        return rows;
    }

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
                // Not this one.
            }
        }

        return null;
    }
}
