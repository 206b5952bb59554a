using System.Text;
using OpenData.DuckDb;
using OpenData.Query.Language;

namespace OpenData.Query.Compilation;

/// <summary>The patterns of <c>date_format</c>: symbols, separators, and free text in single quotes.</summary>
internal static class DateFormat
{
    private const int MaxParts = 40;

    // The strftime code of each symbol.
    private static readonly Dictionary<string, string> Codes = (
            "yy %y YY %y yyyy %Y YYYY %Y xxxx %G ww %V e %u D %-j DDD %j M %-m MM %m d %-d dd %d "
            + "H %-H HH %H m %-M mm %M s %-S ss %S")
        .Split(' ').Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    /// <summary>The SQL of a pattern applied to a local time.</summary>
    /// <param name="literal">The pattern.</param>
    /// <param name="time">The time, as SQL.</param>
    /// <param name="scope">The clause that has it.</param>
    public static string ToSql(TextLiteral literal, string time, Scope scope)
    {
        var (pattern, parameters) = (literal.Value, scope.Parameters);
        var parts = new List<string>();
        for (var at = 0; at < pattern.Length;)
        {
            if (parts.Count == MaxParts) throw scope.Error(literal, $"The pattern has more than {MaxParts} parts.");
            var c = pattern[at];
            if (c == '\'')
            {
                parts.Add(parameters.Add(Quoted(pattern, ref at)));
            }
            else if (char.IsAsciiLetter(c))
            {
                var start = at;
                while (at < pattern.Length && pattern[at] == c) at++;
                var symbol = pattern[start..at];
                parts.Add(Symbol(symbol, time, scope.Question.Language) ?? throw scope.Error(
                    literal,
                    $"The pattern's '{symbol}' is not known. There are {string.Join(", ", Codes.Keys)}, xx, w, E, EEEE, MMM, MMMM; "
                    + "free text stands in single quotes."));
            }
            else
            {
                var start = at;
                while (at < pattern.Length && pattern[at] != '\'' && !char.IsAsciiLetter(pattern[at])) at++;
                parts.Add(parameters.Add(pattern[start..at]));
            }
        }

        // With || the result is null where the date is null; concat() would leave the null out.
        return parts.Count == 0 ? parameters.Add("") : $"({string.Join(" || ", parts)})";
    }

    private static string? Symbol(string symbol, string time, string language) => symbol switch
    {
        "xx" => $"right(strftime({time}, '%G'), 2)",
        "w" => $"CAST(week({time}) AS VARCHAR)",
        "E" => Choose(CalendarNames.DaysShort(language), $"isodow({time})"),
        "EEEE" => Choose(CalendarNames.Days(language), $"isodow({time})"),
        "MMM" => Choose(CalendarNames.MonthsShort(language), $"month({time})"),
        "MMMM" => Choose(CalendarNames.Months(language), $"month({time})"),
        _ => Codes.TryGetValue(symbol, out var code) ? $"strftime({time}, '{code}')" : null,
    };

    private static string Choose(IReadOnlyList<string> names, string index) => $"[{string.Join(", ", names.Select(Sql.Literal))}][{index}]";

    // 'free text', in which '' is one quote; '' alone is a quote too.
    private static string Quoted(string pattern, ref int at)
    {
        var text = new StringBuilder();
        for (at++; at < pattern.Length; at++)
        {
            if (pattern[at] != '\'')
            {
                text.Append(pattern[at]);
            }
            else if (at + 1 < pattern.Length && pattern[at + 1] == '\'')
            {
                text.Append('\'');
                at++;
            }
            else
            {
                at++;
                break;
            }
        }

        return text.Length == 0 ? "'" : text.ToString();
    }
}
