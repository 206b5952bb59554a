using OpenData.Query.Compilation;
using OpenData.Query.Subjects;

namespace OpenData.Query;

/// <summary>
/// What a statement will cost, estimated before it runs: the rows that it must look at, times the nanoseconds of one core that the
/// expressions of its clauses take for each. They were measured on five million rows; a polygon is a term for each of its edges, a search
/// one for each of its words. What row groups' statistics leave out is not known before, so that the estimate is an upper bound.
/// </summary>
internal static class StatementCost
{
    /// <summary>Up to here, in nanoseconds of one core, a statement is small.</summary>
    public const double Small = 60_000_000;

    private const double Row = 5, Facet = 25;

    private static readonly (string Term, double Nanoseconds)[] Terms =
    [
        ("$", 2), ("strip_accents(", 35), ("regexp_", 20), ("levenshtein(", 200), ("concat_ws(", 50), ("array_to_string(", 50),
        ("GROUP BY", 25), ("DISTINCT", 60), ("ORDER BY", 40), ("quantile", 60), ("strftime(", 100), ("list_", 50), ("sin(", 20),
    ];

    /// <summary>The cost of the statements that answer a question.</summary>
    /// <param name="subject">What is asked.</param>
    /// <param name="request">The question.</param>
    /// <param name="statements">The statements; those that are not needed are null.</param>
    public static double Of(QuerySubject subject, QueryRequest request, params ReadOnlySpan<Statement?> statements)
    {
        var cost = 0.0;
        foreach (var statement in statements)
        {
            if (statement is not null) cost += Rows(subject, request, statement) * OfRow(statement);
        }

        return cost;
    }

    /// <summary>The cost of counting facets: each of them groups all records.</summary>
    /// <param name="subject">What is asked.</param>
    /// <param name="facets">How many facets there are.</param>
    public static double OfFacets(QuerySubject subject, int facets) => (double)subject.Rows * facets * Facet;

    // A page without conditions stops reading when it is full.
    private static double Rows(QuerySubject subject, QueryRequest request, Statement statement)
    {
        var stopsEarly = !statement.IsGrouped
            && request is { Where.Count: 0, Refine.Count: 0, Exclude.Count: 0, OrderBy: null, Limit: not null };
        return stopsEarly ? Math.Min(subject.Rows, request.Offset + request.Limit!.Value) : subject.Rows;
    }

    private static double OfRow(Statement statement)
    {
        // What is selected of single records is computed for those that are shown only.
        var sql = statement.Sql.AsSpan();
        var from = sql.IndexOf(" FROM ", StringComparison.Ordinal);
        if (!statement.IsGrouped && from > 0) sql = sql[from..];
        var cost = Row;
        foreach (var (term, nanoseconds) in Terms) cost += nanoseconds * sql.Count(term);
        return cost;
    }
}
