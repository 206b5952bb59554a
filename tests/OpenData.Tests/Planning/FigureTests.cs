using OpenData.Planning.Figures;

namespace OpenData.Tests.Planning;

/// <summary>Every figure of the scenario against the answer computed by hand.</summary>
public class FigureTests(PlanningScenario scenario) : IClassFixture<PlanningScenario>
{
    [Fact]
    public void Demand_weighs_groups_by_their_respondents_and_estimates_a_small_cell_from_the_others()
    {
        // The three requesters of group a were not surveyed, and unverified voices weigh nothing.
        Assert.Equal(
            ["A 0.6 7 null", "B 0.4 10 0"], scenario.Lines("respondents", "group_en", "weight", "respondents", "unverified_people"));
        // rivers: 6 of 7 and a hidden cell of 10; its least share is 7 of 17, which would make it 4.1, but it is 4 at most: 0.6 x 6/7 + 0.4
        // x 4/10
        Assert.Equal(
            ["rivers 0.6743 7 10 2 1", "rails 0.24 6 6 1 1"],
            scenario.Lines("demand", "candidate_id", "demand", "supporters_least", "supporters_most", "groups_for", "best_rank")[..2]);
        Assert.Equal(
            ["A 6 6 7 0.8571 1", "B 1 4 10 0.4 2"],
            scenario
                .Lines(
                    "demand_by_group",
                    "candidate_id",
                    "group_en",
                    "supporters_least",
                    "supporters_most",
                    "respondents",
                    "share",
                    "rank_in_group")
                .Where(line => line.StartsWith("rivers ", StringComparison.Ordinal)).Select(line => line[7..]));
    }

