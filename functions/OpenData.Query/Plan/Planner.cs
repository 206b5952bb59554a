using OpenData.Query.Language;

namespace OpenData.Query.Plan;

/// <summary>
/// Turns a question into one SELECT. Of records: <c>SELECT … FROM … WHERE … ORDER BY … LIMIT …</c>. Of groups the same around
/// <c>(SELECT keys, aggregates FROM … WHERE … GROUP BY keys)</c>.
/// </summary>
internal sealed class Planner
{
    private readonly QueryRequest _request;
    private readonly Question _question;
    private readonly string _where;

    private Planner(QueryTable table, QueryRequest request, DateTimeOffset now)
    {
        _request = request;
        _question = new Question(table, new Parameters(), request.TimeZone, request.Language, now);
        _where = Where();
    }

    private QueryTable Table => _question.Table;

    /// <summary>The statement that answers a question.</summary>
    public static Statement Rows(QueryTable table, QueryRequest request, DateTimeOffset now)
    {
        using var span = Telemetry.Begin("query.plan");
        return new Planner(table, request, now).Rows();
    }

    /// <summary>The statement that counts the records a question concerns, before grouping; null if that is all of them.</summary>
    public static Statement? Count(QueryTable table, QueryRequest request, DateTimeOffset now) => new Planner(table, request, now).Count();

    /// <summary>A statement about the records that a question chooses.</summary>
    /// <param name="table">The table.</param>
    /// <param name="request">The question.</param>
    /// <param name="now">The moment it is asked.</param>
    /// <param name="sql">The statement, given where its values go and what stands after FROM; its rows are a text and a count.</param>
    public static Statement Facet(QueryTable table, QueryRequest request, DateTimeOffset now, Func<Parameters, string, string> sql)
    {
        var planner = new Planner(table, request, now);
        return new Statement(
            sql(planner._question.Parameters, table.From + planner._where), planner._question.Parameters.Values,
            [new OutputColumn("value", "value", ValueKind.Text), new OutputColumn("count", "count", ValueKind.Int)]);
    }

    private Statement? Count() => _where.Length == 0
        ? null
        : new Statement($"SELECT count(*) FROM {Table.From}{_where}", _question.Parameters.Values, [new OutputColumn("count", "count", ValueKind.Int)]);

    private Statement Rows()
    {
        var select = string.IsNullOrWhiteSpace(_request.Select) ? [] : Grammar.Expressions(_request.Select, "select");
        var groupBy = string.IsNullOrWhiteSpace(_request.GroupBy) ? [] : Grammar.Expressions(_request.GroupBy, "group_by");
        var orderBy = string.IsNullOrWhiteSpace(_request.OrderBy) ? [] : Grammar.OrderBy(_request.OrderBy);
        return groupBy.Count > 0 || select.Any(item => Groups.HasAggregate(item.Expression)) || orderBy.Any(item => Groups.HasAggregate(item.Expression))
            ? GroupRows(select, groupBy, orderBy)
            : RecordRows(select, orderBy);
    }

    private Statement RecordRows(IReadOnlyList<Labelled> select, IReadOnlyList<Ordering> orderBy)
    {
        var outputs = new Outputs(_question);
        var binder = new Binder(_question, "select");
        if (select.Count == 0) outputs.AddAll();
        foreach (var item in select)
        {
            switch (item.Expression)
            {
                case Star:
                    outputs.AddAll();
                    break;
                case Call { Function: "include" or "exclude" } call:
                    outputs.AddMatching(call, include: call.Function == "include", alone: outputs.Count == 0, binder);
                    break;
                default:
                    outputs.Add(item, binder.Value(item.Expression), binder);
                    break;
            }
        }

        if (_request.WithIds || _request.RecordUrl is not null) outputs.AddRecordMetas(_request);
        MustShow(outputs);
        var order = Order(orderBy, new Binder(_question, "order_by"), outputs);
        if (order.Length > 0 && Table.RowOrder.Length > 0) order += $", {Table.RowOrder}";
        return new Statement(
            $"SELECT {outputs.Sql} FROM {Table.From}{_where}{order}{Window()}", _question.Parameters.Values, outputs.Columns)
        {
            Footprint = _question.Footprint.Build(all: select.Count == 0 || select.Any(item => item.Expression is Star or Call { Function: "exclude" })),
        };
    }

