using System.Globalization;
using OpenData.DuckDb;
using OpenData.Query.Language;

namespace OpenData.Query.Plan;

/// <summary>
/// <c>range(…)</c> of group_by. Records are grouped by a lower bound, so that groups sort as their values do, and shown as the
/// interval's text: <c>[10, 20[</c>, <c>[2024-01-01T00:00:00.000Z, 2024-02-01T00:00:00.000Z[</c>; between written bounds of whole numbers <c>[10, 19]</c>.
/// </summary>
internal static class Ranges
{
    private static readonly Dictionary<string, string> IntervalUnits =
        "ms millisecond s second m minute h hour d day w week M month q quarter y year"
        .Split(' ').Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    public static GroupKey Bind(Call call, string name, Binder rows, Question question)
    {
        if (call.Arguments.Count < 2 || call.Arguments[0] is not FieldName field) throw rows.Fault(call, "Write range(field, 10, 20, 30), range(field, 10) or range(date_field, 1 month).");
        var value = rows.Value(field);
        if (!value.Type.IsNumber() && !value.Type.IsTime()) throw rows.Fault(field, "range() takes a number or a date.");
        var steps = call.Arguments.Skip(1).ToList();
        return steps switch
        {
            [Quantity step] when value.Type.IsTime() => EveryInterval(name, step, rows, question, field),
            [NumberLiteral step] when value.Type.IsNumber() => EveryWidth(name, value, step, rows),
            _ when steps.TrueForAll(step => step is Star) => throw rows.Fault(call, "A range needs at least one bound."),
            _ => Static(name, value, steps, rows, question),
        };
    }

    private static GroupKey EveryWidth(string name, Typed value, NumberLiteral step, Binder rows)
    {
        var width = double.Parse(step.Digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (width <= 0 || !double.IsFinite(width)) throw rows.Fault(step, "The width is a number above 0.");
        if (value.Type == ValueKind.Int && width == Math.Floor(width) && width < 1e15)
        {
            var whole = Sql.Literal((long)width);
            return new GroupKey(name, name, $"CAST(floor(CAST({value.Sql} AS DOUBLE) / {whole}) AS BIGINT) * {whole}", ValueKind.Int,
                key => new Typed($"('[' || {key} || ', ' || ({key} + {whole}) || '[')", ValueKind.Text));
        }

        var size = $"CAST({width.ToString("R", CultureInfo.InvariantCulture)} AS DOUBLE)";
        return new GroupKey(name, name, $"floor(CAST({value.Sql} AS DOUBLE) / {size}) * {size}", ValueKind.Double,
            key => new Typed($"('[' || {key} || ', ' || ({key} + {size}) || '[')", ValueKind.Text));
    }

    private static GroupKey EveryInterval(string name, Quantity step, Binder rows, Question question, FieldName field)
    {
        var unit = IntervalUnits.GetValueOrDefault(step.Unit, step.Unit.EndsWith('s') && step.Unit.Length > 2 ? step.Unit[..^1] : step.Unit);
        if (!IntervalUnits.ContainsValue(unit)) throw rows.Fault(step, $"'{step.Unit}' is not an interval. Use second, minute, hour, day, week, month, quarter or year.");
        if (!int.TryParse(step.Digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > 100_000) throw rows.Fault(step, "The width is a whole number from 1 to 100000.");
        var interval = $"INTERVAL {Sql.Literal(count)} {unit}";
        var start = $"time_bucket({interval}, CAST({rows.AsWallClock(field)} AS TIMESTAMP), TIMESTAMP '{(unit == "week" ? "2001-01-01" : "2000-01-01")}')";
        return new GroupKey(name, name, start, ValueKind.DateTime,
            key => new Typed($"('[' || {Utc(key, question)} || ', ' || {Utc($"({key} + {interval})", question)} || '[')", ValueKind.Text));
    }

    private static GroupKey Static(string name, Typed value, List<Syntax> steps, Binder rows, Question question)
    {
        var below = steps[0] is Star;
        var above = steps[^1] is Star;
        var bounds = steps.Where((step, i) => !(step is Star && (i == 0 || i == steps.Count - 1))).ToList();
        if (bounds.Find(bound => bound is Star) is { } misplaced) throw rows.Fault(misplaced, "'*' stands first or last among the bounds.");
        var edges = bounds.Select(bound => rows.Edge(bound, value.Type)).ToList();
        for (var i = 1; i < edges.Count; i++)
        {
            if (Comparer<object>.Default.Compare(edges[i - 1].Order, edges[i].Order) >= 0) throw rows.Fault(bounds[i], "The bounds must ascend.");
        }

        // 0 is below the first bound, n is above the last; records outside every range are in no group.
        var index = $"CASE WHEN {value.Sql} IS NULL THEN NULL {string.Concat(edges.Select((edge, i) => $"WHEN {value.Sql} < {edge.Sql} THEN {Sql.Literal(i)} "))}ELSE {Sql.Literal(edges.Count)} END";
        var inside = new List<string>();
        if (!below) inside.Add($"{value.Sql} >= {edges[0].Sql}");
        if (!above) inside.Add($"{value.Sql} < {edges[^1].Sql}");

        var labels = new List<string>();
        for (var i = 0; i <= edges.Count; i++)
        {
            var low = i == 0 ? "*" : edges[i - 1].Text;
            var high = i == edges.Count ? "*" : edges[i].Text;
            var whole = value.Type == ValueKind.Int && edges.All(edge => edge.Order is double and < 1e15 and > -1e15 && (double)edge.Order == Math.Floor((double)edge.Order));
            if (whole && i < edges.Count) high = Sql.Literal((long)(double)edges[i].Order - 1);
            labels.Add(whole ? $"[{low}, {high}]" : $"[{low}, {high}[");
        }

        return new GroupKey(name, name, index, ValueKind.Int,
            key => new Typed($"[{string.Join(", ", labels.Select(label => question.Parameters.Add(label)))}][{key} + 1]", ValueKind.Text))
        {
            Filter = inside.Count == 0 ? null : $"({value.Sql} IS NULL OR ({string.Join(" AND ", inside)}))",
        };
    }

    // A wall-clock time of the time zone asked for, as UTC.
    private static string Utc(string wall, Question question) =>
        $"(strftime({(question.TimeZone == "UTC" ? wall : $"timezone('UTC', timezone({question.Parameters.Add(question.TimeZone)}, {wall}))")}, '%Y-%m-%dT%H:%M:%S.%g') || 'Z')";
}
