using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OpenData.Query.Language;

namespace OpenData.Query.Plan;

/// <summary>Full-text conditions: words are runs of letters, marks and digits, compared without case and accents.</summary>
internal sealed partial class Binder
{
    /// <summary>How the words of a text are to be found.</summary>
    private enum Match
    {
        Words,      // whole words; a word that ends in * as a prefix
        LastPrefix, // words or what is like them, the last one as a prefix: someone is still typing
        Prefixes,   // every word as a prefix
    }

    private static readonly string[] Predicates = ["search", "suggest", "startswith", "within_distance", "in_bbox", "intersects", "within", "disjoint"];

    private string? Predicate(Call call) => call.Function switch
    {
        "search" => Search(call, Match.LastPrefix),
        "suggest" => Search(call, Match.Prefixes),
        "startswith" => StartsWith(call),
        "within_distance" => WithinDistance(call),
        "in_bbox" => InBox(call),
        "intersects" or "within" or "disjoint" => InPolygon(call),
        _ => EarlierPredicate(call),
    };

    private string Search(Call call, Match match)
    {
        var (fields, text) = FieldsAndText(call);
        return Words(Joined(fields), text, match);
    }

    private string StartsWith(Call call)
    {
        var (fields, text) = FieldsAndText(call);
        var prefix = Parameters.Add(text.Value);
        return $"({string.Join(" OR ", fields.Select(field => $"starts_with({field}, {prefix})"))})";
    }

    // search([field, …,] "text"), search(*, "text")
    private (IReadOnlyList<string> Fields, TextLiteral Text) FieldsAndText(Call call)
    {
        if (call.Arguments.Count == 0 || call.Arguments[^1] is not TextLiteral text) throw Error(call, $"Write {call.Function}(field, …, \"text\") or {call.Function}(\"text\").");
        var named = call.Arguments.Take(call.Arguments.Count - 1).ToList();
        if (named.Count == 0 || named is [Star]) return (AllTexts(text), text);
        return ([.. named.Select(field => field is FieldName ? WordText(Value(field), field) : throw Error(field, "Expected a text field."))], text);
    }

    private string WordText(Typed value, Syntax syntax) => value.Type switch
    {
        ValueKind.Text or ValueKind.Json => value.Sql,
        ValueKind.TextList => $"array_to_string({value.Sql}, chr(10))",
        _ => throw Error(syntax, $"Expected a text field, found {Describe(value.Type)}."),
    };

    private string AllText(Syntax syntax) => Joined(AllTexts(syntax));

    private List<string> AllTexts(Syntax syntax)
    {
        var texts = question.Table.Fields.Where(field => (field.Type is ValueKind.Text or ValueKind.TextList) && field.Name != QueryTable.RecordId)
            .Select(field => WordText(new Typed(field.Sql, field.Type), syntax)).ToList();
        return texts.Count > 0 ? texts : throw Error(syntax, "The dataset has no text field to search in.");
    }

    // A line end between two fields keeps their words apart.
    private static string Joined(IReadOnlyList<string> texts) => texts.Count == 1 ? texts[0] : $"concat_ws(chr(10), {string.Join(", ", texts)})";

    private string Words(string text, TextLiteral searched, Match match = Match.Words)
    {
        if (searched.Value.Length > QueryLimits.SearchCharacters) throw Error(searched, $"The text searched for has more than {QueryLimits.SearchCharacters} characters.");
        var words = WordPattern().Matches(searched.Value).Select(found => found.Value).ToList();
        if (words.Count > QueryLimits.SearchWords) throw Error(searched, $"The text searched for has more than {QueryLimits.SearchWords} words.");
        if (words.Count == 0) return searched.Value.Trim() is "*" ? True : "FALSE";
        question.Words += words.Count;
        if (question.Words > QueryLimits.QuestionWords) throw Error(searched, $"The question searches for more than {QueryLimits.QuestionWords} words in all.");

        question.Footprint.Search(searched.Value);
        var plain = $"lower(strip_accents({text}))";
        var conditions = new List<string>();
        for (var i = 0; i < words.Count; i++)
        {
            var prefix = words[i].EndsWith('*') || match == Match.Prefixes || (match == Match.LastPrefix && i == words.Count - 1);
            var word = words[i].TrimEnd('*').Normalize(NormalizationForm.FormC).ToLowerInvariant();
            // DuckDB takes the accents off, as it does for the column; then the word is cheap to rule out before its edges are looked at.
            var needle = $"lower(strip_accents({Parameters.Add(word)}))";
            var edges = $"regexp_matches({plain}, concat('(^|[^\\p{{L}}\\p{{M}}\\p{{N}}_])', {needle}, {(prefix ? "''" : "'($|[^\\p{L}\\p{M}\\p{N}_])'")}))";
            var found = $"(contains({plain}, {needle}) AND {edges})";
            if (!prefix && match == Match.LastPrefix && Alike(plain, word) is { } alike) conditions.Add($"({found} OR {alike})");
            else conditions.Insert(0, found); // rules texts out before the costlier ones
        }

        return $"({string.Join(" AND ", conditions)})";
    }

    // Who searches may mistype: a word of Latin letters is found where one or, of longer ones, two of its letters are put in, left out or changed. Letters of other
    // scripts say more, down to a syllable each of Hangul, and so does a digit: there another one is another word.
    private string? Alike(string plain, string word)
    {
        var letters = string.Concat(word.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark));
        if (letters.Length <= 2 || !letters.All(char.IsAsciiLetterLower)) return null;
        var changes = letters.Length > 5 ? 2 : 1;
        // Of one piece more than there are changes at least one is unchanged: rules most texts out before they are cut into words.
        var size = letters.Length / (changes + 1);
        var pieces = Enumerable.Range(0, changes + 1).Select(i => i < changes ? letters.Substring(i * size, size) : letters[(i * size)..]);
        return $"(({string.Join(" OR ", pieces.Select(piece => $"contains({plain}, {Parameters.Add(piece)})"))}) "
            + $"AND len(list_filter(regexp_extract_all({plain}, '[\\p{{L}}\\p{{M}}\\p{{N}}_]+'), lambda w: levenshtein(w, {Parameters.Add(letters)}) <= {changes})) > 0)";
    }

    // Only letters, marks, digits and _, so that nothing of it means anything in a regular expression.
    [GeneratedRegex(@"[\p{L}\p{M}\p{N}_]+\*?", RegexOptions.CultureInvariant)]
    private static partial Regex WordPattern();
}
