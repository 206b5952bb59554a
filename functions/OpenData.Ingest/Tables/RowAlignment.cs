using OpenData.Ingest.Records;

namespace OpenData.Ingest.Tables;

/// <summary>
/// Gives a record of another length the table's number of cells, and loses nothing by it. Of the ways to make do with fewer cells (an empty
/// one is taken for a stray delimiter and left out; neighbours are joined again, because the delimiter belongs to a text) and of the ways
/// to make more of them (a cell is divided where a delimiter is missing; a column stays empty) that one is taken whose cells fit their
/// columns best. What stood in quotes was whole, and is not joined where anything else will do.
/// </summary>
internal sealed class RowAlignment(TableLayout table)
{
    /// <summary>More cells too many than this, or more ways to try, and the record is not looked at closely.</summary>
    private const int MostExtra = 64, MostWork = 1 << 20;

    /// <summary>What joining takes off the fit: once a cell so made, and for each of its pieces that stood in quotes.</summary>
    private const int JoinCost = 1, QuotedCost = 6;

    /// <summary>
    /// What dividing a cell takes off the fit, and leaving a column empty though cells follow; less where the cell before it looks like
    /// two.
    /// </summary>
    private const int DivisionCost = 2, GapCost = 3, GapBehindMismatchCost = 2;

    /// <summary>Cells longer than this are not divided.</summary>
    private const int MostDivided = 400;

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
            return -extra > MostExtra || (long)table.Width * (1 - extra) > MostWork ? Padded(row, out done) : Spread(record, row, out done);
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

    private static StoredRow Padded(StoredRow row, out string done)
    {
        done = "The cells that are missing at its end are empty.";
        return row;
    }

    /// <summary>Gives too few cells the columns that they fit. Worked out from the end, over (column, cells missing so far).</summary>
    private StoredRow Spread(RecordReader record, StoredRow row, out string done)
    {
        var (count, width) = (row.Cells.Length, table.Width);
        var missing = width - count;
        CellKind[] kinds = [.. row.Cells.Select(cell => CellKinds.Of(cell))];
        var best = new int[width + 1, missing + 1];
        var take = new int[width + 1, missing + 1];
        for (var column = width; column >= 0; column--)
        {
            for (var gaps = 0; gaps <= missing; gaps++)
            {
                var at = column - gaps;
                best[column, gaps] = column == width && at == count ? 0 : Impossible;
                if (at < 0 || at > count || column == width) continue;

                if (gaps < missing)
                {
                    Offer(
                        0,
                        Fits(column, CellKind.Empty) - (at == count
                            ? 0
                            : LooksLikeTwo(at - 1, column - 1) ? GapBehindMismatchCost : GapCost) + best[column + 1, gaps + 1]);
                }

                if (at < count) Offer(-1, FitsShape(column, row.Cells[at], kinds[at]) + best[column + 1, gaps]);

                if (at < count && gaps < missing && column + 2 <= width && Division(record, at, column) is { } division)
                {
                    Offer(division.At, division.Fit - DivisionCost + best[column + 2, gaps + 1]);
                }

                void Offer(int how, int fit)
                {
                    if (fit > best[column, gaps]) (best[column, gaps], take[column, gaps]) = (fit, how);
                }
            }
        }

        bool LooksLikeTwo(int at, int column) =>
            at >= 0 && table.Shapes[column] is { } shape && row.Cells[at].Length > 0 && !shape.Matches(row.Cells[at]);

        var spread = new List<byte[]>();
        done = "The cells that are missing at its end are empty.";
        for (var (column, at) = (0, 0); column < width;)
        {
            var how = take[column, column - at];
            if (how == 0)
            {
                if (at < count) done = "A column was left empty where the other cells then fit their columns.";

                spread.Add([]);
                column++;
            }
            else if (how < 0)
            {
                spread.Add(row.Cells[at++]);
                column++;
            }
            else
            {
                var (left, right) = Divided(row.Cells[at], how);
                (spread, column, at) = ([.. spread, left, right], column + 2, at + 1);
                done = $"A delimiter is missing: a cell was divided into '{Text(left)}' and '{Text(right)}', which fit their columns.";
            }
        }

        return row with { Cells = [.. spread] };
    }

