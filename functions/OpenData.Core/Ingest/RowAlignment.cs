namespace OpenData.Ingest;

/// <summary>
/// Gives a record of another length the table's number of cells, and loses nothing by it: missing cells are empty; a cell too many that is
/// empty is taken for a stray delimiter, where the others then fit their columns best; otherwise the delimiter belongs to a text, and the
/// pieces are joined again where that fits best.
/// </summary>
internal sealed class RowAlignment(Table table)
{
    private const byte Comma = (byte)',';

    /// <summary>Fits a record without saying how.</summary>
    public StoredRow Fit(RecordReader record) => Fit(record, out _);

    /// <summary>Fits a record and says how, for the report.</summary>
    public StoredRow Fit(RecordReader record, out string done)
    {
        var row = StoredRow.Of(record);
        var extra = row.Cells.Length - table.Width;
        if (extra <= 0)
        {
            done = "The cells that are missing at its end are empty.";
            return row;
        }

        if (extra > 64 || row.Cells.Length > 4096)
        {
            done = "What is too much was joined to the last cell, with commas.";
            return row with { Cells = Join(row.Cells, table.Width - 1, extra) };
        }

        if (WithoutEmpty([.. row.Cells], extra) is { } shorter)
        {
            done = "Empty cells were taken out where the others then fit their columns.";
            return row with { Cells = shorter };
        }

        var at = Enumerable.Range(0, table.Width).MaxBy(i => (Score(Join(row.Cells, i, extra)), table.Kinds[i] == CellKind.Text, i));
        done = $"Its cells {at + 1} to {at + 1 + extra} were joined with commas, because the others then fit their columns.";
        return row with { Cells = Join(row.Cells, at, extra) };
    }

    private byte[][]? WithoutEmpty(List<byte[]> cells, int extra)
    {
        if (cells.Count(cell => cell.Length == 0) < extra)
            return null;

        for (; extra > 0; extra--)
        {
            var best = Enumerable.Range(0, cells.Count).Where(i => cells[i].Length == 0).MaxBy(i => (Score([.. cells[..i], .. cells[(i + 1)..]]), i));
            cells.RemoveAt(best);
        }

        return [.. cells];
    }

    private static byte[][] Join(byte[][] cells, int at, int extra)
    {
        var joined = new List<byte>(cells[at]);
        foreach (var piece in cells[(at + 1)..(at + 1 + extra)])
        {
            joined.Add(Comma);
            joined.AddRange(piece);
        }

        return [.. cells[..at], [.. joined], .. cells[(at + 1 + extra)..]];
    }

    /// <summary>How well cells fit the columns they stand in.</summary>
    private int Score(byte[][] cells)
    {
        var score = 0;
        for (var i = 0; i < Math.Min(cells.Length, table.Width); i++)
        {
            score += (table.Kinds[i], CellKinds.Of(cells[i])) switch
            {
                (CellKind.Numeric, CellKind.Numeric) => 3,
                (CellKind.Numeric, CellKind.Text) => -3,
                (CellKind.Text, CellKind.Text) => 2,
                (CellKind.Text, CellKind.Numeric) => -1,
                (CellKind.Text, CellKind.Empty) => -1,
                (CellKind.Numeric, CellKind.Empty) => -1,
                (CellKind.Empty, CellKind.Empty) => 1,
                (CellKind.Empty, _) => -2,
                _ => 0,
            };
        }

        return score;
    }
}
