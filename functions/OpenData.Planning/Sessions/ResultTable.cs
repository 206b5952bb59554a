using System.Collections.ObjectModel;

namespace OpenData.Planning.Sessions;

/// <summary>A query's result: its rows, whose cells are read by the name of their column.</summary>
internal sealed class ResultTable
{
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);

    /// <summary>Makes a table.</summary>
    /// <param name="name">What the table is called in errors, such as the figure's name.</param>
    /// <param name="columns">The columns' names, each once.</param>
    /// <param name="rows">The rows, each with a value for each column.</param>
    public ResultTable(string name, IReadOnlyList<string> columns, IEnumerable<object?[]> rows)
    {
        (Name, Columns) = (name, columns);
        foreach (var (position, column) in columns.Index()) _positions.Add(column, position);
        Rows = new ReadOnlyCollection<ResultRow>([.. rows.Select(cells => new ResultRow(this, cells))]);
    }

    /// <summary>What the table is called in errors.</summary>
    public string Name { get; }

    /// <summary>The columns' names.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The rows.</summary>
    public IReadOnlyList<ResultRow> Rows { get; }

    /// <summary>A cell of the first row; null if there is no row.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public object? this[string column]
    {
        get
        {
            var position = PositionOf(column);
            return Rows.Count == 0 ? null : Rows[0].Cells[position];
        }
    }

    /// <summary>Where a column is, from 0.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public int PositionOf(string column) => _positions.TryGetValue(column, out var position)
        ? position
        : throw new ArgumentException($"The table {Name} has no column '{column}'; it has {string.Join(", ", Columns)}.", nameof(column));

    /// <summary>Checks that all of some columns are there.</summary>
    /// <exception cref="ArgumentException">One is missing; the message names it, the table and the columns that there are.</exception>
    public void Require(IEnumerable<string> columns)
    {
        foreach (var column in columns) PositionOf(column);
    }
}
