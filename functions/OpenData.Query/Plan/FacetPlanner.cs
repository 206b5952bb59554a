using System.Globalization;
using OpenData.DuckDb;
using OpenData.Query.Language;

namespace OpenData.Query.Plan;

/// <summary>The values of one facet.</summary>
/// <param name="Name">The facet's field.</param>
/// <param name="Facets">Its values, sorted as was asked.</param>
public sealed record FacetValues(string Name, IReadOnlyList<FacetValue> Facets);

/// <summary>One value of a facet.</summary>
/// <param name="Name">What to show: of a path its last step.</param>
/// <param name="Value">What to refine by: of a path all of it.</param>
/// <param name="Count">How many records have it; null where it is excluded.</param>
/// <param name="State"><c>displayed</c>, <c>refined</c> or <c>excluded</c>.</param>
/// <param name="Facets">Of a path that is refined by: the steps below it.</param>
public sealed record FacetValue(string Name, string Value, long? Count, string State, IReadOnlyList<FacetValue>? Facets = null);

/// <summary>
/// Counts facets: a statement for each facet, and one more for each step of a path that is refined by. Dates are paths of
/// year, month and day; texts are paths where a separator says so.
/// </summary>
internal sealed class FacetPlanner
{
    private const int DefaultLimit = 100;

    private readonly QueryTable _table;
    private readonly QueryRequest _request;
    private readonly DateTimeOffset _now;
    private readonly bool _asked;
    private readonly List<Facet> _facets;

    public FacetPlanner(QueryTable table, QueryRequest request, IReadOnlyList<string> facets, DateTimeOffset now)
    {
        if (facets.Count > QueryLimits.Facets) throw new QueryException("facet", null, $"There are more than {QueryLimits.Facets} facets.");
        _table = table;
        _now = now;
        _asked = facets.Count > 0;
        _facets = facets.Count > 0 ? [.. facets.Select(Read)] : [.. table.Fields.Where(field => field.IsFacet).Select(field => new Facet(field))];
        if (facets.Count > 0 && _facets.Sum(facet => facet.Limit) > QueryLimits.FacetValues) throw new QueryException("facet", null, $"The limits of all facets together are more than {QueryLimits.FacetValues}.");
        _request = request with
        {
            Disjunctive = [.. _facets.Where(facet => facet.Disjunctive).Select(facet => facet.Field.Name)],
            Separators = _facets.Where(facet => facet.Separator is not null && !facet.Field.Type.IsTime())
                .DistinctBy(facet => facet.Field.Name).ToDictionary(facet => facet.Field.Name, facet => facet.Separator!, StringComparer.Ordinal),
        };
    }

    /// <summary>A facet parameter's settings.</summary>
    private sealed record Facet(QueryField Field)
    {
        public bool Disjunctive { get; init; }

        public string? Separator { get; init; } = Field.Type.IsTime() ? "/" : null;

        public string Sort { get; init; } = Field.Type.IsTime() ? "-alphanum" : "-count";

        public long Limit { get; init; } = DefaultLimit;
    }

    /// <summary>Runs the statements and puts their answers together.</summary>
    /// <param name="run">Runs one of them.</param>
    public List<FacetValues> Run(Func<Statement, List<(string Value, long Count)>> run)
    {
        var counted = _facets.Select(facet => new FacetValues(facet.Field.Name, Values(facet, run)));
        // Of what nobody asked for, a text with more values than are shown is nothing to choose from.
        return [.. counted.Where(values => _asked || values.Facets.Count < DefaultLimit)];
    }

    private List<FacetValue> Values(Facet facet, Func<Statement, List<(string Value, long Count)>> run)
    {
        var refined = Chosen(_request.Refine, facet);
        var excluded = Chosen(_request.Exclude, facet);
        var values = Level("", 1);
        values.AddRange(excluded.Where(value => !values.Exists(shown => shown.Value == value)).Select(value => new FacetValue(LastStep(facet, value), value, null, "excluded")));
        return values;

        List<FacetValue> Level(string above, int depth) =>
        [
            .. run(Statement(facet, above, depth)).Select(found =>
            {
                var isRefined = refined.Exists(value => value == found.Value || (facet.Separator is { } separator && value.StartsWith(found.Value + separator, StringComparison.Ordinal)));
                var below = isRefined && facet.Separator is not null && (!facet.Field.Type.IsTime() || depth < 3) ? Level(found.Value, depth + 1) : [];
                return new FacetValue(LastStep(facet, found.Value), found.Value, found.Count, isRefined ? "refined" : "displayed", below.Count > 0 ? below : null);
            }),
        ];
    }

    // SELECT the path as far as this depth, count(*) … of the records below a path.
    private Statement Statement(Facet facet, string above, int depth)
    {
        // The values of a disjunctive facet are counted as if it were not refined: each of them can still be added.
        var request = facet.Disjunctive
            ? _request with { Refine = [.. _request.Refine.Where(text => !IsOf(Refinement.Read(text, "refine"), facet))] }
            : _request;
        return Planner.Facet(_table, request, _now, (parameters, from) =>
        {
            var path = Path(facet, depth, parameters, request.TimeZone);
            var below = above.Length == 0 ? "" : $" AND starts_with(v, {parameters.Add(above + facet.Separator)})";
            var order = facet.Sort switch
            {
                "count" => "n, v",
                "alphanum" or "num" => Sortable(facet),
                "-alphanum" or "-num" => $"{Sortable(facet)} DESC",
                _ => "n DESC, v",
            };
            return $"SELECT v, count(*) AS n FROM (SELECT {path} AS v FROM {from}) WHERE v IS NOT NULL{below} GROUP BY v ORDER BY {order} LIMIT {Sql.Literal(facet.Limit)}";
        });
    }

