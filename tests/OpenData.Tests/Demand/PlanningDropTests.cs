using System.Text;
using OpenData.Demand;
using OpenData.Demand.Drops;
using OpenData.Lake;

namespace OpenData.Tests.Demand;

public class PlanningDropTests
{
    private static readonly string[] Groups = ["citizen", "academia"];

    [Fact]
    public async Task The_samples_are_read_without_a_problem()
    {
        var storage = await TestStorage.CreateAsync();
        var root = Path.Combine(OpenData.LocalHost.Repository.Root, "samples", "planning");
        foreach (var file in Directory.GetFiles(root, "*", SearchOption.AllDirectories))
        {
            await storage.Planning.GetBlobClient(Path.GetRelativePath(root, file).Replace('\\', '/')).UploadAsync(file);
        }

        var drops = await PlanningDrops.ReadAsync(storage);

        Assert.All(drops.Files, file => Assert.True(file.Problems.Count == 0, $"{file.Path}: {string.Join(' ', file.Problems)}"));
        Assert.True(drops.Plan!.Example);
        Assert.True(drops is { Survey.Count: > 300, Forum.Count: > 30, Council.Count: 90 });
    }

    [Fact]
    public void A_survey_in_CP949_with_Korean_headers_is_read()
    {
        var problems = new List<Problem>();
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(949)!.GetBytes("응답자;집단;후보\r\n1;citizen;미세먼지\r\n2;academia;\r\n");

        var answers = SurveyFile.Read("surveys/a.csv", bytes, Groups, problems);

        Assert.Empty(problems);
        Assert.Equal(
            [new SurveyAnswer("surveys/a.csv", "1", "citizen", "미세먼지"), new SurveyAnswer("surveys/a.csv", "2", "academia", null)], answers);
    }

    [Fact]
    public void A_bad_row_is_left_out_and_told_with_its_line_column_and_value()
    {
        var problems = new List<Problem>();
        const string csv =
            "respondent,group,candidate,support\n1,citizen,a,yes\n2,martians,a,\n,citizen,a,\n1,academia,b,\n3,citizen,c,maybe\n4,citizen,"
            + "c,no\n1,citizen,a,yes\n";

        var answers = SurveyFile.Read("surveys/a.csv", Encoding.UTF8.GetBytes(csv), Groups, problems);

        Assert.Equal(["1 a", "4 "], answers.Select(answer => $"{answer.Respondent} {answer.Candidate}"));
        Assert.Equal(
            [
                "3 group martians cell-unknown", "4 respondent  cell-empty", "5 group academia respondent-group",
                "6 support maybe cell-yes-no"
            ],
            problems.Select(problem => $"{problem.Line} {problem.Column} {problem.RawValue} {problem.Code}"));
        Assert.All(problems, problem => Assert.Equal("The row is left out.", problem.Action));
    }

    [Theory]
    [InlineData("member,group,candidate,value,urgency,risk\n", "column-missing")]
    [InlineData("", "file-empty")]
    [InlineData("a\"b,\"c\nd,e", "csv-malformed")]
    public void A_file_that_cannot_be_used_says_why(string csv, string code)
    {
        var problems = new List<Problem>();

        Assert.Empty(CouncilFile.Read("council/a.csv", Encoding.UTF8.GetBytes(csv), problems));
        Assert.Contains(code, problems.Select(problem => problem.Code));
    }

    [Fact]
    public void Bytes_that_are_no_text_say_so()
    {
        var problems = new List<Problem>();

        Assert.Empty(ForumFile.Read("forum/a.csv", new byte[] { 0x81, 0x22, 0x0A }, Groups, problems));
        Assert.Equal("encoding-undecodable", Assert.Single(problems).Code);
    }

