using System.Text;
using OpenData.Ingest.Records;
using OpenData.Lake;

namespace OpenData.Ingest.Csv;

/// <summary>What the reader of delimited text has to say to the agency.</summary>
internal sealed class CsvProblems(ProblemLog log, RecordReader reader)
{
    private const int NulPlaces = 10;

    private readonly List<(long Line, long ByteOffset)> _nuls = [];
    private long _nulCount, _comments;
    private (long Line, string Text) _firstComment;

    /// <summary>Whether the places of further NUL characters are of interest.</summary>
    public bool WantsNuls => _nuls.Count < NulPlaces;

    /// <summary>Counts a NUL character; all of them are reported at the end, as one problem.</summary>
    public void Nul(long line, long byteOffset)
    {
        _nulCount++;
        _nuls.Add((line, byteOffset));
    }

    /// <summary>Takes note of further NUL characters, wherever they are.</summary>
    public void Nuls(int count) => _nulCount += count;

    /// <summary>Reports the NUL characters, once.</summary>
    public void TellNuls()
    {
        if (_nulCount == 0) return;

        log.Add(new Problem(
            "csv-nul",
            Severity.Warning,
            $"The file holds {_nulCount} NUL characters, first on the lines {string.Join(", ", _nuls.Select(nul => nul.Line).Distinct())}.",
            "Export the file again; if NUL characters come back, the program that writes it or the copy is damaged.")
        {
            Line = _nuls[0].Line,
            ByteOffset = _nuls[0].ByteOffset,
            RawValue = $"byte offsets {string.Join(", ", _nuls.Select(nul => nul.ByteOffset))}",
            Action = "They were kept where they stand.",
        });
        _nulCount = 0;
    }

    /// <summary>Counts a comment line; all of them are reported at the end, as one problem.</summary>
    public void Comment(long line, ReadOnlySpan<byte> text)
    {
        if (_comments++ == 0) _firstComment = (line, Encoding.UTF8.GetString(text[..Math.Min(text.Length, 200)]).Trim());
    }

    /// <summary>Reports the comment lines, once.</summary>
    public void TellComments()
    {
        if (_comments == 0) return;
        log.Add(new Problem(
            "csv-comments", Severity.Note, $"{_comments} lines are comments: they begin with a sign that no row of the table begins with.",
            "Put comments into the description in dataset.json.")
        {
            Line = _firstComment.Line,
            RawValue = _firstComment.Text,
            Action = "They were left out.",
        });
        _comments = 0;
    }

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
        "csv-line-too-long",
        Severity.Error,
        $"Line {line} is longer than {limit >> 20} MB: this is not delimited text.",
        "Upload the data as CSV, Excel or JSON.")
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
        {
            raw.Append(i == 0 ? "" : " | ").Append(Encoding.UTF8.GetString(reader.Cell(i)));
        }

        return raw.ToString();
    }

    private static string Visible(string delimiter) => delimiter switch { "\t" => "tab", " " => "space", _ => delimiter };
}
