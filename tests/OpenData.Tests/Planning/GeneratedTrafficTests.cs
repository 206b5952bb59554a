using System.Globalization;
using System.Text.Json;
using OpenData.Planning.Editions;
using OpenData.Usage;
using static OpenData.Tests.Planning.GeneratedTraffic;
using static OpenData.Tests.Planning.UsageSums;

namespace OpenData.Tests.Planning;

/// <summary>
/// Every figure of generated use and demand computed a second time in plain C#, from the raw events and rows and without a line of the
/// report's SQL.
/// </summary>
public sealed class GeneratedTrafficTests(GeneratedTraffic traffic) : IClassFixture<GeneratedTraffic>
{
    [Fact]
    public void Use_is_the_same_counted_twice()
    {
        var now = Counted.Where(one => one.Day >= First).ToList();
        var pairs = Counted.Select(one => one.Day).Distinct().Where(day => day < First).ToDictionary(day => day.AddDays(364), day => day);
        var compared = now.Where(one => pairs.ContainsKey(one.Day)).ToList();
        var before = Counted.Where(one => one.Day < First).ToList();
        double days = Edition.DailyWindow;

        Same("totals", ["requests", "views", "calls", "downloads", "rows", "user_days", "mean_daily_users", "refused", "bot_requests"],
            [[
                .. Sums(now),
                Round(VisibleDays(now) / days, 2),
                traffic.Events.Count(one => one.Day >= First && one.Event is { Bot: false, Status: >= 400 }),
                traffic.Events.Count(one => one.Day >= First && one.Event.Bot),
            ]]);
        Same("use_by_day", ["day", "requests", "views", "calls", "downloads", "rows", "users"],
            now
                .GroupBy(one => one.Day)
                .OrderBy(day => day.Key)
                .Select(day => (object?[])[Text(day.Key), .. Sums(day)[..^1], People(Users(day))]));
        Same("use_by_agency", ["agency", "requests", "views", "calls", "downloads", "rows", "user_days", "mean_daily_users", "growth"],
            By(one => one.Event.DatasetId is { } id ? [id.Split('@')[1]] : []));
        Same("use_by_theme", ["theme", "requests", "views", "calls", "downloads", "rows", "user_days", "mean_daily_users", "growth"],
            By(one => one.Event.DatasetId is { } id ? Themes(Number(id)) : []));
        Same("use_by_dataset", [
            "dataset_id", "requests", "views", "calls", "downloads", "rows", "user_days", "mean_daily_users", "conversion"
        ],
            from i in Enumerable.Range(0, Datasets)
            let used = now.Where(one => one.Event.DatasetId == Dataset(i)).ToList()
            let viewers = ViewersWhoFetched(used)
            select (object?[])[
                Dataset(i),
                .. Sums(used)[..^1],
                Summed(used),
                Summed(used) is { } people ? Round(people / days, 2) : null,
                viewers.Viewers == 0 ? null : Round(viewers.Fetched / viewers.Viewers, 4),
            ]);
        Same("use_by_quarter", ["quarter", "requests", "user_days", "growth"],
            from quarter in Counted.GroupBy(one => (one.Day.Year, Quarter: (one.Day.Month + 2) / 3)).OrderBy(quarter => quarter.Key)
            let after = quarter.Count(one => pairs.ContainsKey(one.Day))
            let earlier = before.Count(one => quarter.Any(other => other.Day == one.Day.AddDays(364)))
            select (object?[])[
                $"{quarter.Key.Year}-Q{quarter.Key.Quarter}",
                quarter.Count(),
                Summed(quarter),
                earlier == 0 ? null : Round(after / (double)earlier - 1, 4),
            ]);
        Same("growth_by_dataset", ["dataset_id", "uses", "uses_year_before", "growth"],
            from i in Enumerable.Range(0, Datasets)
            let uses = compared.Count(one => one.Event.DatasetId == Dataset(i) && IsUse(one.Event))
            let usesBefore = before.Count(one => one.Event.DatasetId == Dataset(i) && IsUse(one.Event))
            where uses + usesBefore > 0
            select (object?[])[Dataset(i), uses, usesBefore, usesBefore == 0 ? null : Round(uses / (double)usesBefore - 1, 4)]);
        Same("fields_used", ["dataset_id", "field", "selected", "filtered"],
            from i in Enumerable.Range(0, Datasets)
            let asked = now.Where(one => one.Event.DatasetId == Dataset(i) && one.Event.Fields is not null).ToList()
            where asked.Count > 0
            select (object?[])[Dataset(i), "one", asked.Count, asked.Count(one => one.Event.Filters is not null)]);

        IEnumerable<object?[]> By(Func<(DateOnly, UsageEvent Event), string[]> keys) =>
            from key in now.SelectMany(one => keys(one)).Distinct()
            let used = now.Where(one => keys(one).Contains(key)).ToList()
            let usedBefore = before.Count(one => keys(one).Contains(key))
            select (object?[])[
                key,
                .. Sums(used)[..^1],
                Summed(used),
                Summed(used) is { } people ? Round(people / days, 2) : null,
                usedBefore == 0 ? null : Round(compared.Count(one => keys(one).Contains(key)) / (double)usedBefore - 1, 4),
            ];
    }

