using OpenData.DuckDb;
using OpenData.Query.Language;
using OpenData.Query.Schema;

namespace OpenData.Query.Compilation;

/// <summary>
/// Turns a question into one SELECT. Of records: <c>SELECT … FROM … WHERE … ORDER BY … LIMIT …</c>. Of groups the same around
/// <c>(SELECT keys, aggregates FROM … WHERE … GROUP BY keys)</c>.
/// </summary>
internal sealed class Planner
{
    private readonly QueryRequest _request;
    private readonly Question _question;
    private readonly string _where;

    private Planner(QueryTable table, QueryRequest request, DateTimeOffset now, ResultForm form = ResultForm.Text)
    {
        _request = request.Composed();
        _question = new Question(table, new Parameters(), request.TimeZone, request.Language, now) { Form = form };
        var conditions = Where().Concat(Refinements.Conditions(_request, _question)).ToList();
        _where = conditions.Count == 0 ? "" : $" WHERE {string.Join(" AND ", conditions)}";
    }

    private QueryTable Table => _question.Table;

    /// <summary>The statement that answers a question.</summary>
    /// <exception cref="QueryException">The question is malformed.</exception>
    public static Statement Rows(QueryTable table, QueryRequest request, DateTimeOffset now, ResultForm form = ResultForm.Text)
    {
        using var span = Telemetry.Begin("query.plan");
        return new Planner(table, request, now, form).Rows();
    }

    /// <summary>The statement that counts the records a question concerns, before grouping; null if that is all of them.</summary>
    /// <inheritdoc cref="Rows(QueryTable, QueryRequest, DateTimeOffset, ResultForm)" path="/exception"/>
    public static Statement? Count(QueryTable table, QueryRequest request, DateTimeOffset now)
    {
        var planner = new Planner(table, request, now);
        return planner._where.Length == 0
            ? null
            : new Statement($"SELECT count(*) FROM {table.From}{planner._where}", planner._question.Parameters.Values, [CountColumn]);
    }

    /// <summary>The statement that reads a column which cannot be asked for, of the records that a question chooses.</summary>
    /// <inheritdoc cref="Rows(QueryTable, QueryRequest, DateTimeOffset, ResultForm)" path="/exception"/>
    public static Statement Column(QueryTable table, QueryRequest request, DateTimeOffset now, string column)
    {
        var planner = new Planner(table, request, now);
        var orderBy = string.IsNullOrWhiteSpace(request.OrderBy) ? [] : Grammar.OrderBy(request.OrderBy);
        var order = planner.RecordOrder(orderBy, new SelectList(planner._question));
        return new Statement(
            $"SELECT {Sql.Identifier(column)} FROM {table.From}{planner._where}{order}{planner.Window()}",
            planner._question.Parameters.Values,
            [new OutputColumn(column, column, ValueKind.Text)])
        {
            Footprint = planner._question.Footprint.Build(all: true),
        };
    }

    /// <summary>A statement about the records that a question chooses.</summary>
    /// <param name="table">The table.</param>
    /// <param name="request">The question.</param>
    /// <param name="now">The time that <c>now()</c> stands for.</param>
    /// <param name="sql">Makes the statement, given its parameters and what stands after FROM; its rows are a text and a count.</param>
    /// <inheritdoc cref="Rows(QueryTable, QueryRequest, DateTimeOffset, ResultForm)" path="/exception"/>
    public static Statement Facet(QueryTable table, QueryRequest request, DateTimeOffset now, Func<Parameters, string, string> sql)
    {
        var planner = new Planner(table, request, now);
        var parameters = planner._question.Parameters;
        return new Statement(
            sql(parameters, table.From + planner._where),
            parameters.Values,
            [new OutputColumn("value", "value", ValueKind.Text), CountColumn]);
    }

    private static OutputColumn CountColumn => new("count", "count", ValueKind.Int);

    private Statement Rows()
    {
        var select = string.IsNullOrWhiteSpace(_request.Select) ? [] : Grammar.Expressions(_request.Select, "select");
        var groupBy = string.IsNullOrWhiteSpace(_request.GroupBy) ? [] : Grammar.Expressions(_request.GroupBy, "group_by");
        var orderBy = string.IsNullOrWhiteSpace(_request.OrderBy) ? [] : Grammar.OrderBy(_request.OrderBy);
        var isGrouped = groupBy.Count > 0 || select.Any(item => Aggregates.IsIn(item.Expression))
            || orderBy.Any(item => Aggregates.IsIn(item.Expression));
        return isGrouped ? GroupRows(select, groupBy, orderBy) : RecordRows(select, orderBy);
    }

