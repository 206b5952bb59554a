using System.Globalization;
using OpenData.Query.Language;

namespace OpenData.Query.Plan;

/// <summary>Comparisons: a literal takes the type of what it is compared with, so that "20" is a number beside a number.</summary>
internal sealed partial class Binder
{
    private string Compare(Comparison comparison)
    {
        var (left, right, operation) = (comparison.Left, comparison.Right, comparison.Operator);
        if (IsLiteral(left) && !IsLiteral(right)) (left, right, operation) = (right, left, Mirror(operation));
        if (left is NullLiteral || right is NullLiteral) throw Error(right, "Nothing is equal to null. Write 'is null' or 'is not null'.");

        var value = Value(left);
        if (value.Type is ValueKind.Point or ValueKind.Shape or ValueKind.Points)
        {
            throw Error(left, $"{Capital(Describe(value.Type))} cannot be compared; use within_distance, in_bbox, intersects, within or disjoint.");
        }

        if (value.Type == ValueKind.TextList)
        {
            if (operation is not "=" and not "!=" || right is not TextLiteral item) throw Error(right, "A field with several values is compared with = and a text.");
            return ListHas(value, item.Value, operation == "!=");
        }

        if (value.Type.IsTime() && DateOf(right, value.Type) is { } date) return CompareDate(value, operation, date);
        var other = Operand(right, value.Type);
        return $"({value.Sql} {Spell(operation)} {other})";
    }

    private string In(InList inList)
    {
        var value = Value(inList.Value);
        if (value.Type == ValueKind.TextList)
        {
            return $"({string.Join(" OR ", inList.List.Select(item => item is TextLiteral text ? ListHas(value, text.Value, false) : throw Error(item, "Expected a text.")))})";
        }

        if (value.Type is ValueKind.Point or ValueKind.Shape or ValueKind.Points) throw Error(inList.Value, $"{Capital(Describe(value.Type))} cannot be compared.");
        if (value.Type.IsTime())
        {
            return $"({string.Join(" OR ", inList.List.Select(item => CompareDate(value, "=", DateOf(item, value.Type) ?? throw Error(item, "Expected a date."))))})";
        }

        return $"({value.Sql} IN ({string.Join(", ", inList.List.Select(item => Operand(item, value.Type)))}))";
    }

    private string In(InRange range)
    {
        var value = Value(range.Value);
        if (!value.Type.IsNumber() && !value.Type.IsTime()) throw Error(range.Value, $"A range needs a number or a date, found {Describe(value.Type)}.");
        return $"({Bound(range.LowIncluded ? ">=" : ">", range.Low)} AND {Bound(range.HighIncluded ? "<=" : "<", range.High)})";

        string Bound(string operation, Syntax bound)
        {
            if (value.Type.IsTime()) return CompareDate(value, operation, DateOf(bound, value.Type) ?? throw Error(bound, "Expected a date, such as date'2024-03-05'."));
            return $"{value.Sql} {operation} {Operand(bound, value.Type)}";
        }
    }

    private string In(InField inField)
    {
        var field = Value(inField.Field);
        if (field.Type != ValueKind.TextList) throw Error(inField.Field, $"The field '{inField.Field.Name}' has one value a record. Write {inField.Field.Name} = …");
        return inField.Value is TextLiteral text ? ListHas(field, text.Value, false) : throw Error(inField.Value, "Expected a text.");
    }

    private string ListHas(Typed list, string item, bool not) => $"({(not ? "NOT " : "")}list_contains({list.Sql}, {Parameters.Add(item)}))";

    // The other side of a comparison, as the type it is compared with.
    private string Operand(Syntax syntax, ValueKind with)
    {
        switch (syntax)
        {
            case TextLiteral text when with.IsNumber():
                if (!double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)) throw Error(syntax, $"Expected a number, found the text \"{text.Value}\".");
                return Number(text.Value.Trim(), syntax).Sql;
            case TextLiteral text when with == ValueKind.Boolean:
                return bool.TryParse(text.Value, out var boolean) ? boolean ? True : "FALSE" : throw Error(syntax, "Expected true or false.");
            case NumberLiteral number when with is ValueKind.Text or ValueKind.Json:
                return Parameters.Add(number.Digits); // codes are texts that look like numbers
            case Negation { Operand: NumberLiteral number } when with is ValueKind.Text or ValueKind.Json:
                return Parameters.Add("-" + number.Digits);
            case NullLiteral:
                throw Error(syntax, "Nothing is equal to null. Write 'is null' or 'is not null'.");
        }

