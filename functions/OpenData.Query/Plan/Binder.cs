using System.Globalization;
using OpenData.Query.Language;

namespace OpenData.Query.Plan;

/// <summary>What a whole question shares: its values, its time zone, its language and the moment it is asked.</summary>
internal sealed record Question(QueryTable Table, Parameters Parameters, string TimeZone, string Language, DateTimeOffset Now)
{
    public FootprintBuilder Footprint { get; } = new();

    /// <summary>How many words are searched for so far, in all clauses.</summary>
    public int Words { get; set; }
}

/// <summary>
/// Gives the expressions of one clause their meaning: names become fields, types are checked, and out comes SQL made of our own
/// words, the schema's names and numbered parameters.
/// </summary>
/// <param name="question">What is shared by all clauses.</param>
/// <param name="clause">The clause's name, for errors.</param>
/// <param name="groups">The groups, where the clause is evaluated for groups of records instead of records.</param>
internal sealed partial class Binder(Question question, string clause, Groups? groups = null)
{
    private const string True = "TRUE";

    private Parameters Parameters => question.Parameters;

    /// <summary>An expression that must be a condition: SQL that is true, false or null.</summary>
    public string Condition(Syntax syntax) => syntax switch
    {
        And and => $"({string.Join(" AND ", and.Operands.Select(Condition))})",
        Or or => $"({string.Join(" OR ", or.Operands.Select(Condition))})",
        // A comparison with null is false, so its negation is true.
        Not not => $"({Condition(not.Operand)} IS NOT TRUE)",
        Comparison comparison => Compare(comparison),
        InList inList => In(inList),
        InRange inRange => In(inRange),
        InField inField => In(inField),
        Like like => Words(WordText(Value(like.Value), like.Value), like.Pattern),
        IsNull isNull => $"({NullTest(Value(isNull.Value))} IS NULL)",
        IsBoolean isBoolean => $"({Boolean(isBoolean.Value)} IS {(isBoolean.Expected ? True : "FALSE")})",
        TextLiteral text => Words(AllText(text), text),
        BooleanLiteral boolean => boolean.Value ? True : "FALSE",
        Call call when Predicate(call) is { } predicate => predicate,
        _ => Boolean(syntax),
    };

    /// <summary>An expression's value.</summary>
    public Typed Value(Syntax syntax)
    {
        if (groups?.Find(syntax) is { } grouped) return grouped;
        return syntax switch
        {
            FieldName name => Field(name),
            TextLiteral text => new Typed(Parameters.Add(text.Value), ValueKind.Text),
            NumberLiteral number => Number(number.Digits, number),
            BooleanLiteral boolean => new Typed(boolean.Value ? True : "FALSE", ValueKind.Boolean),
            NullLiteral => new Typed("NULL", ValueKind.Null),
            DateLiteral date => Moment(Date(date.Value, date)),
            Negation { Operand: NumberLiteral number } negation => Number("-" + number.Digits, negation),
            Negation negation => new Typed($"(-{Numeric(negation.Operand).Sql})", Numeric(negation.Operand).Type),
            Arithmetic arithmetic => Calculate(arithmetic),
            Call call => Function(call),
            Star => throw Error(syntax, "'*' stands for all fields, and only alone or in count(*)."),
            Quantity quantity => throw Error(syntax, $"The quantity '{quantity.Digits}{quantity.Unit}' means nothing here."),
            GeometryLiteral => throw Error(syntax, "A geometry can only be compared by within_distance, intersects, within or disjoint."),
            _ => throw Error(syntax, "A condition cannot be used as a value."),
        };
    }

    private Typed Field(FieldName name)
    {
        if (groups is not null) throw Error(name, groups.Missing(name.Name));
        if (question.Table.Find(name.Name) is not { } field)
        {
            var hint = question.Table.Nearest(name.Name) is { } nearest ? $" Did you mean '{nearest}'?" : "";
            throw Error(name, $"Unknown field: {name.Name}.{hint}");
        }

        question.Footprint.Field(clause, name.Name);
        return new Typed(field.Sql, field.Type) { Latitude = field.Latitude, Longitude = field.Longitude };
    }

    private Typed Number(string digits, Syntax where)
    {
        if (digits.Length > 400) throw Error(where, "The number is too long.");
        if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return new Typed(Parameters.Add(whole), ValueKind.Int);
        var number = double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(number)) throw Error(where, "The number is too large.");
        return new Typed(Parameters.Add(number), ValueKind.Double);
    }

    private Typed Calculate(Arithmetic arithmetic)
    {
        var (left, right) = (Numeric(arithmetic.Left), Numeric(arithmetic.Right));
        // Whole numbers stay exact; everything else is calculated as 64-bit floating point.
        if (arithmetic.Operator == "/") return new Typed($"({Double(left)} / nullif({Double(right)}, 0))", ValueKind.Double);
        return left.Type == ValueKind.Int && right.Type == ValueKind.Int
            ? new Typed($"({left.Sql} {arithmetic.Operator} {right.Sql})", ValueKind.Int)
            : new Typed($"({Double(left)} {arithmetic.Operator} {Double(right)})", ValueKind.Double);
    }

    private static string Double(Typed value) => value.Type == ValueKind.Double ? value.Sql : $"CAST({value.Sql} AS DOUBLE)";

    private Typed Numeric(Syntax syntax)
    {
        var value = Value(syntax);
        if (!value.Type.IsNumber()) throw Error(syntax, $"Expected a number, found {Describe(value.Type)}.");
        return value;
    }

    private string Boolean(Syntax syntax)
    {
        var value = Value(syntax);
        if (value.Type != ValueKind.Boolean) throw Error(syntax, $"Expected a condition, such as a comparison, found {Describe(value.Type)}.");
        return value.Sql;
    }

    private static string NullTest(Typed value) => value.Type == ValueKind.Point ? $"({value.Latitude} + {value.Longitude})" : value.Sql;

    private static string Describe(ValueKind type) => type switch
    {
        ValueKind.Null => "null",
        ValueKind.Int => "a whole number",
        ValueKind.Decimal or ValueKind.Double => "a number",
        ValueKind.Boolean => "true or false",
        ValueKind.Date => "a date",
        ValueKind.DateTime or ValueKind.Instant => "a datetime",
        ValueKind.Json => "a JSON value",
        ValueKind.Point => "a point",
        ValueKind.Shape or ValueKind.Points => "a shape",
        ValueKind.TextList => "a list of texts",
        _ => "a text",
    };

    private QueryException Error(Syntax at, string problem) => new(clause, at.Start, problem);
}
