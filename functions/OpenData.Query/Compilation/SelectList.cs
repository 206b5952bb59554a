using OpenData.Query.Language;
using OpenData.Query.Schema;

namespace OpenData.Query.Compilation;

/// <summary>Builds the select list of a statement: each expression in the form in which its values are read back.</summary>
internal sealed class SelectList(Question question)
{
    private readonly ResultForm _form = question.Form;
    private readonly List<OutputColumn> _columns = [];
    private readonly List<string> _sql = [];
    private readonly Dictionary<string, TypedSql> _labels = new(StringComparer.Ordinal);

    public IReadOnlyList<OutputColumn> Columns => _columns;

    public int Count => _columns.Count;

    public string Sql => string.Join(", ", _sql);

    /// <summary>The expression that select gave a label to, or null.</summary>
    public TypedSql? Labelled(string label) => _labels.TryGetValue(label, out var value) ? value : null;

    /// <summary>An expression's key in the answer: its label, its field's name, or its own text.</summary>
    public static string NameOf(Labelled item) => item.Label ?? (item.Expression is FieldName field ? field.Name : item.Text);

    /// <summary><c>*</c>: adds all fields.</summary>
    public void AddAll()
    {
        foreach (var field in question.Table.Fields)
        {
            if (field.Shown) Add(field);
        }
    }

    /// <summary><c>include(pop*)</c>: adds the fields that match.</summary>
    public void Include(Call call, Scope scope)
    {
        var patterns = Patterns(call, scope);
        foreach (var field in question.Table.Fields.Where(field => patterns.Exists(pattern => Matches(pattern, field.Name))))
        {
            question.Footprint.Field("select", field.Name);
            Add(field);
        }
    }

    /// <summary><c>exclude(pop*)</c>: removes the columns that match, from all fields if nothing was selected before.</summary>
    public void Exclude(Call call, Scope scope)
    {
        var patterns = Patterns(call, scope);
        if (_columns.Count == 0) AddAll();
        for (var i = _columns.Count - 1; i >= 0; i--)
        {
            if (!patterns.Exists(pattern => Matches(pattern, _columns[i].Name))) continue;
            _columns.RemoveAt(i);
            _sql.RemoveAt(i);
        }
    }

    /// <summary>Adds an expression.</summary>
    /// <param name="item">What was written.</param>
    /// <param name="value">What the answer shows of it.</param>
    /// <param name="scope">For errors.</param>
    /// <param name="sortedAs">What sorting by its label sees, if that is something else.</param>
    public void Add(Labelled item, TypedSql value, Scope scope, TypedSql? sortedAs = null)
    {
        var name = NameOf(item);
        if (item.Label is null && item.Expression is FieldName && _columns.Exists(column => column.Name == name)) return;
        if (_columns.Exists(column => column.Name == name))
        {
            throw scope.Error(item.Expression, $"Two columns are called '{name}'. Give one of them a label: … as name.");
        }

        if (item.Label is not null) _labels[name] = sortedAs ?? value;
        var label = item.Label is null && item.Expression is FieldName ? question.Table.Find(name)?.Label ?? name : name;
        Add(name, label, value);
    }

    /// <summary>Adds a column, unless there is one of that name.</summary>
    public void Add(string name, string label, TypedSql value)
    {
        if (_columns.Exists(column => column.Name == name)) return;
        _columns.Add(new OutputColumn(name, label, value.Kind));
        _sql.Add(_form == ResultForm.Columns ? AsColumn(value) : AsText(value));
    }

    /// <summary>Adds what the API knows of a record besides its fields: its id, its time and size, and its links.</summary>
    public void AddRecordMetas(QueryRequest request)
    {
        if (request.WithIds && question.Table.Find(QueryTable.RecordId) is { } id)
        {
            Add(id);
            foreach (var meta in question.Table.RecordMetas) Add(meta);
        }

        if (request.RecordUrl is not { } url || question.Table.RecordPath is not { Length: > 0 } path) return;
        var (before, after) = (question.Parameters.Add($"[{{\"rel\":\"self\",\"href\":\"{url}"), question.Parameters.Add("\"}]"));
        Add("_links", "_links", new TypedSql($"concat({before}, {path}, {after})", ValueKind.Json));
    }

    private void Add(QueryField field) =>
        Add(field.Name, field.Label, new TypedSql(field.Sql, field.Kind)
        {
            Scale = field.Scale,
            Latitude = field.Latitude,
            Longitude = field.Longitude,
        });

    // Points become geometries, from which DuckDB makes GeoParquet; envelopes become boxes; times are Parquet's own in any time zone.
    private static string AsColumn(TypedSql value)
    {
        return value.Kind switch
        {
            ValueKind.Point => $"CAST('POINT(' || {value.Longitude} || ' ' || {value.Latitude} || ')' AS GEOMETRY)",
            ValueKind.Points => $"(CASE WHEN {Extreme("min", "lon")} IS NOT NULL THEN {{'xmin': {Extreme("min", "lon")}, "
                + $"'ymin': {Extreme("min", "lat")}, 'xmax': {Extreme("max", "lon")}, 'ymax': {Extreme("max", "lat")}}} END)",
            _ => value.Sql,
        };

        string Extreme(string function, string coordinate) => $"list_{function}(list_transform({value.Sql}, lambda p: p.{coordinate}))";
    }

    // Points are read as a struct; times of a zone other than UTC as a struct of the local time and the instant.
    private string AsText(TypedSql value)
    {
        if (value.Kind == ValueKind.Point)
        {
            return $"CASE WHEN {value.Longitude} IS NOT NULL AND {value.Latitude} IS NOT NULL "
                + $"THEN {{'lon': {value.Longitude}, 'lat': {value.Latitude}}} END";
        }

        if (question.TimeZone == "UTC" || value.Kind is not (ValueKind.Instant or ValueKind.DateTime)) return value.Sql;
        var zone = question.Parameters.Add(question.TimeZone);
        var converted = $"timezone({zone}, {value.Sql})";
        var (wall, instant) = value.Kind == ValueKind.Instant ? (converted, value.Sql) : (value.Sql, converted);
        return $"CASE WHEN {value.Sql} IS NOT NULL THEN {{'wall': {wall}, 'instant': {instant}}} END";
    }

    private static List<string> Patterns(Call call, Scope scope) => call.Arguments.Count > 0
        ? [.. call.Arguments.Cast<FieldName>().Select(pattern => pattern.Name)]
        : throw scope.Error(call, $"Write {call.Function}(field) or {call.Function}(prefix*).");

    private static bool Matches(string pattern, string name) =>
        pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern;
}
