using OpenData.Query.Language;

namespace OpenData.Query.Compilation;

/// <summary>Binds conditions: expressions of a <c>where</c> clause, which are true, false or null for a record.</summary>
internal sealed class ConditionBinder
{
    private readonly ValueBinder _values;
    private readonly Comparisons _comparisons;
    private readonly Predicates _predicates;
    private readonly TextSearch _search;

    public ConditionBinder(Scope scope)
    {
        _values = new ValueBinder(scope);
        _comparisons = new Comparisons(_values);
        _search = new TextSearch(_values);
        _predicates = new Predicates(_values, _search);
    }

    /// <summary>A condition as SQL.</summary>
    public string Condition(Syntax syntax) => syntax switch
    {
        And and => $"({string.Join(" AND ", and.Operands.Select(Condition))})",
        Or or => $"({string.Join(" OR ", or.Operands.Select(Condition))})",
        // A comparison with a missing value counts as false, so its negation is true.
        Not not => $"({Condition(not.Operand)} IS NOT TRUE)",
        Comparison comparison => _comparisons.Compare(comparison),
        InList inList => _comparisons.InList(inList),
        InRange inRange => _comparisons.InRange(inRange),
        InField inField => _comparisons.InField(inField),
        Like like => _search.Like(like),
        IsNull isNull => $"({_values.Value(isNull.Value).NullTest} IS NULL)",
        IsBoolean isBoolean => $"({_values.Boolean(isBoolean.Value)} IS {(isBoolean.Expected ? "TRUE" : "FALSE")})",
        TextLiteral text => _search.AnyField(text),
        BooleanLiteral boolean => boolean.Value ? "TRUE" : "FALSE",
        Call call when _predicates.Bind(call) is { } predicate => predicate,
        _ => _values.Boolean(syntax),
    };

    /// <summary>The condition that a record has a facet's value.</summary>
    /// <param name="refinement">The facet and the value.</param>
    /// <param name="separator">The separator of a hierarchical facet, whose values include those below them; null otherwise.</param>
    public string HasFacetValue(Refinement refinement, string? separator) => _comparisons.HasFacetValue(refinement, separator);
}