    [Fact]
    public void Concentration_and_what_nobody_uses_are_the_same_counted_twice()
    {
        var unused = Enumerable.Range(0, Datasets).Count(i => !Counted.Any(one => one.Day >= First && one.Event.DatasetId == Dataset(i)));
        var uses = Enumerable.Range(0, Datasets)
            .Select(i => (long)Counted.Count(one => one.Day >= First && one.Event.DatasetId == Dataset(i) && IsUse(one.Event)))
            .Order()
            .ToList();
        double all = uses.Sum();
        // By its definition: half the mean difference of all pairs, over the mean.
        var gini = uses.SelectMany(a => uses, (a, b) => Math.Abs(a - b)).Sum() / (2.0 * uses.Count * all);
        Same("concentration", ["datasets", "uses", "gini", "top_tenth_share", "unused", "unused_share"],
            [[
                Datasets,
                all,
                Round(gini, 4),
                Round(uses.TakeLast(Datasets / 10).Sum() / all, 4),
                unused,
                Round(unused / (double)Datasets, 4),
            ]]);
        Assert.Contains(0, uses);

        var downloads = Enumerable.Range(0, Datasets)
            .Select(
                i => Counted.Count(
                    one => one.Day >= First && one.Event.DatasetId == Dataset(i)
                        && (one.Event.Kind is UsageKind.Export or UsageKind.Download)))
            .ToList();
        var apiUsers = Enumerable.Range(0, Datasets).Count(
            i => UserDays(
                Counted.Where(one => one.Day >= First && one.Event.DatasetId == Dataset(i) && one.Event.Kind == UsageKind.Records)) >= 100);
        Same("usage_buckets", ["bucket", "datasets"],
            [
                ["downloads 0", downloads.Count(n => n == 0)], ["downloads 1-99", downloads.Count(n => n is > 0 and < 100)], [
                    "downloads 100-999",
                    downloads.Count(n => n is >= 100 and < 1000),
                ],
                ["downloads >= 1000", downloads.Count(n => n >= 1000)], ["API user-days >= 100", apiUsers],
            ]);
        Assert.True(apiUsers > 0);
    }

    [Fact]
    public void Searches_in_vain_are_the_same_counted_twice()
    {
        var terms = Counted.Where(one => one.Day >= First && one.Event is { Search: not null, Hits: 0 })
            .GroupBy(one => one.Event.Search!.Trim().ToLowerInvariant())
            .ToList();
        var shown = terms.Where(term => term.GroupBy(one => one.Day).Max(day => Users(day)) >= 5).ToList();
        Assert.InRange(shown.Count, 1, terms.Count - 1);
        Same(
            "unmet_searches",
            ["term", "unmet_searches", "searcher_days", "people_at_least"],
            shown.Select(
                term => (object?[])[term.Key, term.Count(), VisibleDays(term), term.GroupBy(one => one.Day).Max(day => Users(day))]));
    }

