using OpenData.Query.Language;

namespace OpenData.Query.Schema;

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

    /// <summary>
    /// What its rows are sorted by where nothing else tells them apart, so that pages neither repeat nor miss one; empty for nothing.
    /// </summary>
    public string RowOrder { get; init; } = "";

    /// <summary>A record's last step in the API's paths, as SQL; empty where records have none.</summary>
    public string RecordPath { get; init; } = "";

    /// <summary>What the API shows of a record beside its id where it is asked to; nothing else can be asked of it.</summary>
    public IReadOnlyList<QueryField> RecordMetas { get; init; } = [];

    /// <summary>
    /// A column that holds all there is to search in, in lower case without accents, in sections by weight as <c>text_rank</c> reads them;
    /// empty where the text fields themselves are searched.
    /// </summary>
    public string SearchText { get; init; } = "";

    /// <summary>Of a table with a search text: what new records have ahead of old ones among those found, as SQL.</summary>
    public string Recency { get; init; } = "";

    public QueryField? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The error message about a name that no field has, with the name that may have been meant.</summary>
    public string UnknownField(string name) =>
        $"Unknown field: {name}.{(Spelling.Nearest(_byName.Keys, name) is { } nearest ? $" Did you mean '{nearest}'?" : "")}";
}
