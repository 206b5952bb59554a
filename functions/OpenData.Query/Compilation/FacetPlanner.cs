using OpenData.DuckDb;
using OpenData.Query.Language;
using OpenData.Query.Schema;

namespace OpenData.Query.Compilation;

/// <summary>
/// Counts the values of facets: one statement for each facet, and one more for each step of a path that is refined by. Dates are paths of
/// year, month and day; texts are paths where a separator is given.
/// </summary>
internal sealed class FacetPlanner
{
    private const int MostSuggestedValues = 100;
    private const int StepsOfDate = 3;

    private readonly QueryTable _table;
    private readonly QueryRequest _request;
    private readonly DateTimeOffset _now;
    private readonly bool _isSuggestion;
    private readonly IReadOnlyList<FacetOptions> _facets;

    /// <param name="table">The table.</param>
    /// <param name="request">The question; its facets are counted, or without any those that the table suggests.</param>
    /// <param name="now">The time that <c>now()</c> stands for.</param>
    public FacetPlanner(QueryTable table, QueryRequest request, DateTimeOffset now)
    {
        _table = table;
        _request = request = request.Composed();
        _now = now;
        _isSuggestion = request.Facets.Count == 0;
        _facets = _isSuggestion
            ? [.. table.Fields.Where(field => field.IsFacet).Select(field => new FacetOptions(field))]
            : Refinements.ReadFacets(table, request);
        if (!_isSuggestion && _facets.Sum(facet => facet.Limit) > QueryLimits.FacetValues)
        {
            throw new QueryException("facet", null, $"The limits of all facets together are more than {QueryLimits.FacetValues}.");
        }
    }

    /// <summary>Runs the statements and combines their answers.</summary>
    /// <param name="run">Runs one of them.</param>
    public List<FacetValues> Run(Func<Statement, List<(string Value, long Count)>> run)
    {
        var counted = _facets.Select(facet => new FacetValues(facet.Field.Name, Values(facet, run)));
        // A suggested facet must offer a choice: a text with more values than are shown does not.
        return [.. counted.Where(values => !_isSuggestion || values.Facets.Count < MostSuggestedValues)];
    }

    private List<FacetValue> Values(FacetOptions facet, Func<Statement, List<(string Value, long Count)>> run)
    {
        var refined = Chosen(_request.Refine, facet);
        var excluded = Chosen(_request.Exclude, facet);
        var values = Level("", 1);
        values.AddRange(excluded.Where(value => !values.Exists(shown => shown.Value == value))
            .Select(value => new FacetValue(LastStep(facet, value), value, null, "excluded")));
        return values;

        List<FacetValue> Level(string above, int depth) =>
        [
            .. run(Count(facet, above, depth)).Select(found =>
            {
                var isRefined = refined.Exists(value => value == found.Value || IsBelow(value, found.Value, facet));
                var hasSteps = facet.Separator is not null && (!facet.Field.Kind.IsTime() || depth < StepsOfDate);
                var below = isRefined && hasSteps ? Level(found.Value, depth + 1) : [];
                var state = isRefined ? "refined" : "displayed";
                return new FacetValue(LastStep(facet, found.Value), found.Value, found.Count, state, below.Count > 0 ? below : null);
            }),
        ];
    }

    // SELECT the path as far as this depth, count(*) … of the records below a path.
    private Statement Count(FacetOptions facet, string above, int depth)
    {
        // The values of a disjunctive facet are counted as if it were not refined, because each of them can still be added.
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
            return $"SELECT v, count(*) AS n FROM (SELECT {path} AS v FROM {from}) WHERE v IS NOT NULL{below} GROUP BY v "
                + $"ORDER BY {order} LIMIT {Sql.Literal(facet.Limit)}";
        });
    }

    private static string Sortable(FacetOptions facet) => facet.Field.Kind.IsNumber() ? "CAST(v AS DOUBLE)" : "v";

    private static string Path(FacetOptions facet, int depth, Parameters parameters, string timeZone)
    {
        var field = facet.Field;
        if (field.Kind.IsTime())
        {
            var time = field.Kind == ValueKind.Instant ? $"timezone({parameters.Add(timeZone)}, {field.Sql})" : field.Sql;
            return $"strftime({time}, '{(depth == 1 ? "%Y" : depth == 2 ? "%Y/%m" : "%Y/%m/%d")}')";
        }

        return field.Kind switch
        {
            // Two values of a record that begin with the same steps count once.
            ValueKind.TextList => $"unnest(list_distinct(list_transform({field.Sql}, lambda one: {Steps("one")})))",
            // A JSON list counts under each of its values, any other JSON value under itself.
            ValueKind.Json => $"unnest(CASE WHEN len({JsonLists.Texts(field.Sql)}) > 0 THEN "
                + $"list_distinct(list_transform({JsonLists.Texts(field.Sql)}, "
                + $"lambda one: {Steps("one")})) ELSE [{Steps(field.Sql)}] END)",
            ValueKind.Text => Steps(field.Sql),
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

    private static string LastStep(FacetOptions facet, string value) =>
        facet.Separator is { } separator && value.LastIndexOf(separator, StringComparison.Ordinal) is >= 0 and var at
            ? value[(at + separator.Length)..]
            : value;

    private static bool IsBelow(string value, string path, FacetOptions facet) =>
        facet.Separator is { } separator && value.StartsWith(path + separator, StringComparison.Ordinal);

    private List<string> Chosen(IReadOnlyList<string> refinements, FacetOptions facet) =>
    [
        .. refinements.Select(text => Refinement.Read(text, "refine")).Where(refinement => IsOf(refinement, facet))
            .Select(refinement => facet.Field.Kind.IsTime() ? refinement.Value.Replace('-', '/') : refinement.Value),
    ];

    // A field of the catalogue has two names, with and without its template.
    private bool IsOf(Refinement refinement, FacetOptions facet) => ReferenceEquals(_table.Find(refinement.Facet), facet.Field);
}
