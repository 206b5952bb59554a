using OpenData.Query.Language;

namespace OpenData.Query.Plan;

/// <summary>The select list of a statement as it grows: each expression in the form in which its values are read back.</summary>
internal sealed class Outputs(Question question)
{
    private readonly List<OutputColumn> _columns = [];
    private readonly List<string> _sql = [];
    private readonly Dictionary<string, Typed> _labels = new(StringComparer.Ordinal);

    public IReadOnlyList<OutputColumn> Columns => _columns;

    public int Count => _columns.Count;

    public string Sql => string.Join(", ", _sql);

    /// <summary>Something of each row that random() can hash.</summary>
    public string OrderSeed => Sql;

    /// <summary>The expression that select gave a label to, or null.</summary>
    public Typed? Labelled(string label) => _labels.TryGetValue(label, out var value) ? value : null;

    /// <summary>An expression's key in the answer: its label, its field's name, or its own text.</summary>
    public static string NameOf(Labelled item) => item.Label ?? (item.Expression is FieldName field ? field.Name : item.Text);

    public void AddAll()
    {
        foreach (var field in question.Table.Fields)
        {
            if (field.Shown) Add(field);
        }
    }

    /// <summary>include(pop*) adds the fields it matches; exclude(pop*) takes them away, from all fields if nothing else was selected before.</summary>
    public void AddMatching(Call call, bool include, bool alone, Binder binder)
    {
        if (call.Arguments.Count == 0) throw binder.Fault(call, $"Write {call.Function}(field) or {call.Function}(prefix*).");
        var patterns = call.Arguments.Cast<FieldName>().Select(pattern => pattern.Name).ToList();
        if (!include && alone) AddAll();
        if (include)
        {
            foreach (var field in question.Table.Fields.Where(field => patterns.Exists(pattern => Matches(pattern, field.Name))))
            {
                question.Footprint.Field("select", field.Name);
                Add(field);
            }

            return;
        }

        for (var i = _columns.Count - 1; i >= 0; i--)
        {
            if (!patterns.Exists(pattern => Matches(pattern, _columns[i].Name))) continue;
            _columns.RemoveAt(i);
            _sql.RemoveAt(i);
        }
    }

    /// <param name="item">What was written.</param>
    /// <param name="value">What the answer shows of it.</param>
    /// <param name="binder">For errors.</param>
    /// <param name="sortedAs">What sorting by its label sees, if that is something else.</param>
    public void Add(Labelled item, Typed value, Binder binder, Typed? sortedAs = null)
    {
        var name = NameOf(item);
        if (item.Label is null && item.Expression is FieldName && _columns.Exists(column => column.Name == name)) return;
        if (_columns.Exists(column => column.Name == name)) throw binder.Fault(item.Expression, $"Two columns are called '{name}'. Give one of them a label: … as name.");
        if (item.Label is not null) _labels[name] = sortedAs ?? value;
        var label = item.Label is null && item.Expression is FieldName ? question.Table.Find(name)?.Label ?? name : name;
        Add(name, label, value);
    }

    public void Add(string name, string label, Typed value)
    {
        if (_columns.Exists(column => column.Name == name)) return;
        _columns.Add(new OutputColumn(name, label, value.Type));
        _sql.Add(Readable(value));
    }

    /// <summary>What the API knows of a record besides its fields: its id, its time and size, and its links.</summary>
    public void AddRecordMetas(QueryRequest request)
    {
        if (request.WithIds && question.Table.Find(QueryTable.RecordId) is { } id)
        {
            Add(id);
            foreach (var meta in question.Table.RecordMetas) Add(meta);
        }

        if (request.RecordUrl is not { } url || question.Table.RecordPath is not { Length: > 0 } path) return;
        var (before, after) = (question.Parameters.Add($"[{{\"rel\":\"self\",\"href\":\"{url}"), question.Parameters.Add("\"}]"));
        Add("_links", "_links", new Typed($"concat({before}, {path}, {after})", ValueKind.Json));
    }

    private void Add(QueryField field) =>
        Add(field.Name, field.Label, new Typed(field.Sql, field.Type) { Latitude = field.Latitude, Longitude = field.Longitude });

    // Points come as a struct; times of a zone other than UTC as a struct of what its clock shows and the instant.
    private string Readable(Typed value)
    {
        if (value.Type == ValueKind.Point)
        {
            return $"CASE WHEN {value.Longitude} IS NOT NULL AND {value.Latitude} IS NOT NULL THEN {{'lon': {value.Longitude}, 'lat': {value.Latitude}}} END";
        }

        if (question.TimeZone == "UTC" || value.Type is not (ValueKind.Instant or ValueKind.DateTime)) return value.Sql;
        var zone = question.Parameters.Add(question.TimeZone);
        var (wall, instant) = value.Type == ValueKind.Instant ? ($"timezone({zone}, {value.Sql})", value.Sql) : (value.Sql, $"timezone({zone}, {value.Sql})");
        return $"CASE WHEN {value.Sql} IS NOT NULL THEN {{'wall': {wall}, 'instant': {instant}}} END";
    }

    private static bool Matches(string pattern, string name) =>
        pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern;
}
