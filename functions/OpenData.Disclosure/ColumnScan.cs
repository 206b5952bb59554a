using System.Globalization;
using System.Text;

namespace OpenData.Disclosure;

/// <summary>
/// Looks through the cells of one column and weighs what it finds against its heading and against the rest of the column. Not safe for
/// several threads at once.
/// </summary>
public sealed class ColumnScan
{
    /// <summary>No rule reads a smaller whole number.</summary>
    public const long LeastNumber = 100_000_000;

    /// <summary>Cells that are read for whether they look like persons' names.</summary>
    private const int NamesRead = 2_000;

    private readonly RuleSet _rules;
    private readonly Evidence?[] _evidence;
    private readonly bool[] _headingSays;
    private readonly List<CellScan.Match> _matches = [];
    private char[] _buffer = new char[256];
    private long _cells, _names, _namesRead;

    internal ColumnScan(RuleSet rules, string heading)
    {
        _rules = rules;
        Heading = heading;
        Folded = Fold(heading);
        _evidence = new Evidence?[rules.Rules.Count];
        _headingSays = [.. rules.Rules.Select(rule => rule.Headings.Any(Says))];
        IsNameHeading = PersonHeadings.Default.IsName(Folded);
    }

    /// <summary>The column's heading as it was given.</summary>
    public string Heading { get; }

    /// <summary>Whether the cells look like names of private persons.</summary>
    internal bool HoldsNames => IsNameHeading && _namesRead > 0 && _names >= 0.7 * _namesRead;

    /// <summary>Cells that have a value.</summary>
    internal long Cells => _cells;

    /// <summary>The heading without spaces and marks, in lower case.</summary>
    internal string Folded { get; }

    private bool IsNameHeading { get; }

    /// <summary>Takes cells that hold nothing a rule could match; they count as the rest of the column.</summary>
    public void Skip(long cells) => _cells += cells;

    /// <summary>Takes a text.</summary>
    /// <param name="cell">The text, UTF-8.</param>
    /// <param name="count">How many cells hold it.</param>
    public void Text(ReadOnlySpan<byte> cell, long count = 1)
    {
        _cells += count;
        if (IsNameHeading && _namesRead < NamesRead && cell.Length is > 0 and < 64)
        {
            _namesRead += count;
            if (PersonHeadings.Default.LooksLikeName(FoldedText.Of(Encoding.UTF8.GetString(cell)))) _names += count;
        }

        if (TextFilter.MayHold(cell)) Read(FoldedText.Of(cell, ref _buffer), count);
    }

    /// <summary>
    /// Takes a whole number. One of 10 to 12 digits is also read as 13 digits whose leading zeros a spreadsheet dropped.
    /// </summary>
    /// <param name="value">The number.</param>
    /// <param name="count">How many cells hold it.</param>
    public void Number(long value, long count = 1)
    {
        _cells += count;
        if (value < LeastNumber) return;
        var digits = value.ToString(CultureInfo.InvariantCulture);
        Read(digits.Length is >= 10 and <= 12 && IsAbout("kr-resident-number") ? digits.PadLeft(13, '0') : digits, count);
    }

    /// <summary>What the column holds, by kind.</summary>
    /// <param name="inTableOfPersons">Whether its table describes persons.</param>
    internal IEnumerable<Finding> Findings(bool inTableOfPersons) =>
        from index in Enumerable.Range(0, _evidence.Length)
        let evidence = _evidence[index]
        where evidence is not null
        let rule = _rules.Rules[index]
        let cells = Weigh(rule, _headingSays[index], evidence, inTableOfPersons)
        where cells > 0
        group (rule, evidence, cells) by rule.Kind into kind
        let best = kind.MaxBy(one => one.cells)
        select new Finding(Heading, kind.Key, best.rule.English, best.rule.Korean, best.cells, best.evidence.Example, best.rule.Exceptable);

    /// <summary>A heading as rules spell their words: folded, lower case, without spaces, underscores and marks.</summary>
    internal static string Fold(string heading) =>
        new string([.. FoldedText.Of(UnicodeText.Nfc(heading)).Where(char.IsLetterOrDigit)]).ToLowerInvariant();

    private bool IsAbout(string kind) => _rules.Rules.Any(rule => rule.Kind == kind && rule.Headings.Any(Folded.Contains));

