namespace OpenData.Query.Compilation;

/// <summary>What reads a statement's result.</summary>
internal enum ResultForm
{
    /// <summary>Our own writers, which need the parts of a value that its text is made of.</summary>
    Text,

    /// <summary>DuckDB's own writer of typed columns.</summary>
    Columns,
}
