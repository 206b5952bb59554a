using System.Globalization;
using OpenData.DuckDb;
using OpenData.Query.Language;
using OpenData.Query.Schema;

namespace OpenData.Query.Compilation;

/// <summary>
/// Binds full-text conditions. A text must have all terms, in any order. A term is a word of letters, marks and digits, compared without case
/// and accents; in Hangul and other scripts without gaps between words it may be any part of a text, and gaps within it do not count.
/// </summary>
internal sealed class TextSearch(ValueBinder values)
{
    private readonly Scope _scope = values.Scope;

    /// <summary>How the words of a text are matched.</summary>
    private enum Match
    {
        Words,      // whole words; a word that ends in * as a prefix
        LastPrefix, // similar words, and the last word as a prefix because the caller may still be typing it
        Prefixes,   // every word as a prefix
    }

    /// <summary><c>"text"</c> as a condition of its own: any text field has all of its words.</summary>
    public string AnyField(TextLiteral text) => Everywhere(text, Match.Words);

    /// <summary><c>field like "te*"</c></summary>
    public string Like(Like like) => Words(SearchedText(values.Value(like.Value), like.Value), like.Pattern, Match.Words);

    /// <summary><c>search([field, …,] "text")</c></summary>
    public string Search(Call call)
    {
        var (fields, text) = FieldsAndText(call);
        return fields.Count == 0 ? Everywhere(text, Match.LastPrefix) : Words(Joined(fields), text, Match.LastPrefix);
    }

    /// <summary><c>suggest([field, …,] "text")</c></summary>
    public string Suggest(Call call)
    {
        var (fields, text) = FieldsAndText(call);
        return fields.Count == 0 ? Everywhere(text, Match.Prefixes) : Words(Joined(fields), text, Match.Prefixes);
    }

    /// <summary><c>startswith([field, …,] "text")</c>: the value begins with exactly this text.</summary>
    public string StartsWith(Call call)
    {
        var (fields, text) = FieldsAndText(call);
        if (fields.Count == 0) fields = AllFields(text);
        var prefix = _scope.Parameters.Add(text.Value);
        return $"({string.Join(" OR ", fields.Select(field => $"starts_with({field}, {prefix})"))})";
    }

    private string Everywhere(TextLiteral text, Match match)
    {
        var indexed = _scope.Question.Table.SearchText;
        return indexed.Length == 0
            ? Words(Joined(AllFields(text)), text, match)
            : Words(Sql.Identifier(indexed), text, match, isRanked: true);
    }

    // No fields stand for all of them.
    private (IReadOnlyList<string> Fields, TextLiteral Text) FieldsAndText(Call call)
    {
        if (call.Arguments.Count == 0 || call.Arguments[^1] is not TextLiteral text)
        {
            throw _scope.Error(call, $"Write {call.Function}(field, …, \"text\") or {call.Function}(\"text\").");
        }

        var named = call.Arguments.Take(call.Arguments.Count - 1).ToList();
        if (named.Count == 0 || named is [Star]) return ([], text);
        return ([.. named.Select(field => field is FieldName ? SearchedText(values.Value(field), field) : throw NotText(field))], text);
    }

    private List<string> AllFields(Syntax syntax)
    {
        var texts = _scope.Question.Table.Fields
            .Where(field => field.Kind is ValueKind.Text or ValueKind.TextList && field.Name != QueryTable.RecordId)
            .Select(field => SearchedText(new TypedSql(field.Sql, field.Kind), syntax)).ToList();
        return texts.Count > 0 ? texts : throw _scope.Error(syntax, "The dataset has no text field to search in.");
    }

    private string SearchedText(TypedSql value, Syntax syntax) => value.Kind switch
    {
        ValueKind.Text or ValueKind.Json => value.Sql,
        ValueKind.TextList => $"array_to_string({value.Sql}, chr(10))",
        _ => throw NotText(syntax),
    };

    private QueryException NotText(Syntax syntax) => _scope.Error(
        syntax, syntax is FieldName ? $"Expected a text field, found {values.Value(syntax).Kind.Describe()}." : "Expected a text field.");

    // A line end between two fields keeps their words apart.
    private static string Joined(IReadOnlyList<string> texts) => texts.Count == 1 ? texts[0] : $"concat_ws(chr(10), {string.Join(", ", texts)})";

