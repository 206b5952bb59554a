using OpenData.DuckDb;

namespace OpenData.Query.Compilation;

/// <summary>The values of a statement, in the order of their numbers.</summary>
internal sealed class Parameters
{
    private readonly List<object> _values = [];

    public IReadOnlyList<object> Values => _values;

    /// <summary>
    /// Adds a value and returns the SQL that refers to it. The same value is added once, so that equal expressions are equal SQL.
    /// </summary>
    /// <param name="value">
    /// A string, long, double, bool, <see cref="ExactNumber"/> of at most 38 digits, <see cref="DateOnly"/>, <see cref="DateTime"/> (a
    /// local time without a zone) or <see cref="DateTimeOffset"/>.
    /// </param>
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
            ExactNumber number => $"DECIMAL(38, {Sql.Literal(number.Scale)})",
            _ => throw new ArgumentException($"A parameter cannot be a {value.GetType().Name}.", nameof(value)),
        };
        return $"{Placeholder(index)}{type})";
    }

    /// <summary>The text by which SQL refers to a value, as far as its type.</summary>
    public static string Placeholder(int index) => $"CAST(${Sql.Literal(index + 1)} AS ";
}
