using System.Globalization;
using OpenData.Query.Language;
using OpenData.Query.Schema;

namespace OpenData.Query.Compilation;

/// <summary>
/// Binds comparisons, lists and ranges. A literal is read as the kind of value that it is compared with, so that "20" is a number beside a
/// number.
/// </summary>
internal sealed class Comparisons(ValueBinder values)
{
    private readonly Scope _scope = values.Scope;

    /// <summary><c>left operator right</c></summary>
    public string Compare(Comparison comparison)
    {
        var (left, right, operation) = (comparison.Left, comparison.Right, comparison.Operator);
        if (Literals.IsLiteral(left) && !Literals.IsLiteral(right)) (left, right, operation) = (right, left, Mirrored(operation));
        if (left is NullLiteral || right is NullLiteral) throw NullCompared(right);
        var value = values.Value(left);
        if (value.Kind.IsPlace())
        {
            throw _scope.Error(
                left,
                $"{Capital(value.Kind.Describe())} cannot be compared; use within_distance, in_bbox, intersects, within or disjoint.");
        }

        if (value.Kind == ValueKind.TextList)
        {
            if (operation is not "=" and not "!=" || right is not TextLiteral item)
            {
                throw _scope.Error(right, "A field with several values is compared with = and a text.");
            }

            return Contains(value, item.Value, negated: operation == "!=");
        }

        if (value.Kind.IsTime() && values.Literals.DateOf(right, value.Kind) is { } date) return CompareDate(value, operation, date);
        return $"({value.Sql} {SqlOperator(operation)} {Operand(right, value.Kind).Sql})";
    }

    /// <summary><c>value in (a, b)</c></summary>
    public string InList(InList inList)
    {
        var value = values.Value(inList.Value);
        if (value.Kind.IsPlace()) throw _scope.Error(inList.Value, $"{Capital(value.Kind.Describe())} cannot be compared.");
        if (value.Kind == ValueKind.TextList)
        {
            return AnyOf(item => item is TextLiteral text ? Contains(value, text.Value) : throw _scope.Error(item, "Expected a text."));
        }

        return value.Kind.IsTime()
            ? AnyOf(
                item => CompareDate(value, "=", values.Literals.DateOf(item, value.Kind) ?? throw _scope.Error(item, "Expected a date.")))
            : $"({value.Sql} IN ({string.Join(", ", inList.List.Select(item => Operand(item, value.Kind).Sql))}))";

        string AnyOf(Func<Syntax, string> condition) => $"({string.Join(" OR ", inList.List.Select(condition))})";
    }

    /// <summary><c>value in [low .. high]</c></summary>
    public string InRange(InRange range)
    {
        var value = values.Value(range.Value);
        if (!value.Kind.IsNumber() && !value.Kind.IsTime())
        {
            throw _scope.Error(range.Value, $"A range needs a number or a date, found {value.Kind.Describe()}.");
        }

        return $"({Bound(range.LowIncluded ? ">=" : ">", range.Low)} AND {Bound(range.HighIncluded ? "<=" : "<", range.High)})";

        string Bound(string operation, Syntax bound) => value.Kind.IsTime()
            ? CompareDate(
                value,
                operation,
                values.Literals.DateOf(bound, value.Kind) ?? throw _scope.Error(bound, "Expected a date, such as date'2024-03-05'."))
            : $"{value.Sql} {operation} {Operand(bound, value.Kind).Sql}";
    }

    /// <summary><c>"a" in field</c>, of a field with several values.</summary>
    public string InField(InField inField)
    {
        var field = values.Value(inField.Field);
        if (field.Kind != ValueKind.TextList)
        {
            throw _scope.Error(inField.Field, $"The field '{inField.Field.Name}' has one value a record. Write {inField.Field.Name} = …");
        }

        return inField.Value is TextLiteral text ? Contains(field, text.Value) : throw _scope.Error(inField.Value, "Expected a text.");
    }

