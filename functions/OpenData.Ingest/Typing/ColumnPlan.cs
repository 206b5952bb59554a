using OpenData.Catalog;
using OpenData.Ingest.Profiling;
using OpenData.Ingest.Protecting;
using OpenData.Ingest.Records;
using OpenData.Ingest.Tables;
using OpenData.Lake;

namespace OpenData.Ingest.Typing;

/// <summary>What each column of a table is to become: its name, and its type as far as it is known.</summary>
internal sealed class ColumnPlan
{
    private const int MostObstructing = 5;

    /// <summary>Columns at the left in which a row says that it is a total.</summary>
    private const int MostTotalColumns = 3;

    private readonly IReadOnlyList<string> _names;
    private readonly FieldDeclaration?[] _declared;
    private readonly NullTokens[] _nullTokens;
    private readonly Field?[] _served;
    private readonly bool _allText;
    private readonly CellRewrite?[] _rewrites;
    private readonly HashSet<int> _fillDown;
    private readonly IReadOnlyList<PointDeclaration> _points;
    private readonly bool[] _json;
    private readonly PlaneFields _planes;
    private List<Field> _computed = [];
    private ColumnFormat[] _formats;
    private MissingTokens[] _missing;
    private bool[] _unpublished;
    private List<ObstructingCell>[] _obstructing = [];
    private long[] _obstructed = [], _looked = [];
    private (long Rows, long Line, string Text) _totals;

    /// <summary>Plans the columns of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="declaration">What the agency declares.</param>
    /// <param name="previousFields">The fields of the dataset's current version.</param>
    /// <param name="hasTypedCells">Whether some days are written as the format of the file does, whatever people see (workbooks).</param>
    /// <param name="options">Differences between publishing and checking.</param>
    public ColumnPlan(
        TableLayout table, IngestDeclaration declaration, IReadOnlyList<Field>? previousFields, bool hasTypedCells,
        ConversionOptions options)
    {
        Table = table;
        Protections = CellProtection.Of(table.Labels, declaration, options.PseudonymKey);
        _allText = options.AllText;
        _points = declaration.Points;
        _declared = [.. table.Labels.Select(label => declaration.Fields.FirstOrDefault(field => field.Column == label))];
        _rewrites = [.. _declared.Select(field => _allText ? null : DeclaredRewrites.Of(field, declaration, hasTypedCells))];
        _fillDown = Enumerable.Range(0, table.Width).Where(i => declaration.FillDown?.Contains(table.Labels[i]) == true).ToHashSet();
        EmptiesMisfits = declaration.OnMisfit == OnMisfit.Empty;
        _names = FieldNames.Of(table.Labels, [.. _declared.Select(field => field?.Name)], previousFields);
        _served = [.. _names.Select(name => options.Appends ? previousFields?.FirstOrDefault(field => field.Name == name) : null)];
        _json = new bool[table.Width];
        _planes = new PlaneFields(options.AllText ? [] : table.Labels, declaration.Points);
        _formats = [.. table.Labels.Select(_ => ColumnFormat.Text)];
        _unpublished = new bool[table.Width];
        _missing = [.. table.Labels.Select(_ => new MissingTokens())];
        _nullTokens = [.. _declared.Select(field => new NullTokens(declaration.NullTokens.Concat(field?.NullTokens ?? [])))];
    }

    /// <summary>The table.</summary>
    public TableLayout Table { get; }

    /// <summary>Whether a field is empty where a value is not of the declared type; otherwise its column is text.</summary>
    public bool EmptiesMisfits { get; }

    /// <summary>Opens the rows as they are declared to be read.</summary>
    public TableRows OpenRows(RecordSource records, ProblemLog problems) => new(
        records, Table, problems,
        _fillDown.Count > 0 || Array.Exists(_rewrites, rewrite => rewrite is not null)
            ? new RowTransform(Table.Width, _rewrites, _fillDown)
            : null,
        Protections);

    /// <summary>The format that is declared for a column, for people.</summary>
    public string? DeclaredFormat(int column) => _declared[column]?.Format;

    /// <summary>Makes columns text whose values are not of their declared type.</summary>
    public void Refuse(IEnumerable<int> columns)
    {
        foreach (var column in columns)
        {
            _declared[column] = _declared[column]! with { Type = FieldType.Text, Format = null };
            _rewrites[column] = null;
        }
    }

    /// <summary>What is done to the cells of each column before anybody sees them; null for nothing.</summary>
    public CellProtection?[]? Protections { get; }

    /// <summary>The fields, with the types as they are known now.</summary>
    public IReadOnlyList<Field> Fields =>
    [
        .. Published.Select(i => new Field
        {
            Name = _names[i],
            Label = Table.Labels[i],
            Type = _formats[i].Type,
            Scale = _formats[i].Type == FieldType.Decimal ? _formats[i].Scale : null,
            Format = _formats[i].Type == FieldType.Text ? _formats[i].Description : _rewrites[i]?.Description ?? _formats[i].Description,
            Description = _declared[i]?.Description,
        }),
        .. _computed,
    ];

