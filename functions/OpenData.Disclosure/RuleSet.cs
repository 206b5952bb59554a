using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace OpenData.Disclosure;

/// <summary>All rules, read once from the JSON files in this assembly and made ready to match.</summary>
public sealed class RuleSet
{
    private const string Folder = "OpenData.Disclosure/Rules/";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly Lazy<RuleSet> Loaded = new(() => new RuleSet(ReadAll()));

    private readonly FrozenDictionary<int, CompiledLayout[]> _layouts;

    /// <summary>Makes rules ready.</summary>
    /// <exception cref="FormatException">A rule has neither groups nor pattern, or names a check that does not exist.</exception>
    public RuleSet(IReadOnlyList<DisclosureRule> rules)
    {
        Rules = rules;
        foreach (var rule in rules)
        {
            if (rule.Groups.Count == 0 && rule.Pattern is null)
            {
                throw new FormatException($"The rule {rule.Kind} has neither groups nor a pattern.");
            }

            if (rule.Check is { } check && !Checks.Exists(check))
            {
                throw new FormatException($"The rule {rule.Kind} names a check {check} that does not exist.");
            }
        }

        _layouts = rules
            .SelectMany((rule, index) => rule.Groups.Select(groups => new CompiledLayout(index, Lengths(groups))))
            .GroupBy(layout => layout.Lengths[0])
            .ToFrozenDictionary(group => group.Key, group => group.ToArray());
        Patterns = [.. rules.Index().Where(one => one.Item.Pattern is not null)
            .Select(one => new CompiledPattern(one.Index, one.Item.Needs, one.Item.Pattern!, ContextOf(one.Item)))];
    }

    /// <summary>The rules of this release.</summary>
    public static RuleSet Default => Loaded.Value;

    /// <summary>The rules.</summary>
    public IReadOnlyList<DisclosureRule> Rules { get; }

    internal IReadOnlyList<CompiledPattern> Patterns { get; }

    /// <summary>The layouts whose first group has so many digits.</summary>
    internal ReadOnlySpan<CompiledLayout> LayoutsBeginning(int digits) => _layouts.TryGetValue(digits, out var layouts) ? layouts : [];

    private static int[] Lengths(string groups) => [.. groups.Split('-').Select(length => int.Parse(length, CultureInfo.InvariantCulture))];

    private static List<DisclosureRule> ReadAll()
    {
        var assembly = typeof(RuleSet).Assembly;
        var rules = new List<DisclosureRule>();
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal));
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            rules.AddRange(JsonSerializer.Deserialize<DisclosureRule[]>(stream, Json)!);
        }

        return rules;
    }

    internal sealed record CompiledLayout(int Rule, int[] Lengths);

    /// <summary>
    /// A pattern ready to match; with a context, it is tried only where the heading speaks for it or the text has one of these words.
    /// </summary>
    internal sealed class CompiledPattern(int rule, TextCounts needs, string pattern, SearchValues<string>? context)
    {
        // Compiling costs some milliseconds, which pay for themselves after so many texts.
        private const int TriesBeforeCompiling = 5_000;

        private Regex _regex = new(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        private int _tries;

        public int Rule => rule;

        public TextCounts Needs => needs;

        public SearchValues<string>? Context => context;

        public Regex.ValueMatchEnumerator Matches(ReadOnlySpan<char> text)
        {
            if (_tries < TriesBeforeCompiling && Interlocked.Increment(ref _tries) == TriesBeforeCompiling)
            {
                _regex = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.Compiled, TimeSpan.FromSeconds(1));
            }

            return _regex.EnumerateMatches(text);
        }
    }

    // Weak matches of a rule that no share and no table can raise count with a heading or a context only.
    private static SearchValues<string>? ContextOf(DisclosureRule rule) =>
        rule is { Strength: MatchStrength.Weak, Share: 0, InTablesOfPersons: false }
            ? SearchValues.Create([.. rule.Context], StringComparison.OrdinalIgnoreCase)
            : null;
}
