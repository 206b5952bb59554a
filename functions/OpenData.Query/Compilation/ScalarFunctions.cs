using OpenData.Query.Language;
using OpenData.Query.Schema;

namespace OpenData.Query.Compilation;

/// <summary>Binds functions that have a value for each record. There are no others.</summary>
internal sealed class ScalarFunctions(ValueBinder values)
{
    private static readonly string[] Names =
    [
        "length", "lower", "upper", "now", "year", "month", "day", "hour", "minute", "second", "dayofweek", "quarter",
        "date_format", "json_format", "ifnull", "distance",
    ];

    private readonly Scope _scope = values.Scope;

    /// <summary>A call as a value.</summary>
    public TypedSql Bind(Call call) => call switch
    {
        { Function: "length" } => new TypedSql($"length({values.Text(Only(call, "text"))})", ValueKind.Int),
        { Function: "lower" or "upper" } => new TypedSql($"{call.Function}({values.Text(Only(call, "text"))})", ValueKind.Text),
        { Function: "now" } => new TypedSql(_scope.Parameters.Add(values.Literals.Now(call)), ValueKind.Instant),
        { Function: "year" or "month" or "day" or "hour" or "minute" or "second" or "quarter" } => new TypedSql(
            $"{call.Function}({values.WallClock(Only(call, "date or datetime"))})", ValueKind.Int),
        { Function: "dayofweek" } => new TypedSql($"isodow({values.WallClock(Only(call, "date or datetime"))})", ValueKind.Int),
        { Function: "date_format" } => FormatDate(call),
        { Function: "json_format" } => FormatJson(call),
        { Function: "ifnull" } => IfNull(call),
        { Function: "distance", Arguments.Count: not 3 } => GeoPredicates.Distance(call, values),
        _ => throw Misplaced(call),
    };

    private Syntax Only(Call call, string what) =>
        call.Arguments is [var argument] ? argument : throw _scope.Error(call, $"{call.Function}() takes one {what}.");

    private TypedSql FormatDate(Call call)
    {
        if (call.Arguments is not [var date, TextLiteral pattern]) throw _scope.Error(call, "Write date_format(date_field, 'yyyy-MM-dd').");
        return new TypedSql(DateFormat.ToSql(pattern, values.WallClock(date), _scope), ValueKind.Text);
    }

    // A text that is JSON becomes a JSON value; any other becomes the alternative, or without one a JSON string.
    private TypedSql FormatJson(Call call)
    {
        if (call.Arguments is not ([_] or [_, TextLiteral or NullLiteral]))
        {
            throw _scope.Error(call, "Write json_format(text_field), json_format(text_field, \"other\") or json_format(text_field, null).");
        }

        var text = values.Text(call.Arguments[0]);
        if (call.Arguments.Count == 1) return new TypedSql(text, ValueKind.Json);
        var other = call.Arguments[1] is TextLiteral alternative ? _scope.Parameters.Add(alternative.Value) : "NULL";
        return new TypedSql($"(CASE WHEN {text} IS NULL OR json_valid({text}) THEN {text} ELSE {other} END)", ValueKind.Json);
    }

    private TypedSql IfNull(Call call)
    {
        if (call.Arguments is not [var tested, var alternative]) throw _scope.Error(call, "Write ifnull(expression, alternative).");
        var value = values.Value(tested);
        if (value.Kind.IsPlace()) throw _scope.Error(tested, "A place has no alternative.");
        if (value.Kind.IsTime() && alternative is TextLiteral text)
        {
            var date = values.Literals.Date(text.Value, text);
            return value with { Sql = $"coalesce({value.Sql}, {values.Literals.Edge(date.First, date, value.Kind)})" };
        }

        var other = value.Kind.IsTime() && values.Value(alternative) is var time && time.Kind.IsTime()
            ? time
            : Comparisons.Operand(values, alternative, value.Kind);
        if (!value.Kind.IsNumber() || value.Kind == other.Kind && value.Kind != ValueKind.Decimal)
        {
            return value with { Sql = $"coalesce({value.Sql}, {other.Sql})" };
        }

        return new TypedSql($"coalesce({ValueBinder.AsDouble(value)}, {ValueBinder.AsDouble(other)})", ValueKind.Double);
    }

    private QueryException Misplaced(Call call)
    {
        if (Aggregates.IsAggregate(call.Function))
        {
            return _scope.Error(call, $"The aggregate {call.Function}() has no place in {_scope.Clause}.");
        }

        if (Predicates.IsPredicate(call)) return _scope.Error(call, $"{call.Function}() is a condition and cannot be used as a value.");
        return _scope.Error(call, call.Function switch
        {
            "range" or "geo_cluster" => $"{call.Function}() stands in group_by, and elsewhere only as it is written there.",
            "include" or "exclude" => $"{call.Function}() stands in select only.",
            "random" => "random() stands in order_by only.",
            _ when Spelling.Nearest(Names.Concat(Predicates.Names).Concat(Aggregates.Names), call.Function) is { } nearest =>
                $"Unknown function: {call.Function}(). Did you mean {nearest}()?",
            _ => $"Unknown function: {call.Function}(). There are {string.Join(", ", Names)}; conditions: "
                + $"{string.Join(", ", Predicates.Names)}; "
                + $"aggregates: {string.Join(", ", Aggregates.Names)}.",
        });
    }
}
