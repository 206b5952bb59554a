using OpenData.Query.Language;
using OpenData.Query.Schema;

namespace OpenData.Query.Compilation;

/// <summary>
/// Binds expressions that have a value: names become fields, types are checked, and the result is SQL made of our own words, the schema's
/// names and numbered parameters.
/// </summary>
internal sealed class ValueBinder
{
    private readonly ScalarFunctions _functions;

    public ValueBinder(Scope scope)
    {
        Scope = scope;
        Literals = new Literals(scope);
        _functions = new ScalarFunctions(this);
    }

    /// <summary>The clause that is bound.</summary>
    public Scope Scope { get; }

    /// <summary>Binds the clause's literals.</summary>
    public Literals Literals { get; }

    /// <summary>An expression of any kind.</summary>
    public TypedSql Value(Syntax syntax)
    {
        if (Scope.FindGrouped(syntax) is { } grouped) return grouped;
        return syntax switch
        {
            FieldName name => Scope.Field(name),
            TextLiteral text => new TypedSql(Scope.Parameters.Add(text.Value), ValueKind.Text),
            NumberLiteral number => Literals.Number(number.Digits, number),
            BooleanLiteral boolean => new TypedSql(boolean.Value ? "TRUE" : "FALSE", ValueKind.Boolean),
            NullLiteral => new TypedSql("NULL", ValueKind.Null),
            DateLiteral date => Literals.Moment(Literals.Date(date.Value, date)),
            Negation { Operand: NumberLiteral number } negation => Literals.Number("-" + number.Digits, negation),
            Negation negation => Number(negation.Operand) is var operand ? operand with { Sql = $"(-{operand.Sql})" } : default,
            Arithmetic arithmetic => Calculate(arithmetic),
            Call call => _functions.Bind(call),
            Star => throw Scope.Error(syntax, "'*' stands for all fields, and only alone or in count(*)."),
            Quantity quantity => throw Scope.Error(syntax, $"The quantity '{quantity.Digits}{quantity.Unit}' means nothing here."),
            GeometryLiteral =>
                throw Scope.Error(syntax, "A geometry can only be compared by within_distance, intersects, within or disjoint."),
            _ => throw Scope.Error(syntax, "A condition cannot be used as a value."),
        };
    }

    /// <summary>An expression that must be a number.</summary>
    public TypedSql Number(Syntax syntax) =>
        Value(syntax) is { Kind: ValueKind.Int or ValueKind.Decimal or ValueKind.Double } value
            ? value
            : throw Expected("a number", syntax);

    /// <summary>An expression that must be a text.</summary>
    public string Text(Syntax syntax) =>
        Value(syntax) is { Kind: ValueKind.Text or ValueKind.Json } value ? value.Sql : throw Expected("a text", syntax);

    /// <summary>An expression that must be a point.</summary>
    public TypedSql Point(Syntax syntax) =>
        Value(syntax) is { Kind: ValueKind.Point } value ? value : throw Expected("a geo_point_2d field", syntax);

    /// <summary>An expression that must be true or false.</summary>
    public string Boolean(Syntax syntax) =>
        Value(syntax) is { Kind: ValueKind.Boolean } value ? value.Sql : throw Expected("a condition, such as a comparison", syntax);

    /// <summary>An expression that must be a date or time, as a clock in the question's time zone shows it.</summary>
    public string WallClock(Syntax syntax)
    {
        var value = Value(syntax);
        return value.Kind switch
        {
            ValueKind.Date or ValueKind.DateTime => value.Sql,
            ValueKind.Instant => $"timezone({Scope.Parameters.Add(Scope.Question.TimeZone)}, {value.Sql})",
            _ => throw Expected("a date or datetime", syntax),
        };
    }

    private QueryException Expected(string what, Syntax syntax) =>
        Scope.Error(syntax, $"Expected {what}, found {Value(syntax).Kind.Describe()}.");

    // Whole numbers stay exact; everything else is calculated as 64-bit floating point.
    private TypedSql Calculate(Arithmetic arithmetic)
    {
        var (left, right) = (Number(arithmetic.Left), Number(arithmetic.Right));
        if (arithmetic.Operator == "/") return new TypedSql($"({AsDouble(left)} / nullif({AsDouble(right)}, 0))", ValueKind.Double);
        return left.Kind == ValueKind.Int && right.Kind == ValueKind.Int
            ? new TypedSql($"({left.Sql} {arithmetic.Operator} {right.Sql})", ValueKind.Int)
            : new TypedSql($"({AsDouble(left)} {arithmetic.Operator} {AsDouble(right)})", ValueKind.Double);
    }

    /// <summary>A number as a 64-bit floating-point number.</summary>
    public static string AsDouble(TypedSql value) => value.Kind == ValueKind.Double ? value.Sql : $"CAST({value.Sql} AS DOUBLE)";
}