    /// <summary>The points of which latitude and longitude are computed: their fields come behind those of the table.</summary>
    public IReadOnlyList<PointDeclaration> Points => [.. _planes.Found.Select((point, i) => new PointDeclaration
    {
        Latitude = _computed[2 * i].Label,
        Longitude = _computed[(2 * i) + 1].Label,
        Name = point.Name,
    })];

    /// <summary>
    /// The columns that are published: those with a label or a value. A delimiter at the end of each row makes one that has
    /// neither.
    /// </summary>
    private IEnumerable<int> Published => Enumerable.Range(0, Table.Width).Where(i => !_unpublished[i]);

    /// <summary>Of columns that are mostly numbers or dates, the first cells that are neither.</summary>
    public IReadOnlyList<IReadOnlyList<ObstructingCell>> Obstructing =>
        [.. Published.Select(i => _obstructing[i]), .. _computed.Select(_ => Array.Empty<ObstructingCell>())];

    /// <summary>Looks at so many rows and decides the types by them. True if these were all rows, so that the types are certain.</summary>
    public bool Learn(RecordSource records, long mostRows, CancellationToken cancellation)
    {
        var all = LearnOnce(records, mostRows, cancellation);
        var kept = true;
        for (var i = 0; i < _rewrites.Length; i++)
        {
            // What is no number after all is not written as one.
            if (_rewrites[i] is not { } rewrite) continue;
            if (rewrite.IsContradicted) _declared[i] = (_declared[i] ?? Undeclared(i)) with { Type = FieldType.Text };
            else if (_declared[i]?.Type is not null || _formats[i].Type != FieldType.Text) continue;
            _rewrites[i] = null;
            kept = false;
        }

        return kept ? all : LearnOnce(records, mostRows, cancellation);
    }

    /// <summary>Whether a column turned out not to be written as declared, so that it has to be learned again.</summary>
    public bool IsContradicted => Array.Exists(_rewrites, rewrite => rewrite is { IsContradicted: true });

    private FieldDeclaration Undeclared(int column) => new() { Column = Table.Labels[column] };

    private bool LearnOnce(RecordSource records, long mostRows, CancellationToken cancellation)
    {
        _obstructing = [.. Table.Labels.Select(_ => new List<ObstructingCell>())];
        _obstructed = new long[Table.Width];
        _looked = new long[Table.Width];
        _totals = default;
        if (_allText) return true;

        var facts = Table.Labels.Select(_ => new ColumnFacts()).ToArray();
        // What is rewritten is in the plain form.
        var declared = _declared.Select((field, i) =>
            DeclaredFacts.Of(_rewrites[i] is null || field is null ? field : field with { Format = null })).ToArray();
        var tokens = Table.Labels.Select(_ => new MissingTokens()).ToArray();
        using var rows = OpenRows(records, new ProblemLog());
        var more = true;
        for (long row = 0; row < mostRows && (more = rows.Read()); row++)
        {
            if (row % 4096 == 0) cancellation.ThrowIfCancellationRequested();

            _planes.Observe(rows);
            for (var i = 0; i < facts.Length; i++)
            {
                if (rows.IsAbsent(i) || _nullTokens[i].Contain(rows.Cell(i))) continue;

                if (declared[i] is { } known)
                {
                    known.Observe(rows.Cell(i));
                    continue;
                }

                _json[i] |= rows.IsJson(i);
                if (CellKinds.IsMissingWord(rows.Cell(i)) && tokens[i].TryAdd(rows.Cell(i), rows.Line)) continue;
                facts[i].Observe(rows.Cell(i));
                if (i < MostTotalColumns && CellKinds.IsTotalWord(rows.Cell(i))) NoteTotal(rows, i);
                else if (Table.Kinds[i] == CellKind.Numeric) NoteIfObstructing(rows, i);
            }
        }

        _formats = [.. facts.Select((fact, i) => declared[i]?.Decide() ?? Decide(i, fact, tokens[i]))];
        _unpublished = [.. facts.Select((fact, i) => (Table.HasHeader && i > 0 && Table.Labels[i].Length == 0 && fact.Values == 0
            && tokens[i].Counts.Count == 0) || Protections?[i] is { Drops: true })];
        // Signs for no value are values themselves in a column of words.
        _missing = [.. tokens.Select((token, i) => declared[i] is null
            && _formats[i].Type is not (FieldType.Text or FieldType.Json) ? token : new MissingTokens())];
        _planes.Decide(Table.Labels);
        _computed = Computed();
        return !more;
    }

    /// <summary>The fields of latitudes and longitudes that are computed, two for each point, under labels and names that no other field
    /// has.</summary>
    private List<Field> Computed()
    {
        var computed = new List<Field>();
        var labels = Table.Labels.ToHashSet(StringComparer.Ordinal);
        foreach (var point in _planes.Found)
        {
            var from = $"Computed from '{Table.Labels[point.Easting]}' and '{Table.Labels[point.Northing]}' "
                + $"({point.System.Identifier}, {point.System.Name}), in degrees of WGS 84.";
            foreach (var angle in (ReadOnlySpan<string>)["latitude", "longitude"])
            {
                var label = angle;
                for (var n = 2; !labels.Add(label); n++) label = $"{angle} {n}";
                computed.Add(new Field { Name = "", Label = label, Type = FieldType.Double, Description = from });
            }
        }

        var names = FieldNames.Of([.. Table.Labels, .. computed.Select(field => field.Label)], [.. _names, .. computed.Select(_ =>
            (string?)null)], previous: null);
        return [.. computed.Select((field, i) => field with { Name = names[_names.Count + i] })];
    }

