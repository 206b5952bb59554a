using Microsoft.Extensions.Time.Testing;
using OpenData.Demand.Requests;
using OpenData.Lake;
using OpenData.Usage;

namespace OpenData.Tests.Planning;

/// <summary>Cases in which a report could mislead a council, each with its right answer computed by hand.</summary>
public class CaseTests
{
    private static readonly DateOnly Today = new(2026, 6, 30);

    [Fact]
    public async Task A_plan_with_a_typo_leaves_the_last_good_plan_and_all_survey_rows_in_use_and_page_one_says_what_to_mend()
    {
        var world = await CaseWorld.CreateAsync();
        var good = CaseWorld.Plan(["farmers"], ["rivers"]);
        await world.DropAsync("plan.json", good);
        await world.DropAsync("surveys/one.csv", "respondent,group,candidate\n" + CaseWorld.Survey("r", "farmers", 10, 6, "rivers"));
        await world.RunAsync(Today.AddDays(-1));
        var before = world.Lines("demand", "candidate_id", "demand", "supporters_least");

        await world.DropAsync(
            "plan.json", good.Replace("\"agency\":\"x\"", "\"agency\":\"x\",\"planned\":\"2026-5Q\"", StringComparison.Ordinal));
        await world.DropAsync("surveys/one.csv", "no header at all");
        await world.RunAsync(Today);

        Assert.Equal(["rivers 0.6 6"], before);
        Assert.Equal(before, world.Lines("demand", "candidate_id", "demand", "supporters_least"));
        Assert.Equal(["plan.json 1 1 True", "surveys/one.csv 10 1 True"], world
            .Lines("planning_files", "path", "rows_used", "errors", "kept_from")
            .Select(line => string.Join(' ', line.Split(' ')[..3]) + " " + !line.EndsWith("null", StringComparison.Ordinal)));
        Assert.Contains("class=\"rejected\" role=\"alert\"", world.Html, StringComparison.Ordinal);
        Assert.Contains("2026-5Q", world.Html, StringComparison.Ordinal);
        Assert.Contains("Write it like 2026-Q2.", world.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unverified_voices_weigh_nothing_unless_the_plan_says_so_and_hidden_requests_count_nowhere()
    {
        var world = await CaseWorld.CreateAsync();
        await world.DropAsync("surveys/one.csv", "respondent,group,candidate\n" + CaseWorld.Survey("r", "farmers", 200, 100, "rivers"));
        await world.DropAsync("plan.json", CaseWorld.Plan(["farmers"], ["rivers", "rails"]));
        var clock = new FakeTimeProvider(new DateTimeOffset(Today, new TimeOnly(9, 0), TimeSpan.Zero));
        var board = new RequestBoard(world.Storage, clock, LocalTime.Utc);
        var rails = await OpenAsync("rails");
        var spam = await OpenAsync("spam that is hidden");
        for (var i = 0; i < 80; i++)
        {
            if (i < 30) await board.SupportAsync(rails, "farmers", new Voice($"caller {i}"));
            if (i < 10) await board.SupportAsync(spam, "farmers", new Voice($"spammer {i}"));
        }

        for (var i = 0; i < 6; i++) await board.SupportAsync(rails, "farmers", new Voice($"citizen {i}", Verification.Verified));
        Assert.False((await board.SupportAsync(rails, "farmers", new Voice("citizen 0", Verification.Verified)))!.Value.Counted);
        await board.ChangeAsync(spam, new RequestChange(clock.GetUtcNow(), "planning", null, null, null, null, Moderation.Hidden, null));

        await world.RunAsync(Today);
        Assert.Equal(["farmers 200 6 31"], world.Lines("respondents", "group_en", "respondents", "verified_people", "unverified_people"));
        Assert.Equal(
            ["rivers 0.5 100 100 0", "rails 0 0 0 37"],
            world.Lines("demand", "candidate_id", "demand", "supporters_least", "supporters_most", "unweighed_least"));
        Assert.Equal(["1"], world.Lines("requests", "opened"));

        // (100 of 200) for rivers; for rails 6 of 206, once verified voices join.
        await world.DropAsync("plan.json", CaseWorld.Plan(["farmers"], ["rivers", "rails"], "\"voices\":{\"verified\":1},"));
        await world.RunAsync(Today);
        Assert.Equal(["rivers 0.4854 100", "rails 0.0291 6"], world.Lines("demand", "candidate_id", "demand", "supporters_least"));

        async Task<string> OpenAsync(string title) => (await board.OpenAsync(
            new DataRequest { RequestId = "", Title = title, Wanted = "words", Group = "farmers", OpenedAt = default },
            new Voice("requester"))).RequestId;
    }

    [Fact]
    public async Task Small_cells_turn_no_order_round_and_totals_are_brackets()
    {
        var world = await CaseWorld.CreateAsync();
        string[] groups = ["citizens", "academics", "g3", "g4", "g5", "g6"];
        await world.DropAsync("plan.json", CaseWorld.Plan(groups, ["many", "one", "spread", "five"]));
        var rows = CaseWorld.Survey("a", "citizens", 100, 20, "many") + CaseWorld.Survey("b", "academics", 6, 1, "one");
        foreach (var (i, group) in groups[2..].Index()) rows += CaseWorld.Survey($"c{i}", group, 20, 0, "");
        foreach (var (i, group) in groups.Index())
        {
            rows += CaseWorld.Survey(i == 0 ? "a" : i == 1 ? "b" : $"c{i - 2}", group, 4, 4, "spread");
        }

        rows += CaseWorld.Survey("c0", "g3", 5, 5, "five");
        await world.DropAsync("surveys/one.csv", "respondent,group,candidate\n" + rows);

        await world.RunAsync(Today);

        // one: a hidden cell of 6, at its least 1 of 186 people: 1 of 6. many: 20 of 100. All groups weigh 1/6.
        var demand = world.Lines("demand", "candidate_id", "demand", "supporters_least", "supporters_most", "rank_by_votes");
        Assert.Contains("many 0.0333 20 20 1", demand);
        Assert.Contains("one 0.0278 1 4 4", demand);
        Assert.True(
            demand.FindIndex(
                line => line.StartsWith("many", StringComparison.Ordinal)) < demand.FindIndex(
                    line => line.StartsWith("one", StringComparison.Ordinal)));
        Assert.Contains(
            demand, line => line.StartsWith("spread ", StringComparison.Ordinal) && line.EndsWith(" 6 24 2", StringComparison.Ordinal));
        Assert.Contains(
            demand, line => line.StartsWith("five ", StringComparison.Ordinal) && line.EndsWith(" 5 5 3", StringComparison.Ordinal));
        Assert.Contains("6–24", world.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Growth_compares_the_same_days_and_nothing_is_retired_on_fewer_days_than_the_list_names()
    {
        var world = await CaseWorld.CreateAsync();
        await TestDatasets.PublishAsync(
            world.Storage,
            "used@x",
            ["SELECT 1 AS one"],
            [TestDatasets.Field("one", FieldType.Int)],
            droppedAt: new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await TestDatasets.PublishAsync(
            world.Storage,
            "idle@x",
            ["SELECT 1 AS one"],
            [TestDatasets.Field("one", FieldType.Int)],
            droppedAt: new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var day = new UsageEvent { Time = default, Kind = UsageKind.Records, Status = 200, DatasetId = "used@x", Client = "a" };
        for (var i = 0; i < 83; i++) await world.LogAsync(Today.AddDays(-i), day, day); // constant use: two a day
        for (var i = 0; i < 6; i++) await world.LogAsync(Today.AddDays(-364 - i), day, day);

        await world.RunAsync(Today);
        Assert.Equal(["x null"], world.Lines("use_by_agency", "agency", "growth")); // six days are too few to compare
        Assert.Empty(world.Lines("review", "dataset_id")); // the log covers 89 days
        await world.LogAsync(Today.AddDays(-364 - 6), day, day);

        await world.RunAsync(Today);
        Assert.Equal(["x 0"], world.Lines("use_by_agency", "agency", "growth"));
        Assert.Equal(["2026-Q2 0 7"], world.Lines("use_by_quarter", "quarter", "growth", "days_compared")[^1..]);
        Assert.Equal(["idle@x 90"], world.Lines("review", "dataset_id", "days"));
        await world.RunAsync(new DateOnly(2026, 7, 1), "2026-Q3"); // the quarter's first day
        Assert.Equal(["idle@x 90"], world.Lines("review", "dataset_id", "days"));
    }

    [Fact]
    public async Task Copies_meetings_and_members_count_once_and_a_heavy_weight_makes_no_other_negative()
    {
        var world = await CaseWorld.CreateAsync();
        await world.DropAsync("plan.json", CaseWorld.Plan(
            ["farmers"], ["rivers"], "\"priority\":{\"demand\":0.9,\"unmet_search\":0.1,\"council\":0,\"urgency\":0},"));
        const string Forum = "date,group,candidate,participants,supporters\n2026-05-01,farmers,rivers,20,10\n";
        await world.DropAsync("forum/one.csv", Forum);
        await world.DropAsync("forum/copy.csv", Forum);
        await world.DropAsync("forum/again.csv", Forum + "2019-05-01,farmers,rivers,500,500\n");
        for (var session = 1; session <= 5; session++)
        {
            var rows = string.Concat(
                Enumerable.Range(1, session == 5 ? 5 : 1).Select(
                    i => $"m{i},g,rivers,{(i == 1 ? session : 10)},5,0,10,2026-0{session}-01\n"));
            await world.DropAsync($"council/{session}.csv", "member,group,candidate,value,urgency,risk,readiness,date\n" + rows);
        }

        await world.RunAsync(Today);

        Assert.Equal(["rivers 0.5 10"], world.Lines("demand", "candidate_id", "demand", "supporters_least"));
        // (5 + 4 x 10) / 5
        Assert.Equal(
            ["rivers 0.45 0.9 1 1"], world.Lines("priority", "candidate_id", "priority", "council_value", "rank_best", "rank_worst"));
    }

    [Fact]
    public async Task Ratings_count_people_and_one_caller_is_one()
    {
        var world = await CaseWorld.CreateAsync();
        await TestDatasets.PublishAsync(world.Storage, "data@x", ["SELECT 1 AS one"], [TestDatasets.Field("one", FieldType.Int)]);
        var log = new FeedbackLog(world.Storage, LocalTime.Utc);
        for (var i = 0; i < 5; i++)
        {
            var at = new DateTimeOffset(Today.AddDays(-i), new TimeOnly(9, i), TimeSpan.Zero);
            await log.AddAsync(new Feedback("data@x", at, FeedbackKind.Rating, 1, null, null, Moderation.Shown), new Voice("one caller"));
            await log.AddAsync(new Feedback("data@x", at, FeedbackKind.Rating, 1, null, null, Moderation.Shown), new Voice("one caller"));
        }

        await world.RunAsync(Today);

        Assert.Equal(["data@x null null"], world.Lines("feedback", "dataset_id", "raters", "rating"));
    }
}
