using System.Globalization;

namespace OpenData.DuckDb;

/// <summary>
/// Writes names and constants of the product's own into SQL. Values that come from a caller never go into SQL text: they are bound as
/// parameters.
/// </summary>
public static class Sql
{
    /// <summary>A name of a column or table as a quoted identifier.</summary>
    public static string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A text as a literal, such as a path of the cache.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A whole number as a literal.</summary>
    public static string Literal(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A finite floating-point number as a literal of the type DOUBLE that reads back as the same number.</summary>
    public static string Literal(double number) => $"CAST({number.ToString("R", CultureInfo.InvariantCulture)} AS DOUBLE)";
}