    private static string Sortable(Facet facet) => facet.Field.Type.IsNumber() ? "CAST(v AS DOUBLE)" : "v";

    private static string Path(Facet facet, int depth, Parameters parameters, string timeZone)
    {
        var field = facet.Field;
        if (field.Type.IsTime())
        {
            var time = field.Type == ValueKind.Instant ? $"timezone({parameters.Add(timeZone)}, {field.Sql})" : field.Sql;
            return $"strftime({time}, '{(depth == 1 ? "%Y" : depth == 2 ? "%Y/%m" : "%Y/%m/%d")}')";
        }

        return field.Type switch
        {
            // Two values of a record that begin alike are one on the way.
            ValueKind.TextList => $"unnest(list_distinct(list_transform({field.Sql}, lambda one: {Steps("one")})))",
            ValueKind.Text or ValueKind.Json => Steps(field.Sql),
            _ => $"CAST({field.Sql} AS VARCHAR)",
        };

        string Steps(string value)
        {
            if (facet.Separator is null) return value;
            var separator = parameters.Add(facet.Separator);
            // A path that ends above this depth has no step here.
            var steps = $"string_split({value}, {separator})";
            var depthSql = Sql.Literal(depth);
            return $"CASE WHEN len({steps}) >= {depthSql} THEN array_to_string({steps}[1:{depthSql}], {separator}) END";
        }
    }

    private static string LastStep(Facet facet, string value) =>
        facet.Separator is { } separator && value.LastIndexOf(separator, StringComparison.Ordinal) is >= 0 and var at ? value[(at + separator.Length)..] : value;

    private List<string> Chosen(IReadOnlyList<string> refinements, Facet facet) =>
        [.. refinements.Select(text => Refinement.Read(text, "refine")).Where(refinement => IsOf(refinement, facet))
            .Select(refinement => facet.Field.Type.IsTime() ? refinement.Value.Replace('-', '/') : refinement.Value)];

    // A metadatum has two names.
    private bool IsOf(Refinement refinement, Facet facet) => ReferenceEquals(_table.Find(refinement.Facet), facet.Field);

    // name, or facet(name="…", disjunctive=true, hierarchical=true, separator="/", sort="-count", limit=10)
    private Facet Read(string text)
    {
        var syntax = Grammar.Where(text, "facet") ?? throw new QueryException("facet", 0, "Write a field's name.");
        if (syntax is FieldName name) return new Facet(Find(name.Name, name));
        if (syntax is not Call { Function: "facet" } call) throw new QueryException("facet", syntax.Start, "Write a field's name or facet(name=\"…\").");
        var settings = call.Arguments.ToDictionary(
            argument => argument is Comparison { Operator: "=", Left: FieldName setting } ? setting.Name : throw new QueryException("facet", argument.Start, "Write facet(name=\"…\", sort=\"-count\", …)."),
            argument => ((Comparison)argument).Right, StringComparer.Ordinal);
        if (settings.Keys.Except(["name", "disjunctive", "hierarchical", "separator", "sort", "limit"]).FirstOrDefault() is { } unknown)
        {
            throw new QueryException("facet", call.Start, $"facet() knows no '{unknown}'. There are name, disjunctive, hierarchical, separator, sort and limit.");
        }

        if (!settings.TryGetValue("name", out var named) || named is not TextLiteral field) throw new QueryException("facet", call.Start, "facet() needs a name: facet(name=\"field\").");
        var facet = new Facet(Find(field.Value, field));
        var hierarchical = Boolean("hierarchical") ?? settings.ContainsKey("separator");
        if (hierarchical && facet.Field.Type is not (ValueKind.Text or ValueKind.TextList) && !facet.Field.Type.IsTime())
        {
            throw new QueryException("facet", call.Start, $"The values of '{facet.Field.Name}' are no paths: only texts and dates are hierarchical.");
        }

        return facet with
        {
            Disjunctive = Boolean("disjunctive") ?? false,
            Separator = facet.Field.Type.IsTime() ? "/" : !hierarchical ? null : Text("separator") is { Length: > 0 } separator ? separator : "/",
            Sort = Text("sort") is not { } sort ? facet.Sort
                : sort is "count" or "-count" or "alphanum" or "-alphanum" or "num" or "-num" ? sort
                : throw new QueryException("facet", settings["sort"].Start, $"sort is '{sort}': there are count, alphanum and num, each also with a minus."),
            Limit = !settings.TryGetValue("limit", out var limit) ? facet.Limit
                : limit is NumberLiteral number && long.TryParse(number.Digits, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most is > 0 and <= QueryLimits.FacetValues ? most
                : throw new QueryException("facet", limit.Start, $"limit is a whole number from 1 to {QueryLimits.FacetValues}."),
        };

        bool? Boolean(string setting) => !settings.TryGetValue(setting, out var value) ? null
            : value is BooleanLiteral boolean ? boolean.Value : throw new QueryException("facet", value.Start, $"{setting} is true or false.");

        string? Text(string setting) => !settings.TryGetValue(setting, out var value) ? null
            : value is TextLiteral written ? written.Value : throw new QueryException("facet", value.Start, $"{setting} is a text in quotes.");
    }

    private QueryField Find(string name, Syntax at)
    {
        if (_table.Find(name) is not { } field)
        {
            throw new QueryException("facet", at.Start, $"Unknown field: {name}.{(_table.Nearest(name) is { } nearest ? $" Did you mean '{nearest}'?" : "")}");
        }

        return field.Type is ValueKind.Point or ValueKind.Shape or ValueKind.Points ? throw new QueryException("facet", at.Start, $"The field '{name}' is a place, which is not a facet.") : field;
    }
}
