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
    }

    public string From { get; }

    public IReadOnlyList<QueryField> Fields { get; }

    /// <summary>What its rows are sorted by where nothing else tells them apart, so that pages neither repeat nor miss one; empty for nothing.</summary>
    public string RowOrder { get; init; } = "";

    /// <summary>What the API shows of a record beside its id where it is asked to; nothing else can be asked of it.</summary>
    public IReadOnlyList<QueryField> RecordMetas { get; init; } = [];

    public QueryField? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The field that someone who wrote <paramref name="name"/> may have meant, or null.</summary>
    public string? Nearest(string name)
    {
        var nearest = Fields.MinBy(field => Distance(field.Name, name));
        return nearest is not null && Distance(nearest.Name, name) <= Math.Max(1, name.Length / 2) ? nearest.Name : null;
    }

    // Levenshtein, ignoring case.
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 50 || a.Length > 200) return int.MaxValue;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1)));
            }
        }

        return row[^1];
    }
}