    /// <summary>
    /// Where a cell is to be divided so that its halves fit two neighbouring columns, and how well they do; null if nowhere, or if it could
    /// be in several places as well. A half that has to look like its column's other cells is as long as it can be.
    /// </summary>
    private (int At, int Fit)? Division(RecordReader record, int index, int column)
    {
        var cell = record.Cell(index);
        if (cell.Length > MostDivided && !record.IsQuoted(index)) return null;

        if (record.IsQuoted(index) || cell.Contains((byte)'"')) return AtQuote(cell, column);

        var (leftShape, rightShape) = (table.Shapes[column], table.Shapes[column + 1]);
        if (leftShape is null && rightShape is null) return null;

        int at = 0, places = 0;
        for (var i = 1; i < cell.Length; i++)
        {
            // Digits are not divided from digits unless the left cell is known to end there.
            if (!CellShape.IsBoundary(cell[i - 1], cell[i]) && leftShape is not { HasFixedEnd: true }) continue;

            if ((cell[i] & 0xC0) == 0x80 || leftShape is not null && !leftShape.Matches(cell[..i])
                || rightShape is not null && !rightShape.Matches(cell[i..]))
            {
                continue;
            }

            if (leftShape is null && CellKinds.Of(cell[..i]) != table.Kinds[column]
                || rightShape is null && CellKinds.Of(cell[i..]) != table.Kinds[column + 1])
            {
                continue;
            }

            places++;
            at = leftShape is null && places > 1 ? at : i;
        }

        return places == 0 || places > 1 && leftShape is not null && rightShape is not null
            ? null
            : (at, BothFit(cell[..at], cell[at..], column));
    }

    /// <summary>Two quoted cells without a delimiter between them read as one with a quotation mark in it.</summary>
    private (int At, int Fit)? AtQuote(ReadOnlySpan<byte> cell, int column)
    {
        var inside = cell.TrimStart((byte)'"');
        var at = inside.IndexOf((byte)'"') + cell.Length - inside.Length;
        if (inside.IndexOf((byte)'"') <= 0 || at + 1 >= cell.Length || cell[(at + 1)..^1].Contains((byte)'"')
            || cell[at - 1] is (byte)' ' or >= (byte)'0' and <= (byte)'9' || cell[at + 1] is (byte)' ')
        {
            return null;
        }

        var left = cell[..at].TrimStart((byte)'"');
        var right = cell[(at + 1)..].TrimEnd((byte)'"');
        return right.IsEmpty ? null : (at, BothFit(left, right, column));
    }

    private int BothFit(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, int column) =>
        FitsShape(column, left, CellKinds.Of(left)) + FitsShape(column + 1, right, CellKinds.Of(right));

    private static (byte[] Left, byte[] Right) Divided(byte[] cell, int at) =>
        cell[at] == '"'
            ? (cell.AsSpan(..at).TrimStart((byte)'"').ToArray(), cell.AsSpan((at + 1)..).TrimEnd((byte)'"').ToArray())
            : (cell[..at], cell[at..]);

    private static string Text(byte[] cell) => System.Text.Encoding.UTF8.GetString(cell);

    /// <summary>
    /// How many cells go together, from the first on; 0 for a cell that is left out. Worked out from the end, over (cell, cells too many so
    /// far).
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
                if (column < 0 || column > width || at == count) continue;

                if (column < width) Offer(1, Fits(column, kinds[at]) + best[at + 1, over]);

                if (over < extra
                    && (cells[at].Length == 0 && !record.IsQuoted(at)
                        || cells[at].Length > 0 && cells[at].AsSpan().IndexOfAnyExcept(" \t\r\n"u8) < 0))
                {
                    Offer(0, best[at + 1, over + 1]);
                }

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
                    if (joined != CellKind.Empty) Offer(more + 1, Fits(column, joined) - cost + best[at + more + 1, over + more]);
                }

                void Offer(int pieces, int fit)
                {
                    if (fit > best[at, over]) (best[at, over], take[at, over]) = (fit, pieces);
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
            if (count > 0) put.Add(Join(cells.AsSpan(at, count), delimiter));

            at += Math.Max(count, 1);
        }

        return [.. put];
    }

    /// <summary>Cells as one text, with the delimiter between.</summary>
    public static byte[] Join(ReadOnlySpan<byte[]> pieces, ReadOnlySpan<byte> delimiter)
    {
        if (pieces.Length == 1) return pieces[0];

        var joined = new List<byte>(pieces[0]);
        foreach (var piece in pieces[1..])
        {
            joined.AddRange(delimiter);
            joined.AddRange(piece);
        }

        return [.. joined];
    }

    /// <summary>How well a cell fits a column, its shape included.</summary>
    private int FitsShape(int column, ReadOnlySpan<byte> cell, CellKind kind) =>
        Fits(column, kind) + (table.Shapes[column] is { } shape && !cell.IsEmpty ? shape.Matches(cell) ? 1 : -1 : 0);

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
