using OpenData.DuckDb;

namespace OpenData.Query.Plan;

/// <summary>The values of a statement, in the order of their numbers.</summary>
internal sealed class Parameters
{
    private readonly List<object> _values = [];

    public IReadOnlyList<object> Values => _values;

    /// <summary>Takes a value and returns what stands for it in SQL. The same value is taken once, so that equal expressions are equal SQL.</summary>
    /// <param name="value">A string, long, double, decimal, bool, <see cref="DateOnly"/>, <see cref="DateTime"/> (a wall clock) or <see cref="DateTimeOffset"/>.</param>
    public string Add(object value)
    {
        var index = _values.FindIndex(known => known.GetType() == value.GetType() && known.Equals(value));
        if (index < 0)
        {
            _values.Add(value);
            index = _values.Count - 1;
        }

        var type = value switch
        {
            string => "VARCHAR",
            long => "BIGINT",
            double => "DOUBLE",
            bool => "BOOLEAN",
            DateOnly => "DATE",
            DateTime => "TIMESTAMP",
            DateTimeOffset => "TIMESTAMPTZ",
            _ => throw new ArgumentException($"A parameter cannot be a {value.GetType().Name}.", nameof(value)),
        };
        return $"CAST(${Sql.Literal(index + 1)} AS {type})";
    }
}
