using System.Globalization;
using OpenData.DuckDb;
using OpenData.Query.Language;
using OpenData.Query.Schema;

namespace OpenData.Query.Compilation;

/// <summary><c>range(field, *, 10, 20, 30, *)</c>: intervals between bounds that are written one by one.</summary>
internal static class WrittenRanges
{
    /// <summary>A bound.</summary>
    /// <param name="Text">The bound in the interval's text.</param>
    /// <param name="Order">What bounds are sorted by: an <see cref="ExactNumber"/> or a time.</param>
    /// <param name="Compare">The comparison of the field with the bound, given its operator.</param>
    private sealed record RangeBound(string Text, IComparable Order, Func<string, string> Compare);

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
        var bounds = syntaxes.ConvertAll(syntax => ReadBound(syntax, value, rows));
        for (var i = 1; i < bounds.Count; i++)
        {
            if (bounds[i - 1].Order.CompareTo(bounds[i].Order) >= 0) throw rows.Scope.Error(syntaxes[i], "The bounds must ascend.");
        }

        // Interval 0 is below the first bound, interval n above the last. Records outside every interval are in no group.
        var cases = string.Concat(bounds.Select((bound, i) => $"WHEN {bound.Compare("<")} THEN {Sql.Literal(i)} "));
        var index = $"CASE WHEN {value.Sql} IS NULL THEN NULL {cases}ELSE {Sql.Literal(bounds.Count)} END";
        var inside = new List<string>();
        if (!openBelow) inside.Add(bounds[0].Compare(">="));
        if (!openAbove) inside.Add(bounds[^1].Compare("<"));
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
        var isWhole = kind == ValueKind.Int && bounds.TrueForAll(bound => bound.Order is ExactNumber { Scale: 0 });
        for (var i = 0; i <= bounds.Count; i++)
        {
            var low = i == 0 ? "*" : bounds[i - 1].Text;
            var high = i == bounds.Count
                ? "*"
                : isWhole ? (((ExactNumber)bounds[i].Order).Unscaled - 1).ToString(CultureInfo.InvariantCulture) : bounds[i].Text;
            labels.Add($"[{low}, {high}{(isWhole ? ']' : '[')}");
        }

        return labels;
    }

    private static RangeBound ReadBound(Syntax bound, TypedSql value, ValueBinder rows)
    {
        var parameters = rows.Scope.Parameters;
        if (value.Kind.IsNumber())
        {
            var digits = bound switch
            {
                NumberLiteral number => number.Digits,
                Negation { Operand: NumberLiteral number } => "-" + number.Digits,
                TextLiteral text => text.Value,
                _ => null,
            };
            if (digits is null || !ExactNumber.TryParse(digits, out var exact)) throw rows.Scope.Error(bound, "Expected a number.");
            exact = exact.Trimmed();
            if (value.Kind != ValueKind.Double)
            {
                return new RangeBound(exact.ToString(), exact, operation => NumberComparison.Compare(value, operation, exact, parameters));
            }

            var sql = Comparisons.Operand(rows, bound, value.Kind).Sql;
            return new RangeBound(exact.ToString(), exact, operation => $"{value.Sql} {operation} {sql}");
        }

        var date = rows.Literals.DateOf(bound, value.Kind) ?? throw rows.Scope.Error(bound, "Expected a date, such as date'2024-03-05'.");
        var utc = date.First - (date.Offset ?? TimeSpan.Zero);
        var edge = rows.Literals.Edge(date.First, date, value.Kind);
        var label = utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return new RangeBound(label, utc, operation => $"{value.Sql} {operation} {edge}");
    }
}
