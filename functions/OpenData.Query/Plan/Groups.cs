using OpenData.DuckDb;
using OpenData.Query.Language;

namespace OpenData.Query.Plan;

/// <summary>One expression of <c>group_by</c>.</summary>
/// <param name="Name">Its key in the answer: its label, or itself as it was written.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Sql">What records are grouped by.</param>
/// <param name="Type">What that is; what sorting by it and calculating with it see.</param>
/// <param name="Shown">What the answer shows of it, given the name of its column.</param>
internal sealed record GroupKey(string Name, string Label, string Sql, ValueKind Type, Func<string, Typed> Shown)
{
    /// <summary>Which records are in any group at all, as a condition; null for all.</summary>
    public string? Filter { get; init; }

    /// <summary>Of a group of places: what the answer shows instead, the middle of its points as two aggregates.</summary>
    public (string Latitude, string Longitude)? Middle { get; init; }
}

/// <summary>
/// The inner half of a grouped statement, <c>SELECT keys, aggregates FROM … GROUP BY keys</c>: collects the aggregates that the
/// outer half turns out to need, and says what an outer expression may refer to.
/// </summary>
/// <param name="rows">Binds the arguments of aggregates, which are evaluated for each record.</param>
/// <param name="keys">What is grouped by; nothing for one group of all records.</param>
internal sealed class Groups(Binder rows, IReadOnlyList<GroupKey> keys)
{
    private readonly List<string> _aggregates = [];

    public IReadOnlyList<GroupKey> Keys => keys;

    /// <summary>The inner select list.</summary>
    public string InnerColumns => string.Join(", ", keys.Select((key, i) => $"{key.Sql} AS {KeyColumn(i)}").Concat(_aggregates.Select((sql, i) => $"{sql} AS {AggregateColumn(i)}")));

    /// <summary>Finds what an expression refers to: a key by its name, a key by the same expression, or an aggregate. Null for anything else.</summary>
    public Typed? Find(Syntax syntax)
    {
        if (syntax is FieldName name && IndexOf(key => key.Name == name.Name) is { } named) return Key(named);
        if (syntax is Call call && Aggregates.IsAggregate(call.Function))
        {
            var (sql, type) = Aggregates.Bind(call, rows);
            return new Typed(Aggregate(sql), type);
        }

        if (syntax is not (FieldName or Call or Arithmetic) || keys.Count == 0 || HasAggregate(syntax) || (syntax is not FieldName && HasLabel(syntax))) return null;
        if (syntax is Call { Function: "random" }) return null;
        if (syntax is Call written && rows.Grouping(written, "") is { } grouping) return IndexOf(key => key.Sql == grouping.Sql && key.Filter == grouping.Filter) is { } found ? Key(found) : null;
        var same = rows.Value(syntax).Sql;
        return same.Length > 0 && IndexOf(key => key.Sql == same) is { } equal ? Key(equal) : null;
    }

    /// <summary>What the answer shows of a key.</summary>
    public Typed Shown(int index) => keys[index].Middle is null ? keys[index].Shown(KeyColumn(index)) : Key(index);

    /// <summary>What to say of a field that is neither grouped by nor aggregated.</summary>
    public string Missing(string field) => keys.Count == 0
        ? $"'{field}' stands beside an aggregate, so it must be aggregated too, or grouped by."
        : $"'{field}' is not in group_by. Group by it, or aggregate it: max({field}), count({field}), …";

    public static string KeyColumn(int index) => $"k{Sql.Literal(index)}";

    // An aggregate is calculated once, however often it is named.
    private string Aggregate(string sql)
    {
        var index = _aggregates.IndexOf(sql);
        if (index >= 0) return AggregateColumn(index);
        _aggregates.Add(sql);
        return AggregateColumn(_aggregates.Count - 1);
    }

    private static string AggregateColumn(int index) => $"a{Sql.Literal(index)}";

    private Typed Key(int index)
    {
        var key = new Typed(KeyColumn(index), keys[index].Type);
        return keys[index].Middle is var (latitude, longitude) ? key with { Latitude = Aggregate(latitude), Longitude = Aggregate(longitude) } : key;
    }

    private int? IndexOf(Func<GroupKey, bool> test)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            if (test(keys[i])) return i;
        }

        return null;
    }

    // An expression of groups' own labels is none of a record's.
    private bool HasLabel(Syntax syntax) => syntax switch
    {
        FieldName name => !rows.Knows(name.Name),
        Call call => call.Arguments.Any(HasLabel),
        Negation negation => HasLabel(negation.Operand),
        Arithmetic arithmetic => HasLabel(arithmetic.Left) || HasLabel(arithmetic.Right),
        _ => false,
    };

    /// <summary>Whether an aggregate stands anywhere in an expression.</summary>
    public static bool HasAggregate(Syntax syntax) => syntax switch
    {
        Call call => Aggregates.IsAggregate(call.Function) || call.Arguments.Any(HasAggregate),
        Negation negation => HasAggregate(negation.Operand),
        Arithmetic arithmetic => HasAggregate(arithmetic.Left) || HasAggregate(arithmetic.Right),
        _ => false,
    };
}
