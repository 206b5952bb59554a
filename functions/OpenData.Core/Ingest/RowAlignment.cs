namespace OpenData.Ingest;

/// <summary>
/// Gives a record of another length the table's number of cells, and loses nothing by it: missing cells are empty. Of the ways to make do with
/// fewer cells (an empty one is taken for a stray delimiter and left out; neighbours are joined again, because the delimiter belongs to a text) that
/// one is taken whose cells fit their columns best. What stood in quotes was whole, and is not joined where anything else will do.
/// </summary>
internal sealed class RowAlignment(Table table)
{
    /// <summary>More cells too many than this, or more ways to try, and the record is not looked at closely.</summary>
    private const int MostExtra = 64, MostWork = 1 << 20;

    /// <summary>What joining takes off the fit: once a cell so made, and for each of its pieces that stood in quotes.</summary>
    private const int JoinCost = 1, QuotedCost = 6;

    private const int Impossible = int.MinValue / 2;

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

        if (extra > MostExtra || (long)row.Cells.Length * (extra + 1) * (extra + 1) > MostWork)
        {
            done = "What is too much was joined to the last cell, with the delimiter between.";
            return row with { Cells = [.. row.Cells[..(table.Width - 1)], Join(row.Cells.AsSpan(table.Width - 1), record.Delimiter)] };
        }

        var pieces = BestFit(record, row.Cells, extra);
        done = pieces.Any(count => count > 1)
            ? "Neighbouring cells were joined, with the delimiter between, because the others then fit their columns."
            : "Empty cells were taken out where the others then fit their columns.";
        return row with { Cells = Put(row.Cells, pieces, record.Delimiter) };
    }

    /// <summary>
    /// How many cells go together, from the first on; 0 for a cell that is left out. Worked out from the end, over (cell, cells too many so far).
    /// </summary>
    private List<int> BestFit(RecordReader record, byte[][] cells, int extra)
    {
        var (count, width) = (cells.Length, table.Width);
        CellKind[] kinds = [.. cells.Select(cell => CellKinds.Of(cell))];
        var digitsJoin = CellKinds.IsNumeric([(byte)'1', .. record.Delimiter, (byte)'1']);
        var best = new int[count + 1, extra + 1];
        var take = new int[count + 1, extra + 1];
        for (var at = count; at >= 0; at--)
        {
            for (var over = 0; over <= extra; over++)
            {
                var column = at - over;
                best[at, over] = at == count && column == width ? 0 : Impossible;
                if (column < 0 || column > width || at == count)
                    continue;

                if (column < width)
                    Offer(1, Fits(column, kinds[at]) + best[at + 1, over]);

                if (over < extra && cells[at].Length == 0 && !record.IsQuoted(at))
                    Offer(0, best[at + 1, over + 1]);

                var (joined, cost) = (kinds[at], JoinCost + (record.IsQuoted(at) ? QuotedCost : 0));
                for (var more = 1; column < width && over + more <= extra && at + more < count; more++)
                {
                    joined = (joined, kinds[at + more]) switch
                    {
                        (CellKind.Empty, CellKind.Empty) => CellKind.Empty,
                        (CellKind.Text, _) or (_, CellKind.Text) => CellKind.Text,
                        _ => digitsJoin ? CellKind.Numeric : CellKind.Text,
                    };
                    cost += record.IsQuoted(at + more) ? QuotedCost : 0;
                    if (joined != CellKind.Empty)
                        Offer(more + 1, Fits(column, joined) - cost + best[at + more + 1, over + more]);
                }

                void Offer(int pieces, int fit)
                {
                    if (fit > best[at, over])
                        (best[at, over], take[at, over]) = (fit, pieces);
                }
            }
        }

        var taken = new List<int>();
        for (int at = 0, over = 0; at < count;)
        {
            var pieces = take[at, over];
            taken.Add(pieces);
            at += Math.Max(pieces, 1);
            over += Math.Abs(pieces - 1);
        }

        return taken;
    }

    private static byte[][] Put(byte[][] cells, List<int> pieces, ReadOnlySpan<byte> delimiter)
    {
        var put = new List<byte[]>();
        var at = 0;
        foreach (var count in pieces)
        {
            if (count > 0)
                put.Add(Join(cells.AsSpan(at, count), delimiter));

            at += Math.Max(count, 1);
        }

        return [.. put];
    }

    private static byte[] Join(ReadOnlySpan<byte[]> pieces, ReadOnlySpan<byte> delimiter)
    {
        if (pieces.Length == 1)
            return pieces[0];

        var joined = new List<byte>(pieces[0]);
        foreach (var piece in pieces[1..])
        {
            joined.AddRange(delimiter);
            joined.AddRange(piece);
        }

        return [.. joined];
    }

    /// <summary>How well a cell of a kind fits a column.</summary>
    private int Fits(int column, CellKind kind) => (table.Kinds[column], kind) switch
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
