using System.Globalization;
using System.Text;

namespace OpenData.Query.Compilation;

/// <summary>A term of a text that is searched for: letters, marks and digits without a gap.</summary>
/// <param name="Text">The term in lower case, without stars.</param>
/// <param name="OpenStart">Whether a word may go on before it: it was written with a star there.</param>
/// <param name="OpenEnd">Whether a word may go on after it: it was written with a star there.</param>
internal sealed record SearchTerm(string Text, bool OpenStart, bool OpenEnd)
{
    private const int LeastStem = 2; // syllables

    // Particles of Korean that no other noun ends in, the longer ones first; and those that are told apart only by a word that follows.
    private static readonly string[] Particles = ["에서", "에게", "으로", "부터", "까지", "을", "를", "은", "는"];
    private static readonly string[] LinkingParticles = ["의", "와", "과"];

    /// <summary>
    /// Whether the term has a letter of a script that does not put spaces between words, or, as Hangul, joins particles to them: such a
    /// term is found anywhere in a text.
    /// </summary>
    public bool IsUnbounded { get; } = Text.EnumerateRunes().Any(rune => IsUnboundedScript(rune.Value));

    /// <summary>Whether every letter is a syllable of Hangul, which has neither case nor accents.</summary>
    public bool IsHangul { get; } = Text.All(IsSyllable);

    /// <summary>The terms of a text, in order. Particles are removed from Korean ones.</summary>
    public static List<SearchTerm> Read(string text)
    {
        var terms = new List<SearchTerm>();
        var term = new StringBuilder();
        var star = false; // before the term, or after the last one
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsWordRune(rune))
            {
                term.Append(rune.ToString());
                continue;
            }

            if (term.Length > 0) Add(rune.Value == '*');
            star = rune.Value == '*';
        }

        if (term.Length > 0) Add(openEnd: false);
        return [.. terms.Select((one, i) => one.IsHangul ? one with { Text = one.Stem(isLast: i == terms.Count - 1) } : one)];

        void Add(bool openEnd)
        {
            terms.Add(new SearchTerm(term.ToString().ToLowerInvariant(), star, openEnd));
            term.Clear();
        }
    }

    private string Stem(bool isLast)
    {
        var particle = Particles.Concat(isLast ? [] : LinkingParticles).FirstOrDefault(
            particle => Text.EndsWith(particle, StringComparison.Ordinal));
        return particle is not null && Text.Length - particle.Length >= LeastStem ? Text[..^particle.Length] : Text;
    }

    private static bool IsWordRune(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    private static bool IsSyllable(char c) => c is >= '가' and <= '힣';

    // Hangul; Han, Hiragana, Katakana; Thai, Lao, Myanmar, Khmer.
    private static bool IsUnboundedScript(int rune) => rune
        is >= 0xAC00 and <= 0xD7A3 or >= 0x1100 and <= 0x11FF or >= 0x3130 and <= 0x318F
        or >= 0x3040 and <= 0x30FF or >= 0x31F0 and <= 0x31FF or >= 0x3400 and <= 0x4DBF or >= 0x4E00 and <= 0x9FFF
        or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x323AF
        or >= 0x0E00 and <= 0x0EFF or >= 0x1000 and <= 0x109F or >= 0x1780 and <= 0x17FF;
}
