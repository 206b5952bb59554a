using System.Globalization;

namespace OpenData.Query.Plan;

/// <summary>Writing our own names and constants as SQL. A caller's values never come here: they go to <see cref="Parameters"/>.</summary>
internal static class Sql
{
    /// <summary>A column's name, quoted.</summary>
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A constant text of ours, such as a path of the cache, quoted.</summary>
    public static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A whole number.</summary>
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

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
        return $"CAST(${Sql.Number(index + 1)} AS {type})";
    }
}
