using OpenData.Query.Language;

namespace OpenData.Query.Compilation;

/// <summary>What the names in one clause refer to, and how errors in it are reported. All binders of the clause share it.</summary>
/// <param name="question">The question that the clause belongs to.</param>
/// <param name="clause">The clause's name, such as <c>where</c>.</param>
/// <param name="groups">The groups, if the clause is evaluated once for each group of records; null if once for each record.</param>
internal sealed class Scope(Question question, string clause, Groups? groups = null)
{
    /// <summary>The question that the clause belongs to.</summary>
    public Question Question => question;

    /// <summary>The clause's name.</summary>
    public string Clause => clause;

    /// <summary>The values of the statement.</summary>
    public Parameters Parameters => question.Parameters;

    /// <summary>Whether the table has a field of this name.</summary>
    public bool HasField(string name) => question.Table.Find(name) is not null;

    /// <summary>Of a grouped question: the group key or aggregate that an expression refers to; null for anything else.</summary>
    public TypedSql? FindGrouped(Syntax syntax) => groups?.Find(syntax);

    /// <summary>The field that a name refers to.</summary>
    /// <exception cref="QueryException">There is no such field, or it is neither grouped by nor aggregated.</exception>
    public TypedSql Field(FieldName name)
    {
        if (groups is not null) throw Error(name, groups.Missing(name.Name));
        if (question.Table.Find(name.Name) is not { } field) throw Error(name, question.Table.UnknownField(name.Name));
        question.Footprint.Field(clause, name.Name);
        return new TypedSql(field.Sql, field.Kind) { Scale = field.Scale, Latitude = field.Latitude, Longitude = field.Longitude };
    }

    /// <summary>An error in this clause.</summary>
    /// <param name="at">The expression that is wrong.</param>
    /// <param name="problem">What is wrong and what was expected, as a sentence.</param>
    public QueryException Error(Syntax at, string problem) => new(clause, at.Start, problem);
}