        var value = Value(syntax);
        var fits = value.Type == with
            || (value.Type.IsNumber() && with.IsNumber())
            || (IsText(value.Type) && IsText(with));
        if (!fits) throw Error(syntax, $"Expected {Describe(with)}, found {Describe(value.Type)}.");
        return value.Sql;
    }

    private static bool IsText(ValueKind type) => type is ValueKind.Text or ValueKind.Json;

    /// <summary>A literal beside a date: a date literal, a text that is one, or digits (2024, 20240305). Null for anything else.</summary>
    private DateText? DateOf(Syntax syntax, ValueKind with) => syntax switch
    {
        DateLiteral literal => Date(literal.Value, literal),
        TextLiteral literal => Date(literal.Value, literal),
        NumberLiteral literal => Date(literal.Digits, literal),
        Call { Function: "now" } call => with == ValueKind.Date ? Day(NowOf(call)) : new DateText(NowOf(call).UtcDateTime, NowOf(call).UtcDateTime, TimeSpan.Zero),
        _ => null,
    };

    private static DateText Day(DateTimeOffset moment) => new(moment.Date, moment.Date.AddDays(1), null);

    private DateText Date(string text, Syntax where) => DateText.TryParse(text, out var date)
        ? date
        : throw Error(where, $"'{text}' is not a date. Write 2024-03-05, 2024-03, 2024 or 2024-03-05T09:30:00+09:00.");

    // A period's edges decide; see DateText.
    private string CompareDate(Typed value, string operation, DateText date)
    {
        // Called only for the edges that the comparison needs: every parameter must occur in the statement.
        string First() => Edge(date.First, date, value.Type);
        string Next() => Edge(date.Next, date, value.Type);
        if (!date.IsPeriod) return $"({value.Sql} {Spell(operation)} {First()})";
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

    private string Edge(DateTime wall, DateText date, ValueKind type)
    {
        if (type == ValueKind.Instant)
        {
            return date.Offset is { } offset
                ? Parameters.Add(new DateTimeOffset(wall, offset))
                : question.TimeZone == "UTC" ? Parameters.Add(new DateTimeOffset(wall, TimeSpan.Zero))
                : $"timezone({Parameters.Add(question.TimeZone)}, {Parameters.Add(wall)})";
        }

        if (date.Offset is { } written)
        {
            var moment = new DateTimeOffset(wall, written);
            return question.TimeZone == "UTC" ? Parameters.Add(moment.UtcDateTime) : $"timezone({Parameters.Add(question.TimeZone)}, {Parameters.Add(moment)})";
        }

        return type == ValueKind.Date && wall.TimeOfDay == TimeSpan.Zero ? Parameters.Add(DateOnly.FromDateTime(wall)) : Parameters.Add(wall);
    }

    // A date literal on its own.
    private Typed Moment(DateText date) =>
        date.Offset is { } offset ? new Typed(Parameters.Add(new DateTimeOffset(date.First, offset)), ValueKind.Instant)
        : date.IsPeriod ? new Typed(Parameters.Add(DateOnly.FromDateTime(date.First)), ValueKind.Date)
        : new Typed(Parameters.Add(date.First), ValueKind.DateTime);

    private static bool IsLiteral(Syntax syntax) => syntax is TextLiteral or NumberLiteral or BooleanLiteral or DateLiteral or NullLiteral
        or Negation { Operand: NumberLiteral } or Call { Function: "now" };

    private static string Mirror(string operation) => operation switch { "<" => ">", "<=" => ">=", ">" => "<", ">=" => "<=", _ => operation };

    private static string Spell(string operation) => operation == "!=" ? "<>" : operation;

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
