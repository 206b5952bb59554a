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
        if (ExactOperand(right, value.Kind) is { } number) return NumberComparison.Compare(value, operation, number, _scope.Parameters);
        if (value.Kind == ValueKind.Json && right is TextLiteral text && operation is "=" or "!=")
        {
            return CompareJson(value, operation, text.Value);
        }
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

        if (value.Kind is ValueKind.Int or ValueKind.Decimal)
        {
            return AnyOf(item => ExactOperand(item, value.Kind) is { } number
                ? NumberComparison.Compare(value, "=", number, _scope.Parameters)
                : $"({value.Sql} = {Operand(item, value.Kind).Sql})");
        }

        if (value.Kind == ValueKind.Json)
        {
            return AnyOf(item => item is TextLiteral text
                ? CompareJson(value, "=", text.Value)
                : $"({value.Sql} = {Operand(item, value.Kind).Sql})");
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
            : ExactOperand(bound, value.Kind) is { } number ? NumberComparison.Compare(value, operation, number, _scope.Parameters)
            : $"{value.Sql} {operation} {Operand(bound, value.Kind).Sql}";
    }

    /// <summary><c>"a" in field</c>, of a field with several values.</summary>
    public string InField(InField inField)
    {
        var field = values.Value(inField.Field);
        if (field.Kind == ValueKind.Json && inField.Value is TextLiteral element) return HasElement(field, element.Value);
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
        if (ExactOperand(text, field.Kind) is { } number) return NumberComparison.Compare(field, "=", number, _scope.Parameters);
        if (field.Kind == ValueKind.Json) return CompareJson(field, "=", value);
        var same = $"{field.Sql} = {Operand(text, field.Kind).Sql}";
        return separator is null ? $"({same})" : $"({same} OR starts_with({field.Sql}, {_scope.Parameters.Add(value + separator)}))";
    }

    // A literal that is compared with a whole number or a decimal; null for anything else.
    private ExactNumber? ExactOperand(Syntax syntax, ValueKind with)
    {
        if (with is not (ValueKind.Int or ValueKind.Decimal)) return null;
        var digits = syntax switch
        {
            NumberLiteral number => number.Digits,
            Negation { Operand: NumberLiteral number } => "-" + number.Digits,
            TextLiteral text => text.Value,
            _ => null,
        };
        if (digits is null) return null;
        if (ExactNumber.TryParse(digits, out var exact)) return exact;
        throw _scope.Error(
            syntax, syntax is TextLiteral ? $"Expected a number, found the text \"{digits}\"." : "The number is too long or too large.");
    }

    // A JSON list of texts is a field with several values: it equals each of them.
    private string CompareJson(TypedSql json, string operation, string text)
    {
        var equal = $"({json.Sql} = {_scope.Parameters.Add(text)} OR {HasElement(json, text)})";
        return operation == "=" ? equal : $"(NOT {equal})";
    }

    private string HasElement(TypedSql json, string text) => $"list_contains({JsonLists.Texts(json.Sql)}, {_scope.Parameters.Add(text)})";

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
        if (date.IsLast && operation is "<=" or ">") return operation == ">" ? "FALSE" : $"({value.Sql} IS NOT NULL)";
        if (date.IsLast && operation is "=" or "!=") return $"({value.Sql} {(operation == "=" ? ">=" : "<")} {First()})";
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
