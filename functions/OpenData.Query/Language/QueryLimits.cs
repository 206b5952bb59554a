namespace OpenData.Query.Language;

/// <summary>How much one question may ask for. Going over a bound is an error that names it, never a silent cut.</summary>
public static class QueryLimits
{
    /// <summary>The longest clause, in UTF-16 characters; all <c>where</c> parameters together are one.</summary>
    public const int ClauseCharacters = 50_000;

    /// <summary>The deepest nesting of parentheses, calls and operators.</summary>
    public const int Depth = 64;

    /// <summary>The most terms (fields, literals, operators) of one clause.</summary>
    public const int Terms = 4_000;

    /// <summary>The most values of one <c>in (…)</c> list.</summary>
    public const int ListValues = 1_000;

    /// <summary>The most expressions of <c>select</c>.</summary>
    public const int SelectExpressions = 500;

    /// <summary>The most expressions of <c>group_by</c>, and of <c>order_by</c>.</summary>
    public const int GroupExpressions = 20;

    /// <summary>The most bounds of one <c>range(…)</c>.</summary>
    public const int RangeBounds = 200;

    /// <summary>The most words of one text search.</summary>
    public const int SearchWords = 32;

    /// <summary>The most words of all text searches of one question.</summary>
    public const int QuestionWords = 100;

    /// <summary>The longest text searched for, in UTF-16 characters.</summary>
    public const int SearchCharacters = 500;

    /// <summary>The most <c>refine</c> and <c>exclude</c> parameters together, and the most <c>facet</c> parameters.</summary>
    public const int Facets = 100;

    /// <summary>The most values of all facets of one question.</summary>
    public const int FacetValues = 20_000;

    /// <summary>
    /// The most exports that run at once in one instance: enough to keep its cores busy, few enough that slow readers do not take all
    /// of its memory.
    /// </summary>
    public static readonly int Exports = Math.Max(8, Environment.ProcessorCount * 4);

    /// <summary>The largest <c>limit</c> of records.</summary>
    public const int Records = 100;

    /// <summary>The largest <c>offset + limit</c> of records.</summary>
    public const int RecordsWindow = 10_000;

    /// <summary>The largest <c>limit</c>, and <c>offset + limit</c>, of groups.</summary>
    public const int Groups = 20_000;
}