    [Fact]
    public void Forum_and_council_rows_are_checked()
    {
        var problems = new List<Problem>();
        var votes = ForumFile.Read(
            "forum/a.csv",
            Encoding.UTF8.GetBytes(
                "date,group,candidate,participants,supporters\n"
                + "2026-03-05,citizen,a,5,6\n2026/3/5,citizen,a,5,4\n2026-03-05,citizen,a,5,4\n"),
            Groups,
            problems);
        var scores = CouncilFile.Read(
            "council/a.csv",
            "member,group,candidate,value,urgency,risk,readiness\nm,g,a,11,1,1,1\nm,g,a,1,1,1,1\nm,g,a,2,2,2,2\n"u8.ToArray(),
            problems);

        Assert.Single(votes);
        Assert.Single(scores);
        Assert.Equal(["forum-supporters", "cell-date", "cell-number", "council-twice"], problems.Select(problem => problem.Code));
    }

    [Theory]
    [InlineData("""{ "name": "P" }""", "plan-unreadable")]
    [InlineData("""{ "name": "P", "first_day": "2026-01-01", "last_day": "2025-01-01" }""", "plan-period")]
    [InlineData("""{ "name": "P", "first_day": "2026-01-01", "last_day": "2028-12-31", "priority": { "demand": 0.9 } }""", "plan-weights")]
    [InlineData("""{ "name": "P", "first_day": "2026-01-01", "last_day": "2028-12-31", "priorities": { } }""", "plan-unreadable")]
    [InlineData("""{ "name": "P", "first_day": "2026-01-01", "last_day": "2028-12-31", "groups": [null] }""", "plan-null")]
    [InlineData("""{ "name": "P", "first_day": "2026-01-01", "last_day": "2028-12-31", "areas": null }""", "plan-unreadable")]
    [InlineData(
        """{ "name": "P", "first_day": "2026-01-01", "last_day": "2028-12-31", "areas": [ { "id": "1", "name": "A", "items": [ { "id":"""
            + """ "i", "name": "I", "agency": "x", "planned": "2026-Q5" } ] } ] }""",
        "plan-quarter")]
    [InlineData(
        """{ "name": "P", "first_day": "2026-01-01", "last_day": "2028-12-31", "areas": [ { "id": "1", "name": "A", "items": [ { "id":"""
            + """ "i", "name": "I", "agency": "x", "dataset_id": "no id" } ] } ] }""",
        "plan-dataset")]
    [InlineData("nonsense", "plan-unreadable")]
    public void A_plan_with_a_fault_is_not_used_and_says_why(string json, string code)
    {
        var problems = new List<Problem>();

        Assert.Null(PlanFile.Read(Encoding.UTF8.GetBytes(json), problems));
        Assert.Contains(code, problems.Select(problem => problem.Code));
    }

    [Fact]
    public void A_plan_may_leave_out_what_has_a_default()
    {
        var plan = PlanFile.Read("""{ "name": { "en": "P" }, "first_day": "2026-01-01", "last_day": "2028-12-31" }"""u8.ToArray(), []);

        Assert.Equal(new BilingualText("P", "P"), plan!.Name);
        Assert.Equal(6, plan.Groups.Count);
        Assert.Equal(
            (0.40, 0.20, 0.25, 0.15), (plan.Priority.Demand, plan.Priority.UnmetSearch, plan.Priority.Council, plan.Priority.Urgency));
    }

    [Fact]
    public async Task Problems_are_written_beside_the_files_and_removed_when_they_are_mended()
    {
        var storage = await TestStorage.CreateAsync();
        var blob = storage.Planning.GetBlobClient("surveys/a.csv");
        await blob.UploadAsync(BinaryData.FromString("respondent,group,candidate\n1,martians,a\n"));
        await PlanningProblems.WriteAsync(storage, (await PlanningDrops.ReadAsync(storage)).Files);
        var report = (await storage.Planning.GetBlobClient("problems/surveys/a.csv.json").DownloadContentAsync()).Value.Content.ToString();
        Assert.Contains("\"code\": \"cell-unknown\"", report, StringComparison.Ordinal);

        await blob.UploadAsync(BinaryData.FromString("respondent,group,candidate\n1,citizen,a\n"), overwrite: true);
        await PlanningProblems.WriteAsync(storage, (await PlanningDrops.ReadAsync(storage)).Files);
        Assert.False(await storage.Planning.GetBlobClient("problems/surveys/a.csv.json").ExistsAsync());
    }
}