    private string Words(string text, TextLiteral searched, Match match, bool isRanked = false)
    {
        var terms = ReadTerms(searched);
        if (terms.Count == 0) return searched.Value.Trim() is "*" ? "TRUE" : "FALSE";
        _scope.Question.Footprint.Search(searched.Value);
        var conditions = new List<string>();
        for (var i = 0; i < terms.Count; i++)
        {
            var term = terms[i];
            if (isRanked) _scope.Question.Ranks.Add(Rank(text, term));
            if (term.IsUnbounded)
            {
                conditions.Insert(0, isRanked ? $"{Rank(text, term)} > 0" : Part(text, term)); // before the conditions that cost more
                continue;
            }

            var isPrefix = term.OpenEnd || match == Match.Prefixes || (match == Match.LastPrefix && i == terms.Count - 1);
            var plain = isRanked ? text : $"lower(strip_accents({text}))";
            var found = Word(plain, term, isPrefix);
            if (!isPrefix && match == Match.LastPrefix && SimilarWord(plain, term.Text) is { } similar) conditions.Add($"({found} OR {similar})");
            else conditions.Insert(0, found);
        }

        return $"({string.Join(" AND ", conditions)})";
    }

    // Where a term stands in a text that was prepared for it.
    private string Rank(string text, SearchTerm term) => $"text_rank({text}, lower(strip_accents({_scope.Parameters.Add(term.Text)})))";

    // DuckDB removes the accents of the term as it does of the text. The cheap test comes first: most texts do not contain the term at all.
    private string Word(string plain, SearchTerm term, bool isPrefix)
    {
        var needle = $"lower(strip_accents({_scope.Parameters.Add(term.Text)}))";
        var contains = $"contains({plain}, {needle})";
        if (term.OpenStart && isPrefix) return contains;
        var start = term.OpenStart ? "''" : "'(^|[^\\p{L}\\p{M}\\p{N}])'";
        var end = isPrefix ? "''" : "'($|[^\\p{L}\\p{M}\\p{N}])'";
        return $"({contains} AND regexp_matches({plain}, concat({start}, {needle}, {end})))";
    }

    // Any part of a text, as it is written or with the spaces removed. A text without the first letter cannot contain the term either way.
    private string Part(string text, SearchTerm term)
    {
        var needle = _scope.Parameters.Add(term.Text);
        if (!term.IsHangul)
        {
            text = $"lower(strip_accents({text}))";
            needle = $"lower(strip_accents({needle}))";
        }

        var contains = $"contains({text}, {needle})";
        var first = new StringInfo(term.Text).SubstringByTextElements(0, 1);
        if (first == term.Text) return contains;
        return $"({contains} OR (contains({text}, {_scope.Parameters.Add(first)}) AND contains(replace({text}, ' ', ''), {needle})))";
    }

    private List<SearchTerm> ReadTerms(TextLiteral searched)
    {
        if (searched.Value.Length > QueryLimits.SearchCharacters)
        {
            throw _scope.Error(searched, $"The text searched for has more than {QueryLimits.SearchCharacters} characters.");
        }

        var terms = SearchTerm.Read(searched.Value);
        if (terms.Count > QueryLimits.SearchWords)
        {
            throw _scope.Error(searched, $"The text searched for has more than {QueryLimits.SearchWords} words.");
        }

        _scope.Question.SearchWords += terms.Count;
        if (_scope.Question.SearchWords > QueryLimits.QuestionWords)
        {
            throw _scope.Error(searched, $"The question searches for more than {QueryLimits.QuestionWords} words in all.");
        }

        return terms;
    }

    // A mistyped word of Latin letters: one letter, or two of more than five, is added, missing or wrong. A syllable of Hangul or a digit
    // carries more meaning: with another one it is another word.
    private string? SimilarWord(string plain, string word)
    {
        if (word.Length <= 2 || !word.All(char.IsAsciiLetterLower)) return null;
        var letters = word;
        var changes = letters.Length > 5 ? 2 : 1;
        // If the word is cut into one piece more than there are changes, at least one piece is unchanged. That excludes most texts before
        // they are split into words.
        var size = letters.Length / (changes + 1);
        var pieces = Enumerable.Range(0, changes + 1).Select(i => i < changes ? letters.Substring(i * size, size) : letters[(i * size)..]);
        return $"(({string.Join(" OR ", pieces.Select(piece => $"contains({plain}, {_scope.Parameters.Add(piece)})"))}) "
            + $"AND len(list_filter(regexp_extract_all({plain}, '[\\p{{L}}\\p{{M}}\\p{{N}}]+'), "
            + $"lambda w: levenshtein(w, {_scope.Parameters.Add(letters)}) <= {changes})) > 0)";
    }
}