    [Fact]
    public void Demand_and_priority_are_the_same_counted_twice()
    {
        var respondents = Groups.ToDictionary(
            group => group.Id,
            group => traffic.Survey.Where(row => row.Group == group.Id).Select(row => row.Respondent).Distinct().Count()
                + traffic.Forum
                    .Where(row => row.Group == group.Id)
                    .GroupBy(row => row.Meeting)
                    .Sum(meeting => meeting.Max(row => row.Participants)));
        Same("respondents", ["group_en", "respondents"], Groups.Select(group => (object?[])[group.Id, People(respondents[group.Id])]));
        Assert.Contains(respondents, group => group.Value < 5);

        var cells = (from item in Items
                     from @group in Groups
                     where respondents[@group.Id] >= 5
                     let count = traffic.Survey
                         .Where(row => row.Group == @group.Id && row.Candidate == item)
                         .Select(row => row.Respondent)
                         .Distinct()
                         .Count() + traffic.Forum.Where(row => row.Group == @group.Id && row.Candidate == item).Sum(row => row.Supporters)
                     select (Item: item, Group: @group.Id, @group.Weight, Supporters: count, People: respondents[@group.Id])).ToList();
        var estimates = cells.ToDictionary(cell => (cell.Item, cell.Group), cell =>
        {
            var same = cells.Where(other => other.Item == cell.Item).ToList();
            var share = same.Sum(other => other.Supporters is > 0 and < 5 ? 1.0 : other.Supporters) / same.Sum(other => other.People);
            return (cell.Supporters is > 0 and < 5 ? Math.Clamp(share * cell.People, 1, 4) : cell.Supporters) / cell.People;
        });
        double Share((string Item, string Group, double, int, int) cell) => estimates[(cell.Item, cell.Group)];
        Same("demand_by_group", [
            "candidate_id", "group_en", "supporters_least", "supporters_most", "respondents", "share", "rank_in_group"
        ], cells.Select(cell =>
            (object?[])[
            cell.Item, cell.Group, People(cell.Supporters)
                ?? 1, People(cell.Supporters) ?? 4, respondents[cell.Group], Round(Share(cell), 4), 1 + cells.Count(
                other => other.Group == cell.Group && Share(other) > Share(cell))]));
        Assert.Contains(cells, cell => cell.Supporters is > 0 and < 5);

        var demand = Items.ToDictionary(
            item => item, item => cells.Where(cell => cell.Item == item).Sum(cell => cell.Weight * Share(cell)));
        Same("demand", [
            "candidate_id", "rank", "demand", "supporters_least", "supporters_most", "groups_for", "spread"
        ], Items.Select(item =>
            (object?[])[
            item, 1 + demand.Values.Count(other => other > demand[item] + 1e-9), Round(demand[item], 4), cells
                .Where(cell => cell.Item == item)
                .Sum(cell => People(cell.Supporters) ?? 1), cells
                    .Where(cell => cell.Item == item)
                    .Sum(cell => People(cell.Supporters) ?? 4), cells.Count(cell => cell.Item == item && cell.Supporters > 0),
            Round(cells.Where(cell => cell.Item == item).Max(Share) - cells.Where(cell => cell.Item == item).Min(Share), 4)]));

        var unmet = Items.ToDictionary(item => item, item =>
            Counted.Where(
                one => one.Day >= First && one.Event is { Hits: 0, Search: { } term } && term.Contains(item, StringComparison.Ordinal))
            .GroupBy(one => one.Event.Search)
            .Where(term => term.GroupBy(one => one.Day).Max(day => Users(day)) >= 5).Sum(VisibleDays));
        var most = unmet.Values.Max();
        Assert.True(most > 0);
        var factors = Items.Select(item => traffic.Council.Where(row => row.Candidate == item).ToList()).Where(scores => scores.Count >= 5)
            .Select(scores => (1 - scores.Average(row => row.Risk) / 10) * scores.Average(row => row.Readiness) / 10).ToList();
        double[] weights = [0.4, 0.2, 0.25, 0.15];
        var ranks = new List<Dictionary<string, int>>();
        var priority = Ranked(weights);
        for (var moved = 0; moved < weights.Length; moved++)
        {
            foreach (var by in new[] { 0.8, 1.2 })
            {
                Ranked(
                    [.. weights.Select(
                        (weight, i) => i == moved ? weight * by : weight * (1 - weights[moved] * by) / (1 - weights[moved]))]);
            }
        }

        Same("priority", ["candidate_id", "priority", "unmet_search", "rank_best", "rank_worst", "top10_share"],
            Items.Select(
                item => (object?[])[
                    item,
                    Round(priority[item], 4),
                    Round(unmet[item] / most, 4),
                    ranks.Min(rank => rank[item]),
                    ranks.Max(rank => rank[item]),
                    Round(ranks.Average(rank => rank[item] <= 10 ? 1.0 : 0), 4),
                ]));
        Assert.Contains(Items, item => ranks.Min(rank => rank[item]) < ranks.Max(rank => rank[item])); // or the moves would prove nothing

        Dictionary<string, double> Ranked(double[] w)
        {
            var scored = Items.ToDictionary(item => item, item =>
            {
                var scores = traffic.Council.Where(row => row.Candidate == item).ToList();
                var heard = scores.Count >= 5;
                double Mean(Func<(string, string, int Value, int Urgency, int Risk, int Readiness), int> score, double otherwise) =>
                    heard ? scores.Average(score) / 10 : otherwise;
                return Round(
                    (w[0] * demand[item] + w[1] * unmet[item] / most + w[2] * Mean(row => row.Value, 0)
                        + w[3] * Mean(row => row.Urgency, 0))
                            * (heard ? (1 - Mean(row => row.Risk, 0)) * Mean(row => row.Readiness, 0) : factors.Min()),
                    6);
            });
            ranks.Add(Items.ToDictionary(item => item, item => 1 + scored.Values.Count(other => other > scored[item])));
            return scored;
        }
    }