    private void Read(ReadOnlySpan<char> folded, long count)
    {
        _matches.Clear();
        CellScan.Read(_rules, folded, _headingSays, _matches);
        if (_matches.Count == 0) return;
        var lower = folded.ToString().ToLowerInvariant();
        foreach (var group in _matches.GroupBy(match => match.Rule))
        {
            var rule = _rules.Rules[group.Key];
            var evidence = _evidence[group.Key] ??= new Evidence(Masked.Of(group.First().Text));
            var best = group.MaxBy(match => match.Strength);
            var isOther = rule.OtherContext.Any(lower.Contains);
            var inContext = !isOther && rule.Context.Any(lower.Contains);
            if (best.Strength == MatchStrength.None) (best.IsWhole ? evidence.Whole : evidence.InText).Add(best.Strength, count);
            else if (inContext && !best.IsWhole) evidence.Certain += count;
            else if (best.IsBare) (best.IsWhole ? evidence.Whole : evidence.InText).Add(best.Strength, isOther ? 0 : count);
            else if (best.Strength == MatchStrength.Strong && !isOther) evidence.Certain += count;
            else if (best.IsWhole) evidence.Weak += count;
            else evidence.WeakInText += count;
        }
    }

    private long Weigh(DisclosureRule rule, bool headingSays, Evidence evidence, bool inTableOfPersons)
    {
        var whole = evidence.Weak + evidence.Whole.Passed;
        if (rule.OtherHeadings.Any(Folded.Contains))
        {
            // An identity number stays one under any heading, where most of the column passes its check digit and so is not what the
            // heading says.
            var strong = evidence.Certain + evidence.Whole.Strong;
            return rule is { Check: not null, Exceptable: false } && strong >= 5 && strong >= 0.5 * _cells ? strong : 0;
        }

        if (headingSays || inTableOfPersons && rule.InTablesOfPersons)
        {
            return evidence.Certain + whole + evidence.WeakInText + evidence.InText.Passed;
        }

        var found = evidence.Certain;
        if (rule.Check is not null && evidence.InText.AreMostlyStrong) found += evidence.InText.Passed;
        var isTrusted = rule.Check is null || evidence.Weak > 0 || evidence.Whole.AreMostlyStrong;
        return rule.Share > 0 && whole >= rule.Share * _cells && isTrusted ? found + whole : found;
    }

    // A word of up to three ASCII letters must stand at the heading's beginning or end, with little else: "ip" is not in "shipping".
    private bool Says(string word)
    {
        if (word.Length > 3 || !char.IsAsciiLetter(word[0])) return Folded.Contains(word, StringComparison.Ordinal);
        var isAtAnEnd = Folded.StartsWith(word, StringComparison.Ordinal) || Folded.EndsWith(word, StringComparison.Ordinal);
        return isAtAnEnd && Folded.Length <= word.Length + 7;
    }

    /// <summary>Cells in which a rule matched, by what the match is worth.</summary>
    private sealed class Evidence(string example)
    {
        public string Example { get; } = example;

        /// <summary>Matches that are findings by themselves or by their context.</summary>
        public long Certain { get; set; }

        /// <summary>Weak matches, with separators or letters, that are the whole cell.</summary>
        public long Weak { get; set; }

        /// <summary>Weak matches, with separators or letters, within a text.</summary>
        public long WeakInText { get; set; }

        /// <summary>Runs of digits that are the whole cell.</summary>
        public BareEvidence Whole { get; } = new();

        /// <summary>Runs of digits within a text.</summary>
        public BareEvidence InText { get; } = new();
    }

    /// <summary>
    /// Runs of digits in the layout of a rule, by how their check went: numbers of another kind pass it by chance only.
    /// </summary>
    private sealed class BareEvidence
    {
        private long _weak, _failed;

        public long Strong { get; private set; }

        public long Passed => Strong + _weak;

        public bool AreMostlyStrong => Strong > 0 && Strong >= _weak + _failed;

        public void Add(MatchStrength strength, long count)
        {
            if (strength == MatchStrength.Strong) Strong += count;
            else if (strength == MatchStrength.Weak) _weak += count;
            else _failed += count;
        }
    }
}
