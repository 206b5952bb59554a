using System.Globalization;
using System.Text;
using OpenData.Lake;
using Sylvan.Data.Csv;

namespace OpenData.Demand.Drops;

/// <summary>One column of a planners' file.</summary>
/// <param name="Name">Its header.</param>
/// <param name="Korean">The header that serves as well.</param>
/// <param name="Required">Whether the file is rejected without it.</param>
internal sealed record CsvColumn(string Name, string Korean, bool Required = true);

/// <summary>One row of a planners' file, which reads its cells and notes what is wrong with them.</summary>
internal sealed class CsvRow(long line, IReadOnlyDictionary<string, string> cells, List<Problem> problems)
{
    /// <summary>The row's line in the file, from 1.</summary>
    public long Line => line;

    /// <summary>Whether anything in the row was wrong, so that it is left out.</summary>
    public bool Broken { get; private set; }

    /// <summary>A cell's text without the spaces around it; empty if there is no such column.</summary>
    public string Text(string column) => cells.GetValueOrDefault(column, "").Trim().Normalize();

    /// <summary>A cell that must not be empty.</summary>
    public string Needed(string column)
    {
        var text = Text(column);
        if (text.Length == 0) Refuse("cell-empty", column, "", $"The column {column} is empty.", "Fill it in.");
        return text;
    }

    /// <summary>A cell that holds one of some ids.</summary>
    public string OneOf(string column, IReadOnlyCollection<string> ids)
    {
        var text = Needed(column);
        if (text.Length > 0 && !ids.Contains(text))
        {
            Refuse("cell-unknown", column, text, $"'{text}' is not one of {string.Join(", ", ids)}.", "Use an id of plan.json.");
        }
        return text;
    }

    /// <summary>A cell that holds a number within bounds.</summary>
    public double Number(string column, double least, double most)
    {
        var text = Needed(column);
        var valid = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most;
        if (!valid && text.Length > 0)
        {
            Refuse(
                "cell-number",
                column,
                text,
                $"'{text}' is not a number from {least} to {most}.",
                "Write digits, with a point for decimals.");
        }
        return number;
    }

    /// <summary>A cell that holds a date.</summary>
    public DateOnly Date(string column)
    {
        var text = Needed(column);
        var valid = DateOnly.TryParseExact(text, "yyyy-MM-dd", out var date);
        if (!valid && text.Length > 0) Refuse("cell-date", column, text, $"'{text}' is not a date.", "Write it like 2026-03-05.");
        return date;
    }

    /// <summary>A cell that says yes or no; empty means yes.</summary>
    public bool Yes(string column)
    {
        var text = Text(column).ToLowerInvariant();
        if (text is "" or "yes" or "y" or "1" or "true" or "예" or "찬성") return true;
        if (text is not ("no" or "n" or "0" or "false" or "아니오" or "반대"))
        {
            Refuse("cell-yes-no", column, text, $"'{text}' is neither yes nor no.", "Write yes or no.");
        }
        return false;
    }

    /// <summary>Notes a problem; the row is left out.</summary>
    public void Refuse(string code, string column, string raw, string message, string fix)
    {
        Broken = true;
        problems.Add(new Problem(code, Severity.Warning, message, fix)
        {
            Line = line,
            Column = column,
            RawValue = raw.Length > 200 ? raw[..200] : raw,
            Action = "The row is left out.",
        });
    }
}

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
            var name = reader.GetString(i).Trim().Normalize();
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