    [Fact]
    public void No_small_number_of_users_follows_from_a_total_and_its_days()
    {
        var days = traffic.Figures["use_by_day"];
        Assert.Contains(days, day => day.GetProperty("users").ValueKind == JsonValueKind.Null);
        var shown = days
            .Where(day => day.GetProperty("users").ValueKind != JsonValueKind.Null)
            .Sum(day => day.GetProperty("users").GetInt64());

        Assert.Equal(shown, traffic.Figures["totals"][0].GetProperty("user_days").GetInt64());
    }

    private IEnumerable<(DateOnly Day, UsageEvent Event)> Counted =>
        traffic.Events.Where(one => one.Event is { Bot: false, Status: < 400, Kind: not UsageKind.Health });

    // Compares rows by their columns, whatever their order.
    private void Same(string figure, string[] columns, IEnumerable<object?[]> expected)
    {
        var actual = traffic.Figures[figure]
            .Select(row => string.Join(' ', columns.Select(column => Shown(row.GetProperty(column)))))
            .Order(StringComparer.Ordinal);
        Assert.Equal(expected.Select(row => string.Join(' ', row.Select(Shown))).Order(StringComparer.Ordinal), actual);
    }

    private static string Shown(object? value) => value switch
    {
        null or JsonElement { ValueKind: JsonValueKind.Null } => "null",
        JsonElement { ValueKind: JsonValueKind.Number } number => Shown(number.GetDouble()),
        JsonElement element => element.ToString(),
        string text => text,
        _ => Convert.ToDouble(value, CultureInfo.InvariantCulture).ToString("0.######", CultureInfo.InvariantCulture),
    };
}
