using System.Globalization;

namespace OpenData.Planning.Sessions;

/// <summary>One row of a <see cref="ResultTable"/>.</summary>
/// <param name="table">The table, which knows the columns.</param>
/// <param name="cells">The values in the order of the columns; null for SQL's NULL.</param>
internal sealed class ResultRow(ResultTable table, object?[] cells)
{
    /// <summary>The values in the order of the table's columns.</summary>
    public IReadOnlyList<object?> Cells => cells;

    /// <summary>A cell; null for SQL's NULL.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public object? this[string column] => cells[table.PositionOf(column)];

    /// <summary>A cell as text; null for SQL's NULL.</summary>
    public string? Text(string column) =>
        Convert.ToString(this[column], CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;

    /// <summary>A cell as a number; null for SQL's NULL.</summary>
    public double? Number(string column) => this[column] is { } value ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : null;

    /// <summary>A cell as a whole number; 0 for SQL's NULL.</summary>
    public long Count(string column) => this[column] is { } value ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : 0;
}
