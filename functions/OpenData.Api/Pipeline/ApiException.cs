namespace OpenData.Api.Pipeline;

/// <summary>
/// A request that cannot be answered, in the contract's terms: it becomes <c>{"message", "error_code"}</c> with its status.
/// </summary>
public sealed class ApiException(int status, string errorCode, string message) : Exception(message)
{
    /// <summary>The HTTP status, 400 to 599.</summary>
    public int Status { get; } = status;

    /// <summary>The contract's word for the kind of error, such as <c>ODSQLError</c> or <c>NotFound</c>.</summary>
    public string ErrorCode { get; } = errorCode;

    /// <summary>After how many seconds it is worth trying again; null if that cannot be said.</summary>
    public int? RetrySeconds { get; init; }

    /// <summary>Of a 401: what the caller must send, as the header <c>WWW-Authenticate</c> has it.</summary>
    public string? Challenge { get; init; }

    /// <summary>503: storage does not answer.</summary>
    public static ApiException StorageUnavailable() =>
        new(503, "StorageUnavailable", "Storage does not answer. Data is safe; try again in a few seconds.") { RetrySeconds = 5 };

    /// <summary>404: there is no such thing.</summary>
    public static ApiException NotFound(string message) => new(404, "NotFound", message);
}
