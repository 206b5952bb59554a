namespace OpenData.Ingest.Tables;

/// <summary>Writes a cell as the plain form of a value, where the agency declares how it is written.</summary>
internal abstract class CellRewrite
{
    /// <summary>How the values are written, for people; null if nothing is to be said of it.</summary>
    public virtual string? Description => null;

    /// <summary>Whether a cell showed that the column is not written as declared.</summary>
    public bool IsContradicted { get; protected set; }

    /// <summary>The plain form, such as <c>1234.5</c> or <c>2024-01-05</c>; null if the cell is not written as declared.</summary>
    public abstract byte[]? Of(ReadOnlySpan<byte> cell);
}

/// <summary>What an agency's declarations make of each row before its values are judged.</summary>
/// <param name="width">Columns of the table.</param>
/// <param name="rewrites">For each column how its cells are written; null for a column that is read as it is.</param>
/// <param name="fillDown">The columns in which an empty cell means what the cell above it says.</param>
internal sealed class RowTransform(int width, IReadOnlyList<CellRewrite?> rewrites, IReadOnlySet<int> fillDown)
{
    private readonly byte[][] _above = new byte[width][];

    /// <summary>Makes the row's cells what they mean.</summary>
    public StoredRow Apply(StoredRow row)
    {
        var cells = new byte[width][];
        for (var i = 0; i < width; i++)
        {
            var cell = i < row.Cells.Length ? row.Cells[i] : [];
            if (fillDown.Contains(i))
            {
                if (cell.Length == 0) cell = _above[i] ?? [];
                else _above[i] = cell;
            }

            cells[i] = cell.Length > 0 && rewrites[i]?.Of(cell) is { } rewritten ? rewritten : cell;
        }

        return row with { Cells = cells };
    }
}
