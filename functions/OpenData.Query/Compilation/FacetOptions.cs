using System.Globalization;
using OpenData.Query.Language;
using OpenData.Query.Schema;

namespace OpenData.Query.Compilation;

/// <summary>
/// A facet and its options, written as <c>name</c> or
/// <c>facet(name="…", disjunctive=true, hierarchical=true, separator="/", sort="-count", limit=10)</c>.
/// </summary>
internal sealed record FacetOptions(QueryField Field)
{
    private const int DefaultLimit = 100;

    private static readonly string[] Names = ["name", "disjunctive", "hierarchical", "separator", "sort", "limit"];
    private static readonly string[] Sorts = ["count", "-count", "alphanum", "-alphanum", "num", "-num"];

    /// <summary>Whether values that are refined by are alternatives, of which a record needs one.</summary>
    public bool Disjunctive { get; init; }

    /// <summary>
    /// The separator of a hierarchical facet's steps; null if its values are not paths. Dates are paths of year, month and day.
    /// </summary>
    public string? Separator { get; init; } = Field.Kind.IsTime() ? "/" : null;

    /// <summary>The order of the values.</summary>
    public string Sort { get; init; } = Field.Kind.IsTime() ? "-alphanum" : "-count";

    /// <summary>The most values, 1 to <see cref="QueryLimits.FacetValues"/>.</summary>
    public long Limit { get; init; } = DefaultLimit;

    /// <summary>Reads a <c>facet</c> parameter.</summary>
    /// <exception cref="QueryException">It is malformed, or names something that is not a facet.</exception>
    public static FacetOptions Read(string text, QueryTable table)
    {
        var syntax = Grammar.Where(text, "facet") ?? throw Error(0, "Write a field's name.");
        if (syntax is FieldName field) return new FacetOptions(Find(field.Name, field.Start, table));
        if (syntax is not Call { Function: "facet" } call) throw Error(syntax.Start, "Write a field's name or facet(name=\"…\").");
        var options = new Dictionary<string, Syntax>(StringComparer.Ordinal);
        foreach (var argument in call.Arguments)
        {
            if (argument is not Comparison { Operator: "=", Left: FieldName option } set)
            {
                throw Error(argument.Start, "Write facet(name=\"…\", sort=\"-count\", …).");
            }

            if (!Names.Contains(option.Name))
            {
                throw Error(option.Start, $"facet() knows no '{option.Name}'. There are {string.Join(", ", Names)}.");
            }

            if (!options.TryAdd(option.Name, set.Right)) throw Error(option.Start, $"facet() has '{option.Name}' twice.");
        }

        if (!options.TryGetValue("name", out var named) || named is not TextLiteral name)
        {
            throw Error(call.Start, "facet() needs a name: facet(name=\"field\").");
        }

        var facet = new FacetOptions(Find(name.Value, name.Start, table));
        var hierarchical = Boolean(options, "hierarchical") ?? options.ContainsKey("separator");
        if (hierarchical && facet.Field.Kind is not (ValueKind.Text or ValueKind.TextList) && !facet.Field.Kind.IsTime())
        {
            throw Error(call.Start, $"The values of '{facet.Field.Name}' are not paths: only texts and dates are hierarchical.");
        }

        return facet with
        {
            Disjunctive = Boolean(options, "disjunctive") ?? false,
            Separator = facet.Field.Kind.IsTime()
                ? "/"
                : !hierarchical ? null : Text(options, "separator") is { Length: > 0 } written ? written : "/",
            Sort = ReadSort(options) ?? facet.Sort,
            Limit = ReadLimit(options) ?? facet.Limit,
        };
    }

    private static string? ReadSort(Dictionary<string, Syntax> options) => Text(options, "sort") is not { } sort ? null
        : Sorts.Contains(sort) ? sort
        : throw Error(options["sort"].Start, $"sort is '{sort}': there are count, alphanum and num, each also with a minus.");

    private static long? ReadLimit(Dictionary<string, Syntax> options)
    {
        if (!options.TryGetValue("limit", out var written)) return null;
        return written is NumberLiteral number
            && long.TryParse(number.Digits, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            && limit is > 0 and <= QueryLimits.FacetValues
            ? limit
            : throw Error(written.Start, $"limit is a whole number from 1 to {QueryLimits.FacetValues}.");
    }

    private static bool? Boolean(Dictionary<string, Syntax> options, string option) => !options.TryGetValue(option, out var value) ? null
        : value is BooleanLiteral boolean ? boolean.Value
        : throw Error(value.Start, $"{option} is true or false.");

    private static string? Text(Dictionary<string, Syntax> options, string option) => !options.TryGetValue(option, out var value) ? null
        : value is TextLiteral text ? text.Value
        : throw Error(value.Start, $"{option} is a text in quotes.");

    private static QueryField Find(string name, int at, QueryTable table)
    {
        if (table.Find(name) is not { } field) throw Error(at, table.UnknownField(name));
        return field.Kind.IsPlace() ? throw Error(at, $"The field '{name}' is a place, which is not a facet.") : field;
    }

    private static QueryException Error(int at, string problem) => new("facet", at, problem);
}
