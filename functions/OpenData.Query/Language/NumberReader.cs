namespace OpenData.Query.Language;

/// <summary>
/// Numbers where they stand for a value: alone, with a unit of length or time (<c>5 km</c>), or as the beginning of a name
/// (<c>2023_total</c>).
/// </summary>
internal static class NumberReader
{
    // Case matters: "m" is a metre or a minute, "M" a month.
    private static readonly HashSet<string> Units =
    [
        "mm", "cm", "m", "km", "mi", "yd", "ft",
        "ms", "millisecond", "milliseconds", "s", "second", "seconds", "minute", "minutes", "h", "hour", "hours",
        "d", "day", "days", "w", "week", "weeks", "M", "month", "months", "q", "quarter", "quarters", "y", "year", "years",
    ];

    /// <summary>Reads the number that is the current token, and what belongs to it.</summary>
    public static Syntax Read(TokenReader tokens)
    {
        var number = tokens.Current;
        tokens.Skip();
        if (tokens.Current.Kind == TokenKind.Name && !tokens.Current.Quoted)
        {
            var name = tokens.Current;
            if (Units.Contains(name.Value))
            {
                tokens.Skip();
                return new Quantity(number.Value, name.Value, number.Start, name.End);
            }

            // A name may begin with a digit: 2023_total.
            if (name.Start == number.End)
            {
                tokens.Skip();
                return new FieldName(tokens.Source(number.Start, name.End), number.Start, name.End);
            }
        }

        return new NumberLiteral(number.Value, number.Start, number.End);
    }
}