    private Statement RecordRows(IReadOnlyList<Labelled> select, IReadOnlyList<Ordering> orderBy)
    {
        var list = new SelectList(_question);
        var values = new ValueBinder(new Scope(_question, "select"));
        if (select.Count == 0) list.AddAll();
        foreach (var item in select)
        {
            switch (item.Expression)
            {
                case Star:
                    list.AddAll();
                    break;
                case Call { Function: "include" } call:
                    list.Include(call, values.Scope);
                    break;
                case Call { Function: "exclude" } call:
                    list.Exclude(call, values.Scope);
                    break;
                default:
                    list.Add(item, values.Value(item.Expression), values.Scope);
                    break;
            }
        }

        if (_request.WithIds || _request.RecordUrl is not null) list.AddRecordMetas(_request);
        RequireColumns(list);
        var order = RecordOrder(orderBy, list);
        return new Statement($"SELECT {list.Sql} FROM {Table.From}{_where}{order}{Window()}", _question.Parameters.Values, list.Columns)
        {
            Footprint = _question.Footprint.Build(
                all: select.Count == 0 || select.Any(item => item.Expression is Star or Call { Function: "exclude" })),
        };
    }

    private string RecordOrder(IReadOnlyList<Ordering> orderBy, SelectList list)
    {
        var order = Order(orderBy, new ValueBinder(new Scope(_question, "order_by")), list);
        // What was searched for and is not sorted by anything else comes in the order in which it fits.
        if (order.Length == 0 && _question.Ranks.Count > 0)
        {
            order = $" ORDER BY {string.Join(" + ", _question.Ranks)} + {Table.Recency} DESC";
        }

        // Records that are equal in the order stay in the order of the file, so that pages neither repeat nor miss one.
        return order.Length > 0 && Table.RowOrder.Length > 0 ? $"{order}, {Table.RowOrder}" : order;
    }

