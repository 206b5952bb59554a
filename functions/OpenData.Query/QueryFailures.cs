using OpenData.DuckDb;
using OpenData.Query.Language;

namespace OpenData.Query;

/// <summary>Translates failures of statements.</summary>
public static class QueryFailures
{
    /// <summary>
    /// A failure of DuckDB as an error that tells the caller what to change, where a caller can; otherwise the failure itself.
    /// </summary>
    public static Exception Translate(Exception failure) => (failure as StatementException)?.Error switch
    {
        StatementError.OutOfRange or StatementError.Conversion => new QueryException(
            "select",
            null,
            "A number of the calculation is out of range. Divide before you multiply, or calculate with decimals: 1.0 * field."),
        StatementError.OutOfMemory => new QueryResourcesException("The question needs more memory or disk than there is.", failure),
        _ => failure,
    };
}
