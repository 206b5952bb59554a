using System.Globalization;
using OpenData.Query.Language;
using OpenData.Query.Schema;

namespace OpenData.Query.Compilation;

/// <summary>Binds numbers and dates that stand in a clause.</summary>
internal sealed class Literals(Scope scope)
{
    private const int MaxDigits = 400;

    /// <summary>A number: a whole number if it fits into 64 bits, otherwise a floating-point number.</summary>
    public TypedSql Number(string digits, Syntax where)
    {
        if (digits.Length > MaxDigits) throw scope.Error(where, "The number is too long.");
        if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return new TypedSql(scope.Parameters.Add(whole), ValueKind.Int);
        }

        var number = double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(number)) throw scope.Error(where, "The number is too large.");
        return new TypedSql(scope.Parameters.Add(number), ValueKind.Double);
    }

    /// <summary>An expression that must be a number as it stands, such as a coordinate.</summary>
    public double Constant(Syntax syntax) => syntax switch
    {
        NumberLiteral number => double.Parse(number.Digits, NumberStyles.Float, CultureInfo.InvariantCulture),
        Negation negation => -Constant(negation.Operand),
        _ => throw scope.Error(syntax, "Expected a number."),
    };

    /// <summary>A text as a date.</summary>
    public DateText Date(string text, Syntax where) => DateText.TryParse(text, out var date)
        ? date
        : throw scope.Error(where, $"'{text}' is not a date. Write 2024-03-05, 2024-03, 2024 or 2024-03-05T09:30:00+09:00.");

    /// <summary>
    /// A literal that is compared with a date: a date literal, a text that is a date, digits (2024, 20240305), or <c>now()</c>. Null for
    /// anything else.
    /// </summary>
    /// <param name="syntax">The literal.</param>
    /// <param name="with">The kind of the value that it is compared with: beside a date, <c>now()</c> is the whole day.</param>
    public DateText? DateOf(Syntax syntax, ValueKind with) => syntax switch
    {
        DateLiteral literal => Date(literal.Value, literal),
        TextLiteral literal => Date(literal.Value, literal),
        NumberLiteral literal => Date(literal.Digits, literal),
        Call { Function: "now" } call when with == ValueKind.Date => DateText.Day(Now(call)),
        Call { Function: "now" } call => DateText.Moment(Now(call)),
        _ => null,
    };

    /// <summary>The time that a call of <c>now(…)</c> stands for.</summary>
    public DateTimeOffset Now(Call call) => NowFunction.Evaluate(call, scope, this);

    /// <summary>A date literal that stands on its own.</summary>
    public TypedSql Moment(DateText date) =>
        date.Offset is { } offset ? new TypedSql(scope.Parameters.Add(new DateTimeOffset(date.First, offset)), ValueKind.Instant)
        : date.IsPeriod ? new TypedSql(scope.Parameters.Add(DateOnly.FromDateTime(date.First)), ValueKind.Date)
        : new TypedSql(scope.Parameters.Add(date.First), ValueKind.DateTime);

    /// <summary>A local time of a date literal, as a value that can be compared with a date or time of a kind.</summary>
    /// <param name="wall">The first or the next moment of the literal's period.</param>
    /// <param name="date">The literal.</param>
    /// <param name="kind">The kind of the value that it is compared with.</param>
    public string Edge(DateTime wall, DateText date, ValueKind kind)
    {
        var (parameters, zone) = (scope.Parameters, scope.Question.TimeZone);
        if (kind == ValueKind.Instant)
        {
            if ((date.Offset ?? (zone == "UTC" ? TimeSpan.Zero : null)) is { } offset)
            {
                return parameters.Add(new DateTimeOffset(wall, offset));
            }

            return $"timezone({parameters.Add(zone)}, {parameters.Add(wall)})";
        }

        if (date.Offset is { } written)
        {
            var moment = new DateTimeOffset(wall, written);
            return zone == "UTC" ? parameters.Add(moment.UtcDateTime) : $"timezone({parameters.Add(zone)}, {parameters.Add(moment)})";
        }

        return kind == ValueKind.Date && wall.TimeOfDay == TimeSpan.Zero
            ? parameters.Add(DateOnly.FromDateTime(wall))
            : parameters.Add(wall);
    }

    /// <summary>Whether an expression is a literal: in a comparison, the other side decides how it is read.</summary>
    public static bool IsLiteral(Syntax syntax) => syntax
        is TextLiteral or NumberLiteral or BooleanLiteral or DateLiteral or NullLiteral or Negation { Operand: NumberLiteral }
            or Call { Function: "now" };
}
