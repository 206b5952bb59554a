using System.Globalization;
using System.Text;
using OpenData.Demand;
using OpenData.Demand.Drops;
using OpenData.Lake;

namespace OpenData.Planning.Report;

/// <summary>
/// What page one says, in red, of planners' files that cannot be used as they were dropped last, and what to mend in them.
/// </summary>
internal static class FileNotices
{
    public static string Render(IReadOnlyList<PlanningFile> files)
    {
        var html = new StringBuilder();
        foreach (var file in files.Where(file => file.IsRejected))
        {
            var problem = file.Problems.First(each => each.Severity == Severity.Error);
            var where = string.Join(" ", new[] { problem.Column, problem.RawValue }.Where(text => !string.IsNullOrEmpty(text)));
            var kept = file.KeptFrom is { } at
                ? new BilingualText(
                    $"{at.UtcDateTime:yyyy-MM-dd}에 확인된 이전 파일을 계속 사용합니다.",
                    $"The version accepted on {at.UtcDateTime:yyyy-MM-dd} stays in use.")
                : new BilingualText("사용할 수 있는 이전 파일이 없어 제외되었습니다.", "There is no earlier version, so it is left out.");
            var text = new BilingualText(
                $"{file.Path}을(를) 사용할 수 없습니다: {problem.Message} ({where}) {kept.Ko} 고칠 것: {problem.Fix}",
                $"{file.Path} cannot be used: {problem.Message} ({where}) {kept.En} To mend: {problem.Fix}");
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"rejected\" role=\"alert\">{ReportPage.Both(text)}</p>\n");
        }

        return html.ToString();
    }
}
