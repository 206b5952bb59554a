using System.Globalization;
using System.Text;
using OpenData.Demand;
using OpenData.Planning.Editions;
using OpenData.Planning.Sessions;

namespace OpenData.Planning.Report;

/// <summary>
/// The page for those who read one page: what is late, what the next plan should take up, what was refused, and what to mend or retire.
/// </summary>
internal static class FirstPage
{
    private const int Most = 5;

    private static readonly (string Figure, BilingualText Title, BilingualText Meaning, string Name)[] Lists =
    [
        ("late", new("지연", "Late"), new("이번 계획에 있으나 기한이 지났습니다.", "Promised by this plan, and overdue."), "name"),
        ("release", new("신규 후보", "New"), new("다음 계획에 반영할 후보입니다.", "Candidates for the next plan."), "name"),
        ("refused", new("거부됨", "Refused"), new("수요가 있으나 거부되었습니다.", "Wanted, but refused."), "name"),
        ("fix", new("개선", "Fix"), new("이용되거나 요구되지만 품질에 문제가 있습니다.", "Used or wanted, with faults."), "title"),
        ("review", new("정비", "Retire or review"), new("90일 이상 아무도 이용하지 않았습니다.", "Nobody used them on 90 days or more."), "title"),
    ];

    public static string Render(EditionReport report)
    {
        var page = new StringBuilder("<section class=\"first\">\n");
        page.Append(
            CultureInfo.InvariantCulture, $"<p class=\"answer\">{ReportPage.Marked(Answer(report))}</p>\n<div class=\"numbers\">\n");
        foreach (var (value, label, link) in Numbers(report))
        {
            page.Append(
                CultureInfo.InvariantCulture, $"<div><a href=\"#{link}\"><b>{value}</b><span>{ReportPage.Both(label)}</span></a></div>\n");
        }

        page.Append("</div>\n<div class=\"lists\">\n");
        foreach (var (figure, title, meaning, name) in Lists) page.Append(List(report[figure], figure, title, meaning, name));
        page.Append(CultureInfo.InvariantCulture, $"</div>\n<p class=\"why\">{ReportPage.Both(Formula(report))}</p>\n</section>\n");
        return page.ToString();
    }

    /// <summary>
    /// The answer in one sentence: how many entries each of the lists below it has. All of it is mark-up of ours but the numbers.
    /// </summary>
    public static BilingualText Answer(EditionReport report)
    {
        long[] counts = [.. Lists.Select(list => (long)report[list.Figure].Rows.Count)];
        if (counts.Sum() == 0)
        {
            return report.Number("totals", "requests") == 0 && report["use_by_dataset"].Rows.Count == 0
                ? new(
                    "아직 자료가 없습니다. 이용, 수요, 계획 자료가 들어오면 이 자리에서 다음 계획에 무엇을 개방하고 고치고 정비할지 답합니다.",
                    "There is no data yet. Once there is use, demand or a plan, this page answers what the next plan should release, fix "
                    + "and retire.")
                : new(
                    "현재 자료로는 지연, 신규, 거부, 개선, 정비 항목이 없습니다.",
                    "On today's data nothing is late, new, refused, to be mended or to be reviewed.");
        }

        return new(
            $"이번 계획에서 <b>{counts[0]:#,0}건</b>이 지연되었고, 다음 계획에 <b>{counts[1]:#,0}건</b>을 후보로 제안합니다. 거부된 요구는 <b>{counts[2]:#,0}건</b>이며, "
            + $"개방된 데이터셋 <b>{counts[3]:#,0}건</b>은 고치고 <b>{counts[4]:#,0}건</b>은 정비를 검토해야 합니다.",
            $"Of this plan <b>{counts[0]:#,0}</b> items are late; for the next one <b>{counts[1]:#,0}</b> candidates are proposed. "
            + $"<b>{counts[2]:#,0}</b> wishes were refused; "
            + $"<b>{counts[3]:#,0}</b> published datasets need mending and <b>{counts[4]:#,0}</b> a review.");
    }