    private Statement GroupRows(IReadOnlyList<Labelled> select, IReadOnlyList<Labelled> groupBy, IReadOnlyList<Ordering> orderBy)
    {
        var keys = groupBy.Select(Key).ToList();
        if (keys.GroupBy(key => key.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new QueryException("group_by", null, $"Two groups are called '{twice.Key}'. Give one of them a label: … as name.");
        }

        var groups = new Groups(new ValueBinder(new Scope(_question, "select")), keys);
        var list = SelectGroups(select, keys, groups);
        var order = Order(orderBy, new ValueBinder(new Scope(_question, "order_by", groups)), list);
        var columns = Enumerable.Range(0, keys.Count).Select(Groups.KeyColumn).ToList();
        if (keys.Count > 0)
        {
            order += (order.Length == 0 ? " ORDER BY " : ", ") + string.Join(", ", columns.Select(column => $"{column} NULLS LAST"));
        }

        // All records as one group: the number of records comes with it.
        var total = keys.Count == 0 ? ", total" : "";
        var inner = string.Join(
            ", ", new[] { groups.InnerColumns, keys.Count == 0 ? "count(*) AS total" : "" }.Where(part => part.Length > 0));
        var grouping = keys.Count > 0 ? $" GROUP BY {string.Join(", ", columns)}" : "";
        return new Statement(
            $"SELECT {list.Sql}{total} FROM (SELECT {inner} FROM {GroupedFrom(groupBy, keys)}{grouping}){order}{Window()}",
            _question.Parameters.Values, list.Columns)
        {
            IsGrouped = true,
            HasTotal = keys.Count == 0,
            Footprint = _question.Footprint.Build(all: false),
        };
    }

    // The select list of the outer half. What was grouped by is always in the answer; select adds to it.
    private SelectList SelectGroups(IReadOnlyList<Labelled> select, List<GroupKey> keys, Groups groups)
    {
        var list = new SelectList(_question);
        var values = new ValueBinder(new Scope(_question, "select", groups));
        var shown = new HashSet<int>();
        foreach (var item in select)
        {
            if (item.Expression is Star or Call { Function: "include" or "exclude" })
            {
                throw values.Scope.Error(item.Expression, "With groups, select names aggregates and what is grouped by.");
            }

            var value = values.Value(item.Expression);
            var key = keys.FindIndex(key => value.Sql == Groups.KeyColumn(keys.IndexOf(key)));
            if (key >= 0) shown.Add(key);
            list.Add(item, key >= 0 ? groups.Shown(key) : value, values.Scope, sortedAs: value);
        }

        for (var i = 0; i < keys.Count; i++)
        {
            if (!shown.Contains(i)) list.Add(keys[i].Name, keys[i].Label, groups.Shown(i));
        }

        RequireColumns(list);
        return list;
    }

    // A record is in the group of each of its values, and of two fields with several values in that of each pair. Conditions see all
    // values.
    private string GroupedFrom(IReadOnlyList<Labelled> groupBy, List<GroupKey> keys)
    {
        var from = Table.From + _where;
        var unnested = groupBy
            .Select(item => item.Expression)
            .OfType<FieldName>()
            .Select(name => Table.Find(name.Name))
            .OfType<QueryField>()
            .Where(field => field.Kind == ValueKind.TextList).Select(field => field.Sql).Distinct().ToList();
        foreach (var column in unnested)
        {
            from = $"(SELECT * REPLACE (unnest(CASE WHEN len({column}) > 0 THEN list_distinct({column}) ELSE [NULL] END) AS {column}) "
                + $"FROM {from})";
        }

        var filters = keys.Select(key => key.Filter).OfType<string>().ToList();
        if (filters.Count == 0) return from;
        return from + (_where.Length == 0 || unnested.Count > 0 ? " WHERE " : " AND ") + string.Join(" AND ", filters);
    }

    private static void RequireColumns(SelectList list)
    {
        if (list.Count == 0) throw new QueryException("select", null, "Nothing is selected: name a field, an aggregate or *.");
    }

    private GroupKey Key(Labelled item)
    {
        var rows = new ValueBinder(new Scope(_question, "group_by"));
        var name = SelectList.NameOf(item);
        if (item.Expression is Call call && GroupFunctions.Bind(call, name, rows) is { } grouping) return grouping;
        if (Aggregates.IsIn(item.Expression)) throw rows.Scope.Error(item.Expression, "An aggregate has no place in group_by.");
        var value = rows.Value(item.Expression);
        if (value.Kind.IsPlace())
        {
            throw rows.Scope.Error(
                item.Expression,
                "Records cannot be grouped by a point; group by geo_cluster(point_field, zoom), or by its two numeric fields.");
        }

        var label = item.Label is null && item.Expression is FieldName field ? Table.Find(field.Name)!.Label : name;
        return new GroupKey(
            name, label, value.Sql, value.Kind, key => new TypedSql(key, value.Kind == ValueKind.TextList ? ValueKind.Text : value.Kind))
        {
            Scale = value.Scale,
        };
    }

    private IEnumerable<string> Where()
    {
        if (_request.Where.Sum(text => text.Length) is > QueryLimits.ClauseCharacters and var characters)
        {
            throw new QueryException(
                "where", null, $"The clause has {characters} characters; at most {QueryLimits.ClauseCharacters} are read.");
        }

        var conditions = new ConditionBinder(new Scope(_question, "where"));
        return _request.Where.Select(text => Grammar.Where(text)).OfType<Syntax>().Select(conditions.Condition);
    }

    private string Order(IReadOnlyList<Ordering> orderBy, ValueBinder values, SelectList list)
    {
        if (orderBy.Count == 0) return "";
        var keys = orderBy.Select(item => $"{Key(item.Expression)} {(item.Descending ? "DESC" : "ASC")} NULLS LAST");
        return $" ORDER BY {string.Join(", ", keys)}";

        string Key(Syntax expression)
        {
            if (expression is Call { Function: "random" } random)
            {
                if (random.Arguments is not [NumberLiteral seed])
                {
                    throw values.Scope.Error(random, "Write random(1): a whole number makes the order repeatable.");
                }

                return $"hash({list.Sql}, {_question.Parameters.Add(seed.Digits)})";
            }

            if (expression is NullLiteral or BooleanLiteral or TextLiteral or NumberLiteral)
            {
                throw values.Scope.Error(expression, "Nothing can be sorted by a constant; write a field, a label or an expression.");
            }

            var value = expression is FieldName label && list.Labelled(label.Name) is { } labelled ? labelled : values.Value(expression);
            return value.Kind.IsPlace()
                ? throw values.Scope.Error(expression, "Nothing can be sorted by a point; sort by distance(point, geom'POINT(lon lat)').")
                : value.Sql;
        }
    }

    // As parameters: DuckDB plans a statement with parameters once, with their values, and one without any twice.
    private string Window()
    {
        var limit = _request.Limit is { } most ? $" LIMIT {_question.Parameters.Add(most)}" : "";
        return limit + (_request.Offset > 0 ? $" OFFSET {_question.Parameters.Add(_request.Offset)}" : "");
    }
}
