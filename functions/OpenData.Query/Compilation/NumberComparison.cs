using System.Numerics;
using OpenData.Query.Schema;

namespace OpenData.Query.Compilation;

/// <summary>
/// Compares whole numbers and decimals with a number that is written in the clause, exactly: the number is rounded down to what the type
/// can hold, and the comparison is adjusted. So no type conversion of DuckDB's can round or overflow.
/// </summary>
internal static class NumberComparison
{
    private static readonly BigInteger LargestDecimal = BigInteger.Pow(10, 38) - 1;

    /// <summary>A comparison as SQL.</summary>
    /// <param name="value">A whole number or a decimal.</param>
    /// <param name="operation">One of <c>= != &lt; &lt;= &gt; &gt;=</c>.</param>
    /// <param name="number">The number.</param>
    /// <param name="parameters">Receives the number.</param>
    public static string Compare(TypedSql value, string operation, ExactNumber number, Parameters parameters)
    {
        var scale = value.Kind == ValueKind.Int ? 0 : value.Scale;
        var floor = number.Floor(scale);
        var isExact = floor.CompareTo(number) == 0;
        if (BigInteger.Abs(floor.Unscaled) > LargestDecimal)
        {
            // No value of the type is as large, or as small.
            var isBelow = floor.Unscaled.Sign > 0;
            return operation is "!=" || (operation is "<" or "<=") == isBelow && operation is not "="
                ? $"({value.Sql} IS NOT NULL)"
                : "FALSE";
        }

        return operation switch
        {
            "=" => isExact ? Sql("=") : "FALSE",
            "!=" => isExact ? Sql("<>") : $"({value.Sql} IS NOT NULL)",
            "<" => Sql(isExact ? "<" : "<="),
            ">=" => Sql(isExact ? ">=" : ">"),
            _ => Sql(operation),
        };

        string Sql(string sqlOperator) => $"({value.Sql} {sqlOperator} {Literal(value.Kind, floor, parameters)})";
    }

    /// <summary>A number as a parameter of a type that DuckDB compares with whole numbers or decimals exactly; it must fit.</summary>
    private static string Literal(ValueKind kind, ExactNumber number, Parameters parameters)
    {
        if (kind != ValueKind.Int) return parameters.Add(number);
        return number.Unscaled >= long.MinValue && number.Unscaled <= long.MaxValue
            ? parameters.Add((long)number.Unscaled)
            : parameters.Add(number);
    }
}
