namespace OpenData.Query.Plan;

/// <summary>One field that can be asked for.</summary>
/// <param name="Name">Its name in the API.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Type">What its values are.</param>
/// <param name="Sql">What it is in SQL: a quoted column; of a point, nothing.</param>
internal sealed record QueryField(string Name, string Label, ValueKind Type, string Sql)
{
    /// <summary>Of a point: its latitude in SQL.</summary>
    public string Latitude { get; init; } = "";

    /// <summary>Of a point: its longitude in SQL.</summary>
    public string Longitude { get; init; } = "";

    /// <summary>Whether <c>select=*</c> includes it.</summary>
    public bool Shown { get; init; } = true;

    /// <summary>Of a metadatum: its template, by which it may be named as well, <c>default.title</c>.</summary>
    public string? Template { get; init; }

    /// <summary>Whether it is counted where nobody says which facets: what a person would want to choose from; not numbers, not places, not whole documents.</summary>
    public bool IsFacet { get; init; } = Type is ValueKind.TextList or ValueKind.Boolean or ValueKind.Text || Type.IsTime();
}

/// <summary>What a statement reads: one dataset version, or the catalogue.</summary>
internal sealed class QueryTable
{
    /// <summary>The field that names a record, where records have names.</summary>
    public const string RecordId = "_id";

    private readonly Dictionary<string, QueryField> _byName;

    /// <param name="from">What stands after FROM.</param>
    /// <param name="fields">Its fields, in order.</param>
    public QueryTable(string from, IReadOnlyList<QueryField> fields)
    {
        From = from;
        Fields = fields;
        _byName = fields.ToDictionary(field => field.Name, StringComparer.Ordinal);
        foreach (var field in fields.Where(field => field.Template is not null)) _byName[$"{field.Template}.{field.Name}"] = field;
    }

    public string From { get; }

    public IReadOnlyList<QueryField> Fields { get; }

    /// <summary>What its rows are sorted by where nothing else tells them apart, so that pages neither repeat nor miss one; empty for nothing.</summary>
    public string RowOrder { get; init; } = "";

    /// <summary>A record's last step in the API's paths, as SQL; empty where records have none.</summary>
    public string RecordPath { get; init; } = "";

    /// <summary>What the API shows of a record beside its id where it is asked to; nothing else can be asked of it.</summary>
    public IReadOnlyList<QueryField> RecordMetas { get; init; } = [];

    public QueryField? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The field that someone who wrote <paramref name="name"/> may have meant, or null.</summary>
    public string? Nearest(string name) => Spelling.Nearest(_byName.Keys, name);
}
