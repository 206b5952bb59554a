using System.Globalization;
using System.Text;
using OpenData.Demand;
using OpenData.Planning.Editions;
using OpenData.Planning.Sessions;

namespace OpenData.Planning.Report;

/// <summary>The page for those who read one page: what the next plan should release, fix and retire, and why.</summary>
internal static class FirstPage
{
    private const int Most = 5;

    public static string Render(EditionReport report)
    {
        var page = new StringBuilder("<section class=\"first\">\n");
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"answer\">{ReportPage.Marked(Answer(report))}</p>\n<div class=\"numbers\">\n");
        foreach (var (value, label) in Numbers(report)) page.Append(CultureInfo.InvariantCulture, $"<div><b>{value}</b><span>{ReportPage.Both(label)}</span></div>\n");
        page.Append("</div>\n<div class=\"lists\">\n");
        page.Append(List(report["release"], "release", new("개방", "Release"), new("수요가 있으나 아직 개방되지 않았습니다.", "Wanted, and not published yet."), "name_ko", "name_en"));
        page.Append(List(report["fix"], "fix", new("개선", "Fix"), new("이용되거나 요구되지만 품질에 문제가 있습니다.", "Used or wanted, with faults."), "title", "title"));
        page.Append(List(report["review"], "review", new("정비", "Retire or review"), new("아무도 이용하지 않고 비용만 듭니다.", "Nobody uses them, and they cost."), "title", "title"));
        page.Append("</div>\n");
        var weights = report.Plan.Priority;
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"why\">{ReportPage.Both(new(
            $"우선순위 = ({weights.Demand:0.##}×수요 + {weights.UnmetSearch:0.##}×미충족 검색 + {weights.Council:0.##}×위원회 가치 + {weights.Urgency:0.##}×시급성) × (1−위험) × 준비도. 수요는 집단별 응답자 수로 나누어 가중하므로 목소리가 큰 집단이 결과를 좌우하지 않습니다. {Stability(report, "ko")}",
            $"Priority = ({weights.Demand:0.##}×demand + {weights.UnmetSearch:0.##}×unmet search + {weights.Council:0.##}×council value + {weights.Urgency:0.##}×urgency) × (1−risk) × readiness. Demand is weighed by group and by its respondents, so that the loudest group does not decide. {Stability(report, "en")}"))}</p>\n</section>\n");
        return page.ToString();
    }

    /// <summary>The answer in one sentence, as mark-up: all of it is ours but the numbers.</summary>
    private static BilingualText Answer(EditionReport report)
    {
        var (release, fix, review) = (report["release"].Rows.Count, report["fix"].Rows.Count, report["review"].Rows.Count);
        if (release + fix + review == 0)
        {
            return report.Number("totals", "requests") == 0 && report["use_by_dataset"].Rows.Count == 0
                ? new("아직 자료가 없습니다. 이용, 수요, 계획 자료가 들어오면 이 자리에서 다음 계획에 무엇을 개방하고 고치고 정비할지 답합니다.", "There is no data yet. Once there is use, demand or a plan, this page answers what the next plan should release, fix and retire.")
                : new("현재 자료로는 개방, 개선, 정비를 제안할 항목이 없습니다.", "On today's data there is nothing to propose for release, repair or review.");
        }

        return new(
            $"다음 계획에 <b>{Count(release, report)}건</b>을 개방 후보로 제안하고, 개방된 데이터셋 <b>{fix:#,0}건</b>은 고치고, <b>{review:#,0}건</b>은 정비를 검토해야 합니다.",
            $"The next plan should take up <b>{Count(release, report)}</b> candidates for release, mend <b>{fix:#,0}</b> published datasets and review <b>{review:#,0}</b> for retirement.");
    }

    private static string Count(int release, EditionReport report) =>
        (release < 20 ? release : report["priority"].Rows.Count(row => row["is_published"] is false)).ToString("#,0", CultureInfo.InvariantCulture);

    private static IEnumerable<(string Value, BilingualText Label)> Numbers(EditionReport report)
    {
        if (report.HasPlan)
        {
            var (due, released) = (Sum(report["plan_by_area"], "due"), Sum(report["plan_by_area"], "due_and_released"));
            yield return ($"{released:#,0} / {due:#,0}", new("기한이 된 계획 항목 중 개방", "plan items released of those due"));
        }

        yield return ((report.Number("totals", "calls") + report.Number("totals", "downloads")).ToString("#,0", CultureInfo.InvariantCulture), new("데이터 이용(API 호출·다운로드)", "uses (API calls and downloads)"));
        var unused = report["concentration"]["unused_share"] is { } share ? Convert.ToDouble(share, CultureInfo.InvariantCulture).ToString("0 %", CultureInfo.InvariantCulture) : "–";
        yield return (unused, new("이용되지 않은 데이터셋", "of datasets used by nobody"));
        yield return (report.Number("requests", "backlog").ToString("#,0", CultureInfo.InvariantCulture), new("미결 데이터 요청", "data requests waiting for a decision"));
    }

    private static string List(ResultTable table, string id, BilingualText title, BilingualText meaning, string ko, string en)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"{id}\"><h2><a href=\"#{id}\">{ReportPage.Both(title)}</a></h2><p>{ReportPage.Both(meaning)}</p>\n");
        if (table.Rows.Count == 0) return html.Append(CultureInfo.InvariantCulture, $"<p class=\"empty\">{ReportPage.Both(new("해당 없음", "None"))}</p></div>\n").ToString();
        html.Append("<ol>");
        foreach (var row in table.Rows.Take(Most))
        {
            var name = new BilingualText(row.Text(ko)!, row.Text(en)!);
            var reason = new BilingualText(row.Text("reason_ko") ?? "", row.Text("reason_en") ?? "");
            html.Append(CultureInfo.InvariantCulture, $"<li><b>{ReportPage.Both(name)}</b><span>{ReportPage.Both(reason)}</span></li>\n");
        }

        html.Append("</ol>");
        if (table.Rows.Count > Most) html.Append(CultureInfo.InvariantCulture, $"<p class=\"more\"><a href=\"#{id}\">{ReportPage.Both(new($"전체 {table.Rows.Count}건", $"all {table.Rows.Count}"))}</a></p>");
        return html.Append("</div>\n").ToString();
    }

    private static string Stability(EditionReport report, string language)
    {
        var table = report["priority"];
        var top = table.Rows.Where(row => row["is_published"] is false && row.Count("rank") <= Most).ToList();
        if (top.Count == 0) return "";
        var stable = top.Count(row => row.Count("rank_worst") <= Most);
        return language == "ko"
            ? $"가중치를 각각 ±20% 바꾸어도 상위 {top.Count}건 중 {stable}건이 {Most}위 안에 남습니다."
            : $"With each weight moved by ±20 %, {stable} of the first {top.Count} stay among the first {Most}.";
    }

    private static long Sum(ResultTable table, string column) => table.Rows.Sum(row => row.Count(column));
}
