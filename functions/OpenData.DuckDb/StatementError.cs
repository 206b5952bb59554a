namespace OpenData.DuckDb;

/// <summary>The kinds of failures of a statement that callers tell apart.</summary>
public enum StatementError
{
    /// <summary>Any other failure.</summary>
    Other,

    /// <summary>The result of a calculation does not fit into its type.</summary>
    OutOfRange,

    /// <summary>A value could not be converted to another type.</summary>
    Conversion,

    /// <summary>The statement needed more memory, or more room on disk, than it may use.</summary>
    OutOfMemory,
}
