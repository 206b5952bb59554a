namespace OpenData.Query.Language;

/// <summary>The words of ODSQL.</summary>
internal enum TokenKind
{
    End,
    Name,       // population, `2023 total`, and every keyword
    Text,       // "fire"
    Number,     // 10, 5.8
    Symbol,     // one of Lexer.Symbols
}

/// <param name="Kind">What it is.</param>
/// <param name="Value">A name without backticks, a text without quotes and escapes, a number's digits, a symbol.</param>
/// <param name="Start">Where it begins in the clause.</param>
/// <param name="End">Where it ends in the clause, exclusive.</param>
/// <param name="Quoted">Whether it is a name in backticks, which is never a keyword.</param>
internal readonly record struct Token(TokenKind Kind, string Value, int Start, int End, bool Quoted = false)
{
    public bool IsKeyword(string keyword) => Kind == TokenKind.Name && !Quoted && Value.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Value == symbol;

    /// <summary>As an error message shows it.</summary>
    public override string ToString() => Kind switch
    {
        TokenKind.End => "the end",
        TokenKind.Text => $"the text \"{Short}\"",
        _ => $"'{Short}'",
    };

    private string Short => Value.Length > 40 ? Value[..40] + "…" : Value;
}