    /// <inheritdoc cref="ConditionBinder.HasFacetValue"/>
    public string HasFacetValue(Refinement refinement, string? separator)
    {
        var (facet, value) = refinement;
        var field = values.Value(new FieldName(facet, 0, facet.Length));
        var text = new TextLiteral(value, facet.Length + 1, facet.Length + 1 + value.Length);
        if (field.Kind.IsPlace()) throw _scope.Error(text, $"{Capital(field.Kind.Describe())} is not a facet.");
        if (field.Kind == ValueKind.TextList)
        {
            if (separator is null) return Contains(field, value);
            var (equal, below) = (_scope.Parameters.Add(value), _scope.Parameters.Add(value + separator));
            return $"(len(list_filter({field.Sql}, lambda one: one = {equal} OR starts_with(one, {below}))) > 0)";
        }

        if (field.Kind.IsTime()) return CompareDate(field, "=", values.Literals.Date(value, text));
        var same = $"{field.Sql} = {Operand(text, field.Kind).Sql}";
        return separator is null ? $"({same})" : $"({same} OR starts_with({field.Sql}, {_scope.Parameters.Add(value + separator)}))";
    }

    private TypedSql Operand(Syntax syntax, ValueKind with) => Operand(values, syntax, with);

    /// <summary>The other side of a comparison, read as the kind of value that it is compared with.</summary>
    public static TypedSql Operand(ValueBinder values, Syntax syntax, ValueKind with)
    {
        var (scope, literals) = (values.Scope, values.Literals);
        switch (syntax)
        {
            case TextLiteral text when with.IsNumber():
                return double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
                    ? literals.Number(text.Value.Trim(), syntax)
                    : throw scope.Error(syntax, $"Expected a number, found the text \"{text.Value}\".");
            case TextLiteral text when with == ValueKind.Boolean:
                if (!bool.TryParse(text.Value, out var boolean)) throw scope.Error(syntax, "Expected true or false.");
                return new TypedSql(boolean ? "TRUE" : "FALSE", ValueKind.Boolean);
            // Codes are texts that look like numbers.
            case NumberLiteral number when with.IsText():
                return new TypedSql(scope.Parameters.Add(number.Digits), ValueKind.Text);
            case Negation { Operand: NumberLiteral number } when with.IsText():
                return new TypedSql(scope.Parameters.Add("-" + number.Digits), ValueKind.Text);
            case NullLiteral:
                throw scope.Error(syntax, "Nothing is equal to null. Write 'is null' or 'is not null'.");
        }

        var value = values.Value(syntax);
        var fits = value.Kind == with || (value.Kind.IsNumber() && with.IsNumber()) || (value.Kind.IsText() && with.IsText());
        return fits ? value : throw scope.Error(syntax, $"Expected {with.Describe()}, found {value.Kind.Describe()}.");
    }

    // The first and the next moment of the literal's period decide; see DateText. Each is added only where it is needed: DuckDB refuses a
    // parameter that does not occur in the statement.
    private string CompareDate(TypedSql value, string operation, DateText date)
    {
        string First() => values.Literals.Edge(date.First, date, value.Kind);
        string Next() => values.Literals.Edge(date.Next, date, value.Kind);
        if (!date.IsPeriod) return $"({value.Sql} {SqlOperator(operation)} {First()})";
        return operation switch
        {
            "=" => $"({value.Sql} >= {First()} AND {value.Sql} < {Next()})",
            "!=" => $"({value.Sql} < {First()} OR {value.Sql} >= {Next()})",
            "<" => $"({value.Sql} < {First()})",
            "<=" => $"({value.Sql} < {Next()})",
            ">" => $"({value.Sql} >= {Next()})",
            _ => $"({value.Sql} >= {First()})",
        };
    }

    private string Contains(TypedSql list, string item, bool negated = false) =>
        $"({(negated ? "NOT " : "")}list_contains({list.Sql}, {_scope.Parameters.Add(item)}))";

    private QueryException NullCompared(Syntax at) => _scope.Error(at, "Nothing is equal to null. Write 'is null' or 'is not null'.");

    private static string Mirrored(string operation) =>
        operation switch { "<" => ">", "<=" => ">=", ">" => "<", ">=" => "<=", _ => operation };

    private static string SqlOperator(string operation) => operation == "!=" ? "<>" : operation;

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
