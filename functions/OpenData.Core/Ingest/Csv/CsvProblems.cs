using System.Text;
using OpenData.Lake;

namespace OpenData.Ingest.Csv;

/// <summary>What the reader of delimited text has to say to the agency.</summary>
internal sealed class CsvProblems(ProblemLog log, CsvReader reader)
{
    public void StrayQuote() => Add(
        "csv-quote-stray",
        "A quotation mark stands where none belongs, and no other reading of the record gives the table's number of cells.",
        "The record was read up to the next quotation mark that ends a cell.",
        "Double every quotation mark inside a quoted cell, and close each one that is opened.");

    public void Repaired(RepairedRecord record)
    {
        if (record.Delimiter is { } delimiter)
        {
            Add("csv-delimiter-other", $"The cells of this record are separated by '{Visible(delimiter)}', unlike those of the others.",
                $"The record was read with '{Visible(delimiter)}' between its cells.", "Use one delimiter throughout the file.");
        }
        else
        {
            Add("csv-quote-repaired", "A quotation mark stands where none belongs, or a closing one is missing.",
                "The mark was taken for text, so that the record has as many cells as the others.",
                "Double every quotation mark inside a quoted cell, and close each one that is opened.");
        }
    }

    public static UnreadableSourceException LineTooLong(long line, int limit) => new(new Problem(
        "csv-line-too-long", Severity.Error, $"Line {line} is longer than {limit >> 20} MB: this is not delimited text.", "Upload the data as CSV, Excel or JSON.")
    { Line = line });

    private void Add(string code, string message, string action, string fix) => log.Add(new Problem(code, Severity.Warning, message, fix)
    {
        Line = reader.Line,
        ByteOffset = reader.ByteOffset,
        RawValue = Raw(),
        Action = action,
    });

    private string Raw()
    {
        var raw = new StringBuilder();
        for (var i = 0; i < reader.Count && raw.Length < 200; i++)
            raw.Append(i == 0 ? "" : " | ").Append(Encoding.UTF8.GetString(reader.Cell(i)));

        return raw.ToString();
    }

    private static string Visible(string delimiter) => delimiter switch { "\t" => "tab", " " => "space", _ => delimiter };
}
