namespace OpenData.Query.Language;

/// <summary>A question that cannot be answered as it was asked. The message says which clause, where, and what to do.</summary>
public sealed class QueryException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="clause">The parameter concerned, such as <c>where</c>.</param>
    /// <param name="offset">Where in it, in characters from 0; null where the whole parameter is meant.</param>
    /// <param name="problem">What is wrong and what was expected, one sentence.</param>
    public QueryException(string clause, int? offset, string problem)
        : base(offset is { } at
            ? $"ODSQL query is malformed: at offset {at}: {problem} Clause(s) containing the error(s): {clause}."
            : $"ODSQL query is malformed: {problem} Clause(s) containing the error(s): {clause}.")
    {
        Clause = clause;
        Offset = offset;
    }

    /// <summary>The parameter concerned.</summary>
    public string Clause { get; }

    /// <summary>Where in the parameter, in characters from 0.</summary>
    public int? Offset { get; }
}
