using System.Globalization;
using OpenData.Query.Language;

namespace OpenData.Query.Plan;

/// <summary>What the planner's other parts ask of a binder.</summary>
internal sealed partial class Binder
{
    public QueryException Fault(Syntax at, string problem) => Error(at, problem);

    /// <summary>Whether there is such a field.</summary>
    public bool Knows(string field) => question.Table.Find(field) is not null;

    public Typed AsNumber(Syntax syntax) => Numeric(syntax);

    public Typed AsPoint(Syntax syntax) => Point(syntax);

    /// <summary>A date or time as the clock of the time zone asked for shows it.</summary>
    public string AsWallClock(Syntax syntax) => WallClock(syntax);

    /// <summary>A function that only makes groups, as what it groups by; null for any other.</summary>
    public GroupKey? Grouping(Call call, string name) => call.Function switch
    {
        "range" => Ranges.Bind(call, name, this, question),
        "geo_cluster" => Clusters.Bind(call, name, this),
        _ => null,
    };

    /// <summary>A bound of a static range: its SQL, its text in the range's name, and what it is ordered by.</summary>
    public (string Sql, string Text, object Order) Edge(Syntax bound, ValueKind type)
    {
        if (type.IsNumber())
        {
            var number = Constant(bound);
            return (Operand(bound, type), number.ToString("R", CultureInfo.InvariantCulture), number);
        }

        var date = DateOf(bound, type) ?? throw Error(bound, "Expected a date, such as date'2024-03-05'.");
        var utc = date.First - (date.Offset ?? TimeSpan.Zero);
        return (Edge(date.First, date, type), utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), utc);
    }

    /// <summary>A facet's value as its field's type: a condition that a record has it.</summary>
    public string FacetCondition(string facet, string value, string? separator = null)
    {
        var field = Field(new FieldName(facet, 0, facet.Length));
        var text = new TextLiteral(value, facet.Length + 1, facet.Length + 1 + value.Length);
        if (field.Type is ValueKind.Point or ValueKind.Shape or ValueKind.Points) throw Error(text, $"{Capital(Describe(field.Type))} is not a facet.");
        if (field.Type == ValueKind.TextList)
        {
            return separator is null ? ListHas(field, value, false)
                : $"(len(list_filter({field.Sql}, lambda one: one = {Parameters.Add(value)} OR starts_with(one, {Parameters.Add(value + separator)}))) > 0)";
        }

        if (field.Type.IsTime()) return CompareDate(field, "=", Date(value, text));
        var equal = $"{field.Sql} = {Operand(text, field.Type)}";
        return separator is null ? $"({equal})" : $"({equal} OR starts_with({field.Sql}, {Parameters.Add(value + separator)}))";
    }
}
