namespace OpenData.Query.Language;

/// <summary>Reads the tokens of one clause from left to right, and bounds how deeply its expressions nest.</summary>
internal sealed class TokenReader(string clause, string text)
{
    private readonly List<Token> _tokens = Lexer.Read(clause, text);
    private int _at;
    private int _depth;

    /// <summary>The next token that is not read yet; the last one is <see cref="TokenKind.End"/>.</summary>
    public Token Current => _tokens[_at];

    /// <summary>The token after the current one.</summary>
    public Token Peek => _tokens[Math.Min(_at + 1, _tokens.Count - 1)];

    /// <summary>The last token that was read.</summary>
    public Token Previous => _tokens[Math.Max(0, _at - 1)];

    /// <summary>Where the last token that was read ends in the clause.</summary>
    public int PreviousEnd => _at == 0 ? 0 : _tokens[_at - 1].End;

    /// <summary>A part of the clause as it was written.</summary>
    public string Source(int start, int end) => text[start..end];

    /// <summary>Goes to the next token.</summary>
    public void Skip() => _at++;

    /// <summary>Reads a name, or a text that stands for one.</summary>
    /// <param name="what">What is expected, for the error message.</param>
    public Token TakeName(string what)
    {
        if (Current.Kind is not TokenKind.Name and not TokenKind.Text) throw Expected(what);
        return _tokens[_at++];
    }

    /// <summary>Reads a text.</summary>
    /// <param name="what">What is expected, for the error message.</param>
    public TextLiteral TakeText(string what)
    {
        if (Current.Kind != TokenKind.Text) throw Expected(what);
        var token = _tokens[_at++];
        return new TextLiteral(token.Value, token.Start, token.End);
    }

    /// <summary>Reads a keyword if it is next.</summary>
    public bool TakeKeyword(string keyword)
    {
        if (!Current.IsKeyword(keyword)) return false;
        _at++;
        return true;
    }

    /// <summary>Reads a symbol if it is next.</summary>
    public bool TakeSymbol(string symbol)
    {
        if (!Current.IsSymbol(symbol)) return false;
        _at++;
        return true;
    }

    /// <summary>Reads a symbol, which must be next.</summary>
    public void ExpectSymbol(string symbol)
    {
        if (!TakeSymbol(symbol)) throw Expected($"'{symbol}'");
    }

    /// <summary>Requires that the whole clause was read.</summary>
    /// <param name="what">What else is expected, for the error message.</param>
    public void ExpectEnd(string what)
    {
        if (Current.Kind != TokenKind.End) throw Expected(what);
    }

    /// <summary>Enters a level of nesting, until the result is disposed.</summary>
    /// <exception cref="QueryException">There are more than <see cref="QueryLimits.Depth"/> levels.</exception>
    public Level Deeper()
    {
        RequireDepth(0);
        _depth++;
        return new Level(this);
    }

    /// <summary>Requires that more levels of nesting are allowed here.</summary>
    /// <exception cref="QueryException">There are more than <see cref="QueryLimits.Depth"/> levels.</exception>
    public void RequireDepth(int more)
    {
        if (_depth + more >= QueryLimits.Depth) throw Error($"The expression is nested more than {QueryLimits.Depth} levels deep.");
    }

    /// <summary>An error: something else is next than what is expected.</summary>
    public QueryException Expected(string what) => Error($"Expected {what}, found {Current}.");

    /// <summary>An error at the current token.</summary>
    public QueryException Error(string problem) => Error(Current.Start, problem);

    /// <summary>An error somewhere in the clause.</summary>
    public QueryException Error(int at, string problem) => new(clause, at, problem);

    /// <summary>A level of nesting.</summary>
    public readonly ref struct Level(TokenReader reader)
    {
        /// <summary>Leaves it.</summary>
        public void Dispose() => reader._depth--;
    }
}
