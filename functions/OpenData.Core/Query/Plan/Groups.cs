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
            var index = _aggregates.IndexOf(sql);
            if (index < 0)
            {
                _aggregates.Add(sql);
                index = _aggregates.Count - 1;
            }

            return new Typed(AggregateColumn(index), type);
        }

        if (syntax is not (FieldName or Call or Arithmetic) || keys.Count == 0 || HasAggregate(syntax)) return null;
        if (syntax is Call { Function: "range" or "random" }) return null;
        var same = rows.Value(syntax).Sql;
        return same.Length > 0 && IndexOf(key => key.Sql == same) is { } equal ? Key(equal) : null;
    }

    /// <summary>What to say of a field that is neither grouped by nor aggregated.</summary>
    public string Missing(string field) => keys.Count == 0
        ? $"'{field}' stands beside an aggregate, so it must be aggregated too, or grouped by."
        : $"'{field}' is not in group_by. Group by it, or aggregate it: max({field}), count({field}), …";

    public static string KeyColumn(int index) => $"k{Sql.Number(index)}";

    private static string AggregateColumn(int index) => $"a{Sql.Number(index)}";

    private Typed Key(int index) => new(KeyColumn(index), keys[index].Type);

    private int? IndexOf(Func<GroupKey, bool> test)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            if (test(keys[i])) return i;
        }

        return null;
    }

    /// <summary>Whether an aggregate stands anywhere in an expression.</summary>
    public static bool HasAggregate(Syntax syntax) => syntax switch
    {
        Call call => Aggregates.IsAggregate(call.Function) || call.Arguments.Any(HasAggregate),
        Negation negation => HasAggregate(negation.Operand),
        Arithmetic arithmetic => HasAggregate(arithmetic.Left) || HasAggregate(arithmetic.Right),
        _ => false,
    };
}