    private Statement GroupRows(IReadOnlyList<Labelled> select, IReadOnlyList<Labelled> groupBy, IReadOnlyList<Ordering> orderBy)
    {
        var keys = groupBy.Select(GroupKey).ToList();
        var from = Table.From + _where;
        var exploded = groupBy.Select(item => item.Expression).OfType<FieldName>().Select(name => Table.Find(name.Name)).OfType<QueryField>()
            .Where(field => field.Type == ValueKind.TextList).Select(field => field.Sql).Distinct().ToList();
        // A record is in the group of each of its values, and of two such fields in that of each pair; conditions see all of them.
        foreach (var column in exploded) from = $"(SELECT * REPLACE (unnest(CASE WHEN len({column}) > 0 THEN list_distinct({column}) ELSE [NULL] END) AS {column}) FROM {from})";
        if (keys.GroupBy(key => key.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new QueryException("group_by", null, $"Two groups are called '{twice.Key}'. Give one of them a label: … as name.");
        }

        var groups = new Groups(new Binder(_question, "select"), keys);
        var binder = new Binder(_question, "select", groups);
        var outputs = new Outputs(_question);
        // What was grouped by is always in the answer; select adds to it.
        var shown = new HashSet<int>();
        foreach (var item in select)
        {
            if (item.Expression is Star or Call { Function: "include" or "exclude" })
            {
                throw binder.Fault(item.Expression, "With groups, select names aggregates and what is grouped by.");
            }

            var value = binder.Value(item.Expression);
            var key = keys.FindIndex(key => value.Sql == Groups.KeyColumn(keys.IndexOf(key)));
            if (key >= 0) shown.Add(key);
            outputs.Add(item, key >= 0 ? groups.Shown(key) : value, binder, sortedAs: value);
        }

        for (var i = 0; i < keys.Count; i++)
        {
            if (!shown.Contains(i)) outputs.Add(keys[i].Name, keys[i].Label, groups.Shown(i));
        }

        MustShow(outputs);
        var order = Order(orderBy, new Binder(_question, "order_by", groups), outputs);
        var filters = keys.Where(key => key.Filter is not null).Select(key => key.Filter!).ToList();
        if (filters.Count > 0) from += (_where.Length == 0 || exploded.Count > 0 ? " WHERE " : " AND ") + string.Join(" AND ", filters);
        var grouping = string.Join(", ", Enumerable.Range(0, keys.Count).Select(Groups.KeyColumn));
        if (keys.Count > 0) order += $"{(order.Length == 0 ? " ORDER BY" : ",")} {string.Join(", ", Enumerable.Range(0, keys.Count).Select(i => $"{Groups.KeyColumn(i)} NULLS LAST"))}";
        // All records as one group: their number comes with it.
        var total = keys.Count == 0 ? ", total" : "";
        var inner = string.Join(", ", new[] { groups.InnerColumns, keys.Count == 0 ? "count(*) AS total" : "" }.Where(columns => columns.Length > 0));
        return new Statement(
            $"SELECT {outputs.Sql}{total} FROM (SELECT {inner} FROM {from}{(keys.Count > 0 ? $" GROUP BY {grouping}" : "")}){order}{Window()}",
            _question.Parameters.Values, outputs.Columns)
        {
            IsGrouped = true,
            HasTotal = keys.Count == 0,
            Footprint = _question.Footprint.Build(all: false),
        };
    }

    private static void MustShow(Outputs outputs)
    {
        if (outputs.Count == 0) throw new QueryException("select", null, "Nothing is selected: name a field, an aggregate or *.");
    }

    private GroupKey GroupKey(Labelled item)
    {
        var rows = new Binder(_question, "group_by");
        var name = Outputs.NameOf(item);
        if (item.Expression is Call call && rows.Grouping(call, name) is { } grouping) return grouping;
        if (Groups.HasAggregate(item.Expression)) throw rows.Fault(item.Expression, "An aggregate has no place in group_by.");
        var value = rows.Value(item.Expression);
        if (value.Type is ValueKind.Point or ValueKind.Shape or ValueKind.Points) throw rows.Fault(item.Expression, "Records cannot be grouped by a point; group by geo_cluster(point_field, zoom), or by its two numeric fields.");
        var label = item.Label is null && item.Expression is FieldName field ? Table.Find(field.Name)!.Label : name;
        return new GroupKey(name, label, value.Sql, value.Type, key => new Typed(key, value.Type == ValueKind.TextList ? ValueKind.Text : value.Type));
    }

    private string Where()
    {
        var conditions = new List<string>();
        if (_request.Where.Sum(text => text.Length) is > QueryLimits.ClauseCharacters and var characters)
        {
            throw new QueryException("where", null, $"The clause has {characters} characters; at most {QueryLimits.ClauseCharacters} are read.");
        }

        foreach (var text in _request.Where)
        {
            if (Grammar.Where(text) is { } syntax) conditions.Add(new Binder(_question, "where").Condition(syntax));
        }

        if (_request.Refine.Count + _request.Exclude.Count > QueryLimits.Facets)
        {
            throw new QueryException("refine", null, $"There are more than {QueryLimits.Facets} refine and exclude parameters.");
        }

        foreach (var facet in _request.Refine.GroupBy(FacetOf, StringComparer.Ordinal))
        {
            var all = facet.Select(value => Facet(value, "refine")).ToList();
            conditions.Add(_request.Disjunctive.Contains(facet.Key) ? $"({string.Join(" OR ", all)})" : string.Join(" AND ", all));
        }

        conditions.AddRange(_request.Exclude.Select(value => $"({Facet(value, "exclude")} IS NOT TRUE)"));
        return conditions.Count == 0 ? "" : $" WHERE {string.Join(" AND ", conditions)}";
    }

    private static string FacetOf(string refinement) => Refinement.Read(refinement, "refine").Facet;

    private string Facet(string text, string clause)
    {
        var (facet, value) = Refinement.Read(text, clause);
        return new Binder(_question, clause).FacetCondition(facet, value, _request.Separators.GetValueOrDefault(facet));
    }

    private string Order(IReadOnlyList<Ordering> orderBy, Binder binder, Outputs outputs)
    {
        if (orderBy.Count == 0) return "";
        return $" ORDER BY {string.Join(", ", orderBy.Select(item => $"{Key(item.Expression)} {(item.Descending ? "DESC" : "ASC")} NULLS LAST"))}";

        string Key(Syntax expression)
        {
            if (expression is Call { Function: "random" } random)
            {
                if (random.Arguments is not [NumberLiteral seed]) throw binder.Fault(random, "Write random(1): a whole number makes the order repeatable.");
                return $"hash({outputs.OrderSeed}, {_question.Parameters.Add(seed.Digits)})";
            }

            if (expression is NullLiteral or BooleanLiteral or TextLiteral or NumberLiteral) throw binder.Fault(expression, "Nothing can be sorted by a constant; write a field, a label or an expression.");
            if (expression is FieldName label && outputs.Labelled(label.Name) is { } labelled) return Sortable(labelled, expression);
            return Sortable(binder.Value(expression), expression);
        }

        string Sortable(Typed value, Syntax expression) => value.Type is ValueKind.Point or ValueKind.Shape or ValueKind.Points
            ? throw binder.Fault(expression, "Nothing can be sorted by a point; sort by distance(point, geom'POINT(lon lat)').")
            : value.Sql;
    }

    // As parameters: DuckDB plans a statement that has any once, with their values, and one that has none twice.
    private string Window() =>
        (_request.Limit is { } limit ? $" LIMIT {_question.Parameters.Add(limit)}" : "") + (_request.Offset > 0 ? $" OFFSET {_question.Parameters.Add(_request.Offset)}" : "");
}