    [Fact]
    public void Priority_follows_the_formula_and_leaves_out_a_council_of_four()
    {
        // rivers: (0.4 x 0.674286 + 0.2 x 1 + 0.25 x 0.8 + 0.15 x 0.6) x (1 - 0.2) x 0.5; it is promised, so it is no new proposal.
        // rails: 0.4 x 0.24 x 0.4, the least factor of any that was scored
        Assert.Equal(["1 rails 0.0384"], scenario.Lines("release", "rank", "candidate_id", "priority"));
        Assert.Equal(
            ["new rails 0.0384 0.4", "promised rivers 0.3039 0.4"],
            scenario.Lines("priority", "standing", "candidate_id", "priority", "factor")[..2]);
        Assert.Contains("not scored by the council", scenario.Lines("release", "reason_en")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_used_with_faults_is_to_be_fixed_and_what_is_unused_reviewed()
    {
        Assert.Equal(
            ["parks@y 1 renew it: 10 days old, declared daily; declare a key (ingest.key) in dataset.json, declare an update frequency "
                + "and keep to it (data quality 0.60)"],
            scenario.Lines("fix", "dataset_id", "uses", "reason_en"));
        Assert.Equal(["old@x 2026-01-01 90"], scenario.Lines("review", "dataset_id", "published_on", "days"));
        Assert.Equal(["old@x"], scenario.Lines("unused_datasets", "dataset_id"));
    }

    [Fact]
    public void What_was_refused_is_listed_with_its_reason_and_nothing_is_late_on_the_quarters_last_day()
    {
        Assert.Equal(["Title two not-held 1"], scenario.Lines("refused", "name_en", "refusal", "data_requests"));
        Assert.Empty(scenario.Figures["late"]);
    }

    [Fact]
    public void Targets_packages_plans_and_stages_are_counted()
    {
        Assert.Equal(["2026 2 2 1 0.5"], scenario.Lines("targets", "year", "target", "items", "released", "released_share"));
        Assert.Equal(["P 2 1 0.5"], scenario.Lines("packages", "name_en", "items", "released", "complete_share"));
        Assert.Equal(
            ["Plan 2 2 1 1 0.5"],
            scenario.Lines("plans", "name_en", "items", "due", "due_and_released", "released_in_time", "released_share"));
        // Three items, two other datasets and two requests; two were supported, one was scored, two promised, three released, two used.
        Assert.Equal(
            ["proposed 7", "surveyed 2", "scored 1", "selected 0", "promised 2", "released 3", "used 2"],
            scenario.Lines("funnel", "stage", "candidates"));
    }

    [Fact]
    public void Surveys_are_listed_and_every_name_was_found()
    {
        Assert.Equal(["surveys/one.csv 17 2"], scenario.Lines("surveys", "name_en", "respondents", "groups_heard"));
        Assert.Empty(scenario.Figures["names"]);
    }

    [Fact]
    public void The_plan_is_measured_by_area_quarter_and_item()
    {
        Assert.Equal(
            ["Ways 2 2 1 0.5 11"],
            scenario.Lines("plan_by_area", "area_en", "items", "due", "released", "released_share", "first_year_uses"));
        Assert.Equal(
            ["2026-Q1 1 1 1 11", "2026-Q2 1 0 0 0"],
            scenario.Lines("plan_by_quarter", "quarter", "items", "released", "released_in_time", "first_year_uses"));
        Assert.Equal(
            ["Roads released 2026-03-15 11", "Rivers due now null null"],
            scenario.Lines("plan_items", "name_en", "state", "released_on", "first_year_uses"));
    }

    [Fact]
    public void Searches_in_vain_are_shown_only_for_five_people_on_a_day()
    {
        Assert.Equal(["river 6 6 6"], scenario.Lines("unmet_searches", "term", "unmet_searches", "searcher_days", "people_at_least"));
        Assert.DoesNotContain("kim", scenario.Json + scenario.Html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Requests_are_counted_by_decision_reason_and_time()
    {
        // The one that is open was due on 24 June: ten working days after the 10th.
        Assert.Equal(
            ["3 1 1 1 1 1 0"],
            scenario.Lines("requests", "opened", "accepted", "refused", "released", "backlog", "overdue", "in_mediation"));
        Assert.Equal(["null 3 2 1 1"], scenario.Lines("requests_by_agency", "agency", "opened", "decided", "backlog", "overdue"));
        Assert.Equal(["not-held 1"], scenario.Lines("refusals", "refusal", "refused"));
        Assert.Equal(["10 2 0.3333 12 18.4 1 20 20"], scenario.Lines("decision_times",
            "deadline_days",
            "decided",
            "within_deadline",
            "decision_days_median",
            "decision_days_p90",
            "released",
            "release_days_median",
            "release_days_p90"));
    }

    [Fact]
    public void Use_is_counted_by_day_quarter_agency_theme_and_dataset()
    {
        // Users: six on the last day and one, a small count, on the day before, which is neither shown nor in any sum.
        Assert.Equal(
            ["90 29 6 7 5 570 6 0.07 1 1"],
            scenario.Lines(
                "totals",
                "days",
                "requests",
                "views",
                "calls",
                "downloads",
                "rows",
                "user_days",
                "mean_daily_users",
                "refused",
                "bot_requests"));
        Assert.Equal(
            ["2026-06-29 UTC 1 null", "2026-06-30 UTC 28 6"], scenario.Lines("use_by_day", "day", "zone", "requests", "users")[^2..]);
        Assert.Equal(
            ["2025-Q2 6 0 0 0 null 0", "2025-Q3 1 4 null null null 0", "2026-Q2 90 29 6 0.07 6.25 7"],
            scenario.Lines("use_by_quarter", "quarter", "days", "requests", "user_days", "mean_daily_users", "growth", "days_compared"));
        Assert.Equal(["x 17 3.25 6", "y 1 null null"], scenario.Lines("use_by_agency", "agency", "requests", "growth", "user_days"));
        Assert.Equal(["green 1 null null"], scenario.Lines("use_by_theme", "theme", "requests", "growth", "user_days"));
        Assert.Equal(
            ["roads@x 17 6 6 5 0.8333", "parks@y 1 0 1 0 null", "old@x 0 0 0 0 null"],
            scenario.Lines("use_by_dataset", "dataset_id", "requests", "views", "calls", "downloads", "conversion"));
        Assert.Equal(
            ["roads@x 11 4 1.75", "parks@y 1 0 null"],
            scenario.Lines("growth_by_dataset", "dataset_id", "uses", "uses_year_before", "growth"));
        Assert.Equal(
            ["roads@x length 0 5", "roads@x name 5 0"], scenario.Lines("fields_used", "dataset_id", "field", "selected", "filtered"));
    }

    [Fact]
    public void Concentration_is_the_Gini_coefficient_the_top_tenth_and_the_unused()
    {
        // Parks was not yet public on all of the 90 days, so one of two is unused. uses 0, 1, 11: Gini = (-2 x 0 + 0 x 1 + 2 x 11) / (3 x
        // 12)
        Assert.Equal(
            ["3 12 0.6111 0.9167 1 0.5"],
            scenario.Lines("concentration", "datasets", "uses", "gini", "top_tenth_share", "unused", "unused_share"));
        Assert.Equal(
            ["downloads 0 2", "downloads 1-99 1", "downloads 100-999 0", "downloads >= 1000 0", "API user-days >= 100 0"],
            scenario.Lines("usage_buckets", "bucket", "datasets"));
    }

    [Fact]
    public void Freshness_uploads_repair_and_formats()
    {
        Assert.Equal(["daily 2 0 0", "monthly 1 1 1"], scenario.Lines("freshness", "frequency", "datasets", "on_time", "on_time_share"));
        Assert.Equal(["x 3 2 1 0.6667", "y 2 1 1 0.5"], scenario.Lines("uploads", "agency", "uploads", "published", "rejected", "success"));
        Assert.Equal(
            ["x 1 1 3 0", "y 1 0 null 1"], scenario.Lines("repair", "agency", "rejected", "repaired", "repair_days_median", "still_open"));
        Assert.Equal(
            ["csv 2 0.4 True", "unknown 2 0.4 False", "xlsx 1 0.2 False"],
            scenario.Lines("formats", "format", "files", "share", "open_format").Order(StringComparer.Ordinal));
        Assert.Equal(["5 0.6 0.4"], scenario.Lines("format_shares", "files", "machine_readable_share", "open_format_share"));
    }

    [Fact]
    public void Quality_is_the_mean_of_an_agencys_datasets()
    {
        // MQA: 195 points that every published dataset has, and 30 for a theme. Data: complete 30, valid 30, no key 0, and roads alone are
        // fresh, 20.
        Assert.Equal(["x 2 195 0.7", "y 1 225 0.6"], scenario.Lines("quality", "agency", "datasets", "metadata_points", "data_quality"));
    }

    [Fact]
    public void Feedback_is_counted_where_it_may_be_and_hidden_or_later_feedback_is_not()
    {
        Assert.Equal(
            ["roads@x 5 3 0 null", "old@x 0 null 5 0"],
            scenario.Lines("feedback", "dataset_id", "raters", "rating", "problems_reported", "reuse_cases"));
    }

    [Fact]
    public void The_first_report_of_its_kind_has_no_changes() => Assert.Empty(scenario.Figures["changes"]);

    [Fact]
    public void Every_figure_is_compared_with_a_known_answer()
    {
        var asked = CompiledTexts.Of(typeof(FigureTests)).ToHashSet(StringComparer.Ordinal);

        Assert.All(Figure.All, figure => Assert.Contains(figure.Name, asked));
    }

    [Fact]
    public void The_planners_files_are_listed_and_nothing_was_wrong_with_them() =>
        Assert.Equal(
            ["council/one.csv 9 0 0", "plan.json 3 0 0", "surveys/one.csv 17 0 0"],
            scenario.Lines("planning_files", "path", "rows_used", "errors", "warnings"));

    [Fact]
    public async Task The_editions_are_daily_quarterly_and_of_the_plan()
    {
        Assert.Contains("\"first_day\": \"2026-04-02\"", scenario.Json, StringComparison.Ordinal);
        Assert.Contains("\"first_day\": \"2026-04-01\"", await scenario.ReadAsync("2026-Q2/report.json"), StringComparison.Ordinal);
        Assert.Contains("\"first_day\": \"2026-01-01\"", await scenario.ReadAsync("plan-2026-2028/report.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_figure_has_a_title_and_a_definition_in_both_languages_and_headings_for_its_columns()
    {
        Assert.All(Figure.All, figure =>
        {
            Assert.Matches("[가-힣]", figure.Title.Ko);
            Assert.Matches("[가-힣]", figure.Definition.Ko);
            Assert.DoesNotMatch("[가-힣]", figure.Title.En + figure.Definition.En);
            Assert.True(figure.Definition.En.Length > 40, figure.Name);
        });
        Assert.DoesNotContain("candidate id", scenario.Html, StringComparison.Ordinal);
    }
}
