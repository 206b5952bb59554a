using OpenData.Query.Schema;

namespace OpenData.Query.Compilation;

/// <summary>What all clauses of one question share.</summary>
/// <param name="Table">The table that is read.</param>
/// <param name="Parameters">The values of the statement so far.</param>
/// <param name="TimeZone">The IANA time zone in which datetimes are shown and read.</param>
/// <param name="Language">The language of names of days and months.</param>
/// <param name="Now">The time that <c>now()</c> stands for.</param>
internal sealed record Question(QueryTable Table, Parameters Parameters, string TimeZone, string Language, DateTimeOffset Now)
{
    /// <summary>What reads the result.</summary>
    public ResultForm Form { get; init; }

    /// <summary>Collects which fields and search texts the clauses use.</summary>
    public FootprintBuilder Footprint { get; } = new();

    /// <summary>How well a record fits each term that was searched for, as SQL; empty unless the table ranks its records.</summary>
    public List<string> Ranks { get; } = [];

    /// <summary>The number of words searched for so far, in all clauses.</summary>
    public int SearchWords { get; set; }
}