    private static IEnumerable<(string Value, BilingualText Label, string Link)> Numbers(EditionReport report)
    {
        if (report.HasPlan)
        {
            var (due, released) = (Sum(report["plan_by_area"], "due"), Sum(report["plan_by_area"], "due_and_released"));
            yield return ($"{released:#,0} / {due:#,0}", new("기한이 된 계획 항목 중 개방", "plan items released of those due"), "plan_by_area");
        }

        var uses = report.Number("totals", "calls") + report.Number("totals", "downloads");
        yield return (uses.ToString("#,0", CultureInfo.InvariantCulture), new(
            "데이터 이용(API 호출·다운로드)", "uses (API calls and downloads)"), "totals");
        var unused = report["concentration"]["unused_share"] is { } share
            ? Convert.ToDouble(share, CultureInfo.InvariantCulture).ToString("0 %", CultureInfo.InvariantCulture)
            : "–";
        yield return (unused, new("90일 이상 이용되지 않은 데이터셋", "of datasets used by nobody on 90 days or more"), "concentration");
        var overdue = report.Number("requests", "overdue");
        yield return (
            $"{report.Number("requests", "backlog"):#,0} / {overdue:#,0}",
            new("미결 데이터 요청 / 기한 초과", "data requests undecided / overdue"), "requests_by_agency");
    }

    private static string List(ResultTable table, string id, BilingualText title, BilingualText meaning, string name)
    {
        var (ko, en) = name == "name" ? ("name_ko", "name_en") : (name, name);
        var html = new StringBuilder();
        html.Append(
            CultureInfo.InvariantCulture,
            $"<div class=\"{id}\"><h2><a href=\"#{id}\">{ReportPage.Both(title)} <b>{table.Rows.Count:#,0}</b></a></h2>");
        html.Append(CultureInfo.InvariantCulture, $"<p>{ReportPage.Both(meaning)}</p>\n");
        if (table.Rows.Count == 0)
        {
            return html
                .Append(CultureInfo.InvariantCulture, $"<p class=\"empty\">{ReportPage.Both(new("해당 없음", "None"))}</p></div>\n")
                .ToString();
        }
        html.Append("<ol>");
        foreach (var row in table.Rows.Take(Most))
        {
            var words = new BilingualText(row.Text(ko)!, row.Text(en)!);
            var reason = new BilingualText(row.Text("reason_ko") ?? "", row.Text("reason_en") ?? "");
            html.Append(CultureInfo.InvariantCulture, $"<li><b>{ReportPage.Both(words)}</b><span>{ReportPage.Both(reason)}</span></li>\n");
        }

        html.Append("</ol>");
        if (table.Rows.Count > Most)
        {
            var all = new BilingualText($"전체 {table.Rows.Count}건", $"all {table.Rows.Count}");
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"more\"><a href=\"#{id}\">{ReportPage.Both(all)}</a></p>");
        }

        return html.Append("</div>\n").ToString();
    }

    private static BilingualText Formula(EditionReport report)
    {
        var (weights, voices) = (report.Plan.Priority, report.Plan.Voices);
        return new(
            $"우선순위 = ({weights.Demand:0.##}×수요 + {weights.UnmetSearch:0.##}×미충족 검색 + {weights.Council:0.##}×위원회 가치 + "
            + $"{weights.Urgency:0.##}×시급성) × (1−위험) × 준비도. "
            + "수요는 집단별 응답자 수로 나누어 가중하므로 목소리가 큰 집단이 결과를 좌우하지 않습니다. "
            + $"의견의 가중치: 설문·포럼 {voices.Surveyed:0.##}, 본인 확인 {voices.Verified:0.##}, 미확인 {voices.Unverified:0.##}. "
            + $"{Stability(report, "ko")}",
            $"Priority = ({weights.Demand:0.##}×demand + {weights.UnmetSearch:0.##}×unmet search + {weights.Council:0.##}×council value + "
            + $"{weights.Urgency:0.##}×urgency) × (1−risk) × readiness. "
            + "Demand is weighed by group and by its respondents, so that the loudest group does not decide. "
            + $"A voice weighs {voices.Surveyed:0.##} if surveyed, {voices.Verified:0.##} if verified, {voices.Unverified:0.##} if "
            + $"unverified. {Stability(report, "en")}");
    }

    private static string Stability(EditionReport report, string language)
    {
        var top = report["priority"].Rows.Where(row => row.Text("standing") == "new" && row.Count("rank") <= Most).ToList();
        if (top.Count == 0) return "";
        var stable = top.Count(row => row.Count("rank_worst") <= Most);
        return language == "ko"
            ? $"가중치를 각각 ±20% 바꾸어도 상위 {top.Count}건 중 {stable}건이 {Most}위 안에 남습니다."
            : $"With each weight moved by ±20 %, {stable} of the first {top.Count} stay among the first {Most}.";
    }

    private static long Sum(ResultTable table, string column) => table.Rows.Sum(row => row.Count(column));
}
