using System.Text;
using OpenData.Demand.Drops;
using OpenData.Demand.Plans;

namespace OpenData.Planning.Names;

/// <summary>
/// Finds the candidate that a name means: an item of the plan, a published dataset or a data request, by id, title, keyword, or what
/// planners have confirmed in <c>planning/names.csv</c>. Names are compared without spaces, punctuation and case, in Unicode's normal form
/// C. A name that fits two candidates equally well is taken for neither.
/// </summary>
internal sealed class CandidateIndex
{
    /// <summary>How alike two names must be, 0 to 1, for one to be proposed for the other.</summary>
    private const double NearEnough = 0.6;

    private const int MostNear = 3;

    private static readonly string[] Ways = ["id", "title", "keyword"]; // the first that finds one candidate decides

    private readonly Dictionary<(string Way, string Name), HashSet<string>> _known = [];
    private readonly Dictionary<string, string> _confirmed = new(StringComparer.Ordinal);
    private readonly List<(string Name, HashSet<string> Pairs)> _titles = [];

    /// <summary>Makes the index of a plan, the published datasets and the confirmed names. Requests are added one by one.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="datasets">The datasets by id, with their titles.</param>
    /// <param name="confirmed">What planners have confirmed.</param>
    public CandidateIndex(ReleasePlan plan, IEnumerable<(string Id, string Title)> datasets, IEnumerable<ConfirmedName> confirmed)
    {
        var itemOf = plan.Items.Where(item => item.DatasetId is not null).ToDictionary(
            item => item.DatasetId!, item => item.Id, StringComparer.Ordinal);
        foreach (var item in plan.Items)
        {
            Add("id", item.Id, item.Id);
            Add("title", item.Name.Ko, item.Id);
            Add("title", item.Name.En, item.Id);
            foreach (var keyword in item.Keywords) Add("keyword", keyword, item.Id);
        }

        foreach (var (id, title) in datasets)
        {
            var candidate = itemOf.GetValueOrDefault(id, id);
            Add("id", id, candidate);
            Add("title", title, candidate);
            Add("keyword", id.Split('@')[0], candidate);
        }

        foreach (var name in confirmed) _confirmed[Normal(name.Name)] = name.Means;
    }

    /// <summary>Adds a data request, unless its title is already known: then it is that candidate's.</summary>
    /// <returns>The candidate.</returns>
    public string AddRequest(string requestId, string title)
    {
        if (Resolve(title) is { IsKnown: true } match) return match.CandidateId;
        var candidate = "request:" + requestId;
        Add("id", requestId, candidate);
        Add("title", title, candidate);
        return candidate;
    }

    /// <summary>What a name means.</summary>
    public NameMatch Resolve(string name)
    {
        var normal = Normal(name);
        var way = "";
        if (_confirmed.TryGetValue(normal, out var means)) (normal, way) = (Normal(means), "confirmed");
        foreach (var how in Ways)
        {
            if (_known.TryGetValue((how, normal), out var found) && found.Count == 1)
            {
                return new NameMatch(found.First(), way.Length > 0 ? way : how, []);
            }
        }

        return new NameMatch("words:" + normal, "none", Near(normal));
    }

    /// <summary>A name without what spellings differ by: the form of letters, case, spaces and punctuation.</summary>
    public static string Normal(string name)
    {
        var normal = new StringBuilder(name.Length);
        foreach (var letter in UnicodeText.Nfc(name).ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(letter) || letter == '@') normal.Append(letter);
        }

        return normal.Length > 0 ? normal.ToString() : name.Trim();
    }

    private void Add(string way, string name, string candidate)
    {
        var normal = Normal(name);
        if (normal.Length == 0) return;
        if (!_known.TryGetValue((way, normal), out var found)) _known[(way, normal)] = found = new HashSet<string>(StringComparer.Ordinal);
        if (found.Add(candidate) && way != "keyword") _titles.Add((name, Pairs(normal)));
    }

    // The Sørensen–Dice coefficient of letter pairs (Dice, Ecology 26, 1945), which suits syllables of Hangul as well as letters.
    private List<string> Near(string normal)
    {
        var pairs = Pairs(normal);
        return
        [
            .. _titles.Select(title => (title.Name, Alike: 2.0 * title.Pairs.Count(pairs.Contains) / (title.Pairs.Count + pairs.Count)))
                .Where(title => title.Alike >= NearEnough)
                .OrderByDescending(title => title.Alike).ThenBy(title => title.Name, StringComparer.Ordinal)
                .Select(title => title.Name).Distinct().Take(MostNear),
        ];
    }

    private static HashSet<string> Pairs(string normal) =>
        normal.Length < 2 ? [normal] : [.. Enumerable.Range(0, normal.Length - 1).Select(i => normal.Substring(i, 2))];
}
