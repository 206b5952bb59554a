using OpenData.DuckDb;
using OpenData.Query.Language;

namespace OpenData.Query.Compilation;

/// <summary>
/// The inner half of a grouped statement, <c>SELECT keys, aggregates FROM … GROUP BY keys</c>: collects the aggregates that the
/// outer half needs, and resolves what an outer expression refers to.
/// </summary>
/// <param name="rows">Binds the arguments of aggregates, which are evaluated for each record.</param>
/// <param name="keys">What is grouped by; nothing for one group of all records.</param>
internal sealed class Groups(ValueBinder rows, IReadOnlyList<GroupKey> keys)
{
    private readonly List<string> _aggregates = [];

    public IReadOnlyList<GroupKey> Keys => keys;

    /// <summary>The inner select list.</summary>
    public string InnerColumns => string.Join(
        ", ",
        keys.Select((key, i) => $"{key.Sql} AS {KeyColumn(i)}").Concat(_aggregates.Select((sql, i) => $"{sql} AS {AggregateColumn(i)}")));

    /// <summary>
    /// The key or aggregate that an expression refers to: a key by its name or by the same expression. Null for anything else.
    /// </summary>
    public TypedSql? Find(Syntax syntax)
    {
        if (syntax is FieldName name && IndexOf(key => key.Name == name.Name) is { } named) return Key(named);
        if (syntax is Call { Function: "random" }) return null;
        if (syntax is Call call && Aggregates.IsAggregate(call.Function))
        {
            var aggregate = Aggregates.Bind(call, rows);
            return aggregate with { Sql = Aggregate(aggregate.Sql) };
        }

        if (syntax is not (FieldName or Call or Arithmetic) || keys.Count == 0 || Aggregates.IsIn(syntax)) return null;
        if (syntax is not FieldName && HasLabel(syntax)) return null;
        if (syntax is Call written && GroupFunctions.Bind(written, "", rows) is { } grouping)
        {
            return IndexOf(key => key.Sql == grouping.Sql && key.Filter == grouping.Filter) is { } found ? Key(found) : null;
        }

        var same = rows.Value(syntax).Sql;
        return same.Length > 0 && IndexOf(key => key.Sql == same) is { } equal ? Key(equal) : null;
    }

    /// <summary>What the answer shows of a key.</summary>
    public TypedSql Shown(int index) => keys[index].Middle is null ? keys[index].Shown(KeyColumn(index)) : Key(index);

    /// <summary>The error message about a field that is neither grouped by nor aggregated.</summary>
    public string Missing(string field) => keys.Count == 0
        ? $"'{field}' stands beside an aggregate, so it must be aggregated too, or grouped by."
        : $"'{field}' is not in group_by. Group by it, or aggregate it: max({field}), count({field}), …";

    public static string KeyColumn(int index) => $"k{Sql.Literal(index)}";

    // The same aggregate is calculated once.
    private string Aggregate(string sql)
    {
        var index = _aggregates.IndexOf(sql);
        if (index >= 0) return AggregateColumn(index);
        _aggregates.Add(sql);
        return AggregateColumn(_aggregates.Count - 1);
    }

    private static string AggregateColumn(int index) => $"a{Sql.Literal(index)}";

    private TypedSql Key(int index)
    {
        var key = new TypedSql(KeyColumn(index), keys[index].Kind) { Scale = keys[index].Scale };
        return keys[index].Middle is var (latitude, longitude)
            ? key with { Latitude = Aggregate(latitude), Longitude = Aggregate(longitude) }
            : key;
    }

    private int? IndexOf(Func<GroupKey, bool> test)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            if (test(keys[i])) return i;
        }

        return null;
    }

    // Whether an expression uses a label of a group, which no record has.
    private bool HasLabel(Syntax syntax) => syntax switch
    {
        FieldName name => !rows.Scope.HasField(name.Name),
        Call call => call.Arguments.Any(HasLabel),
        Negation negation => HasLabel(negation.Operand),
        Arithmetic arithmetic => HasLabel(arithmetic.Left) || HasLabel(arithmetic.Right),
        _ => false,
    };
}
