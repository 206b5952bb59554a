using System.Globalization;
using OpenData.DuckDb;
using OpenData.Query.Language;
using OpenData.Query.Schema;

namespace OpenData.Query.Compilation;

/// <summary><c>range(field, *, 10, 20, 30, *)</c>: intervals between bounds that are written one by one.</summary>
internal static class WrittenRanges
{
    private const double ExactWholeNumbers = 1e15; // in a double

    /// <summary>A bound.</summary>
    /// <param name="Sql">The bound as a value that the field is compared with.</param>
    /// <param name="Text">The bound in the interval's text.</param>
    /// <param name="Order">What bounds are sorted by: a number or a time.</param>
    private sealed record RangeBound(string Sql, string Text, object Order)
    {
        public bool IsWhole => Order is double number and < ExactWholeNumbers and > -ExactWholeNumbers && number == Math.Floor(number);
    }

    /// <param name="name">The key's name in the answer.</param>
    /// <param name="value">What is grouped by.</param>
    /// <param name="written">The bounds; a <c>*</c> first or last leaves that side open.</param>
    /// <param name="rows">Binds the bounds.</param>
    public static GroupKey Bind(string name, TypedSql value, IReadOnlyList<Syntax> written, ValueBinder rows)
    {
        var (openBelow, openAbove) = (written[0] is Star, written[^1] is Star);
        var syntaxes = written.Skip(openBelow ? 1 : 0).SkipLast(openAbove ? 1 : 0).ToList();
        if (syntaxes.Find(bound => bound is Star) is { } misplaced)
        {
            throw rows.Scope.Error(misplaced, "'*' stands first or last among the bounds.");
        }

        var bounds = syntaxes.ConvertAll(syntax => ReadBound(syntax, value.Kind, rows));
        for (var i = 1; i < bounds.Count; i++)
        {
            if (Comparer<object>.Default.Compare(bounds[i - 1].Order, bounds[i].Order) >= 0)
            {
                throw rows.Scope.Error(syntaxes[i], "The bounds must ascend.");
            }
        }

        // Interval 0 is below the first bound, interval n above the last. Records outside every interval are in no group.
        var cases = string.Concat(bounds.Select((bound, i) => $"WHEN {value.Sql} < {bound.Sql} THEN {Sql.Literal(i)} "));
        var index = $"CASE WHEN {value.Sql} IS NULL THEN NULL {cases}ELSE {Sql.Literal(bounds.Count)} END";
        var inside = new List<string>();
        if (!openBelow) inside.Add($"{value.Sql} >= {bounds[0].Sql}");
        if (!openAbove) inside.Add($"{value.Sql} < {bounds[^1].Sql}");
        var labels = Labels(bounds, value.Kind);
        return new GroupKey(
            name, name, index, ValueKind.Int,
            key => new TypedSql(
                $"[{string.Join(", ", labels.Select(label => rows.Scope.Parameters.Add(label)))}][{key} + 1]", ValueKind.Text))
        {
            Filter = inside.Count == 0 ? null : $"({value.Sql} IS NULL OR ({string.Join(" AND ", inside)}))",
        };
    }

    private static List<string> Labels(List<RangeBound> bounds, ValueKind kind)
    {
        var labels = new List<string>();
        var isWhole = kind == ValueKind.Int && bounds.TrueForAll(bound => bound.IsWhole);
        for (var i = 0; i <= bounds.Count; i++)
        {
            var low = i == 0 ? "*" : bounds[i - 1].Text;
            var high = i == bounds.Count ? "*" : isWhole ? Sql.Literal((long)(double)bounds[i].Order - 1) : bounds[i].Text;
            labels.Add($"[{low}, {high}{(isWhole ? ']' : '[')}");
        }

        return labels;
    }

    private static RangeBound ReadBound(Syntax bound, ValueKind kind, ValueBinder rows)
    {
        if (kind.IsNumber())
        {
            var number = rows.Literals.Constant(bound);
            return new RangeBound(Comparisons.Operand(rows, bound, kind).Sql, number.ToString("R", CultureInfo.InvariantCulture), number);
        }

        var date = rows.Literals.DateOf(bound, kind) ?? throw rows.Scope.Error(bound, "Expected a date, such as date'2024-03-05'.");
        var utc = date.First - (date.Offset ?? TimeSpan.Zero);
        var text = utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return new RangeBound(rows.Literals.Edge(date.First, date, kind), text, utc);
    }
}
