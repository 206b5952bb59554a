using System.Globalization;
using System.Text;

namespace OpenData.Query.Language;

/// <summary>Cuts a clause into tokens.</summary>
internal static class Lexer
{
    // Longer ones first.
    private static readonly string[] Symbols =
        ["!=", "<>", "<=", ">=", "..", "=", "<", ">", ":", "+", "-", "*", "/", "(", ")", "[", "]", ","];

    /// <summary>All tokens of a clause, the last one being <see cref="TokenKind.End"/>.</summary>
    /// <exception cref="QueryException">A quote is not closed, a character means nothing, or the clause is too long.</exception>
    public static List<Token> Read(string clause, string text)
    {
        if (text.Length > QueryLimits.ClauseCharacters)
        {
            throw new QueryException(
                clause, null, $"The clause has {text.Length} characters; at most {QueryLimits.ClauseCharacters} are read.");
        }

        var tokens = new List<Token>();
        for (var at = 0; ;)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            if (at == text.Length)
            {
                tokens.Add(new Token(TokenKind.End, "", at, at));
                return tokens;
            }

            if (tokens.Count == QueryLimits.Terms)
            {
                throw new QueryException(clause, at, $"The clause has more than {QueryLimits.Terms} terms. Split it, or ask for less.");
            }

            var token = Next(clause, text, at);
            tokens.Add(token);
            at = token.End;
        }
    }

    private static Token Next(string clause, string text, int at)
    {
        var c = text[at];
        if (c is '"' or '\'') return Quoted(clause, text, at, TokenKind.Text);
        if (c == '`') return Quoted(clause, text, at, TokenKind.Name);
        if (char.IsAsciiDigit(c) || (c == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))) return Number(text, at);
        if (IsNameCharacter(text, at)) return Name(text, at);
        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(text, at, symbol, 0, symbol.Length) == 0)
            {
                return new Token(TokenKind.Symbol, symbol, at, at + symbol.Length);
            }
        }

        throw new QueryException(
            clause, at, $"The character '{c}' means nothing here. A name with such characters stands in backticks: `a name`.");
    }

    private static Token Name(string text, int start)
    {
        var end = Word(start);
        // default.title names a metadatum by its template; "a..b" is a range.
        while (end < text.Length && text[end] == '.' && IsNameCharacter(text, end + 1) && !char.IsAsciiDigit(text[end + 1]))
        {
            end = Word(end + 1);
        }

        return new Token(TokenKind.Name, text[start..end], start, end);

        int Word(int from)
        {
            while (from < text.Length && IsNameCharacter(text, from)) from += char.IsSurrogate(text[from]) ? 2 : 1;
            return from;
        }
    }

    private static Token Number(string text, int start)
    {
        var end = Digits(start);
        // "1..10" is a range, "1.5" is a number.
        if (end < text.Length && text[end] == '.' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1])) end = Digits(end + 1);
        if (end < text.Length && text[end] is 'e' or 'E')
        {
            var exponent = end + 1 < text.Length && text[end + 1] is '+' or '-' ? end + 2 : end + 1;
            if (Digits(exponent) > exponent && !IsNameCharacter(text, Digits(exponent))) end = Digits(exponent);
        }

        return new Token(TokenKind.Number, text[start..end], start, end);

        int Digits(int from)
        {
            while (from < text.Length && char.IsAsciiDigit(text[from])) from++;
            return from;
        }
    }

    private static Token Quoted(string clause, string text, int start, TokenKind kind)
    {
        var quote = text[start];
        var value = new StringBuilder();
        for (var at = start + 1; at < text.Length; at++)
        {
            var c = text[at];
            if (c == quote) return new Token(kind, value.ToString(), start, at + 1, kind == TokenKind.Name);
            if (c != '\\' || at + 1 == text.Length)
            {
                value.Append(c);
                continue;
            }

            // The query builders of the API's clients write texts as JSON does.
            c = text[++at];
            if (c == 'u' && at + 4 < text.Length
                && ushort.TryParse(text.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                value.Append((char)unit);
                at += 4;
            }
            else
            {
                value.Append(c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', _ => c });
            }
        }

        throw new QueryException(clause, start, $"The quote {quote} is not closed.");
    }

    private static bool IsNameCharacter(string text, int at)
    {
        if (at >= text.Length) return false;
        var c = text[at];
        if (c == '_' || char.IsLetterOrDigit(c)) return true;
        if (char.IsHighSurrogate(c)) return at + 1 < text.Length && char.IsLetterOrDigit(text, at);
        return CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
    }
}
