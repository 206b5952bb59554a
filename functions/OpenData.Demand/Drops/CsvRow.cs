using System.Globalization;
using OpenData.Lake;

namespace OpenData.Demand.Drops;

/// <summary>One row of a planners' file, which reads its cells and notes what is wrong with them.</summary>
internal sealed class CsvRow(long line, IReadOnlyDictionary<string, string> cells, List<Problem> problems)
{
    /// <summary>The row's line in the file, from 1.</summary>
    public long Line => line;

    /// <summary>Whether anything in the row was wrong, so that it is left out.</summary>
    public bool Broken { get; private set; }

    /// <summary>A cell's text without the spaces around it; empty if there is no such column.</summary>
    public string Text(string column) => UnicodeText.Nfc(cells.GetValueOrDefault(column, "").Trim());

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