    private ColumnFormat Decide(int column, ColumnFacts facts, MissingTokens tokens)
    {
        var format = InOrder(DecideAlone(column, facts), Table.Labels[column]);
        return tokens.Counts.Count == 0 ? format : format with { Place = PlaceOrder.None };
    }

    private ColumnFormat DecideAlone(int column, ColumnFacts facts) =>
        _served[column] is { } served && (!_json[column] || served.Type == FieldType.Text) ? facts.DecideBehind(served)
        : _json[column] ? new ColumnFormat(FieldType.Json)
        : facts.IsOfCompactDays && NamesDays(Table.Labels[column]) ? ColumnFacts.CompactDays
        : facts.Decide();

    /// <summary>Whether a label says that its column holds days, so that <c>20240105</c> is one.</summary>
    private static bool NamesDays(string label) =>
        label.Trim() is var text && (text.EndsWith("일자", StringComparison.Ordinal) || text.EndsWith("날짜", StringComparison.Ordinal)
            || text.EndsWith("년월일", StringComparison.Ordinal) || text.Contains("yyyymmdd", StringComparison.OrdinalIgnoreCase)
            || text.EndsWith("date", StringComparison.OrdinalIgnoreCase));

    /// <summary>Of texts that can be places: those of a column that says so, in the order that its header or its values tell.</summary>
    private ColumnFormat InOrder(ColumnFormat format, string label) =>
        format.Place == PlaceOrder.None ? format : format with { Place = PointFields.OrderIn(label, format.Place, _points) };

    private void NoteIfObstructing(TableRows rows, int column)
    {
        var cell = CellText.Trim(rows.Cell(column));
        if (cell.IsEmpty) return;

        _looked[column]++;
        if (NumberText.TryRead(cell, out _) || MomentText.TryRead(cell, out _) || ++_obstructed[column] > MostObstructing) return;

        var text = System.Text.Encoding.UTF8.GetString(cell);
        _obstructing[column].Add(new ObstructingCell(rows.Line, text.Length <= 100 ? text : text[..100]));
    }

    private void NoteTotal(TableRows rows, int column) =>
        _totals = _totals.Rows == 0
            ? (1, rows.Line, System.Text.Encoding.UTF8.GetString(rows.Cell(column)).Trim())
            : _totals with { Rows = _totals.Rows + 1 };

    /// <summary>Tells which columns are text because of a few of their cells, and that there are rows that add up others.</summary>
    public void Report(ProblemLog problems)
    {
        for (var i = 0; i < _obstructing.Length; i++)
        {
            // Where they have digits, as 010 and 37-2 have, the column is one of codes, and text is what it should be.
            var isOfCodes = _obstructing[i].Exists(cell => CellKinds.IsNumeric(System.Text.Encoding.UTF8.GetBytes(cell.Value)));
            if (_formats[i] == ColumnFormat.Text && _obstructed[i] > 0 && _obstructed[i] * 2 <= _looked[i] && !isOfCodes)
            {
                problems.Add(
                    ColumnProblems.TextColumn(
                        Table.Labels[i], [.. _obstructing[i].Select(cell => cell.Value).Distinct()], _obstructing[i][0].Line));
            }
        }

        _planes.Report(Table.Labels, problems);
        for (var i = 0; i < _missing.Length; i++)
        {
            if (_missing[i].Counts.Count > 0) problems.Add(ColumnProblems.MissingTokens(Table.Labels[i], _missing[i].Counts));
        }

        if (_totals.Rows > 0) problems.Add(ColumnProblems.TotalRows(_totals.Rows, _totals.Line, _totals.Text));
    }

    /// <summary>Whether the agency declares the type of a column, so that a value of another one is a problem of that value.</summary>
    public bool IsDeclared(int column) => !_allText && _declared[column]?.Type is not null;

    /// <summary>Makes the columns to write.</summary>
    public TypedColumn[] CreateColumns() =>
    [
        .. _formats.Select((format, i) => _unpublished[i]
            ? TypedColumn.Unpublished()
            : TypedColumn.Create(_names[i], format, _missing[i].With(_nullTokens[i]))),
        .. _computed.Select((field, i) => new PlaneCells(new Parquet.DoubleColumn { Name = field.Name, Type = FieldType.Double },
            _planes.Found[i / 2], isLatitude: i % 2 == 0)),
    ];
}

/// <summary>
/// A value is not of the type that the beginning of the file suggested for its column, or the end of the file changed values. The whole
/// file has to be looked at.
/// </summary>
internal sealed class WrongTypeException() : Exception("A value is not of its column's type.");
