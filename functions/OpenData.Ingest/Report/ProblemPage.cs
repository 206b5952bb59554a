using System.Globalization;
using System.Net;
using System.Text;
using OpenData.Catalog;
using OpenData.Catalog.Problems;
using OpenData.Lake;

namespace OpenData.Ingest.Report;

/// <summary>
/// The report on a drop: one page without a script, in Korean and English, that an official can act on.
/// </summary>
public static class ProblemPage
{
    private static readonly TimeSpan Seoul = TimeSpan.FromHours(9); // Korea keeps no summer time

    private const string Style = """
        :root {
          color-scheme: light; --ink: #1d2433; --soft: #5c6578; --line: #dfe3ea; --error: #b3261e; --warning: #8a5a00; --note: #33658a;
        }
        * { box-sizing: border-box; }
        body {
          margin: 0; background: #f5f6f8; color: var(--ink);
          font: 16px/1.6 system-ui, "Noto Sans KR", "Malgun Gothic", "Apple SD Gothic Neo", sans-serif;
        }

        main {
          max-width: 62rem; margin: 2rem auto; padding: 2rem 2.5rem; background: #fff; border: 1px solid var(--line); border-radius: 6px;
        }

        h1 { margin: 0; font-size: 1.5rem; line-height: 1.3; }
        h2 { margin: 2.2rem 0 .6rem; font-size: 1.1rem; }
        .file { margin: .4rem 0 1.4rem; font-size: 1.05rem; overflow-wrap: anywhere; }
        .en { display: block; color: var(--soft); font-size: .875rem; font-weight: 400; line-height: 1.45; }
        .served { padding: .7rem 1rem; background: #eef4ee; border-left: 4px solid #3d7a4a; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; margin: 1.4rem 0 0; }
        dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
        ol { margin: 0; padding: 0; list-style: none; counter-reset: n; }
        ol > li { counter-increment: n; position: relative; padding: .8rem 0 .8rem 3rem; border-top: 1px solid var(--line); }
        ol > li::before {
          content: counter(n); position: absolute; left: 0; top: .95rem; width: 1.9rem; height: 1.9rem; line-height: 1.9rem;
          text-align: center; border-radius: 50%; background: var(--ink); color: #fff; font-size: .9rem;
        }
        .fix { display: block; margin-top: .3rem; font-weight: 600; }
        .count { float: right; color: var(--soft); font-size: .875rem; }
        table { width: 100%; border-collapse: collapse; font-size: .9rem; }
        th, td { padding: .45rem .6rem; border-top: 1px solid var(--line); text-align: left; vertical-align: top; }
        th { border-top: 0; color: var(--soft); font-weight: 500; white-space: nowrap; }
        td.number { text-align: right; font-variant-numeric: tabular-nums; }
        code {
          padding: .05rem .3rem; background: #f0f1f4; border-radius: 3px; font: .85em/1.5 ui-monospace, "D2Coding", monospace;
          overflow-wrap: anywhere; white-space: pre-wrap;
        }
        .error { color: var(--error); font-weight: 600; }
        .warning { color: var(--warning); font-weight: 600; }
        .note { color: var(--note); }
        footer { margin-top: 2rem; color: var(--soft); font-size: .85rem; }
        @media print { body { background: #fff; } main { margin: 0; border: 0; padding: 0; max-width: none; } }
        """;

    /// <summary>Writes the page.</summary>
    /// <param name="upload">The record, with every problem that was kept.</param>
    public static string Of(Upload upload)
    {
        var page = new StringBuilder();
        var outcome = ReportedOutcome.Of(upload.State);
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="ko">
            <head>
            <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
            <title>{Text(File(upload))} – {outcome.Ko} · {outcome.En}</title>
            <style>{Style}</style>
            </head>
            <body><main>
            <h1>{outcome.Heading.Ko} <span class="en">{outcome.Heading.En}</span></h1>
            <p class="file"><code>{Text(upload.Path)}</code></p>
            <p class="served">{outcome.Served.Ko}
            <span class="en">{outcome.Served.En}</span></p>

            """);
        AppendSteps(page, upload);
        AppendPlaces(page, upload);
        AppendFacts(page, upload);
        return page.Append("</main></body></html>\n").ToString();
    }

    /// <summary>What to do, once for each kind of problem; what stands in the way of publishing comes first.</summary>
    private static void AppendSteps(StringBuilder page, Upload upload)
    {
        page.Append("<h2>무엇을 하면 되나요 <span class=\"en\">What to do</span></h2>\n<ol>\n");
        foreach (var kind in upload.Problems
            .GroupBy(problem => problem.Code)
            .OrderByDescending(kind => kind.Max(problem => problem.Severity)))
        {
            var first = kind.First();
            var words = ProblemGuide.Find(first.Code)?.Ko;
            var count = kind.Count();
            page.Append("<li>");
            if (count > 1) page.Append(CultureInfo.InvariantCulture, $"<span class=\"count\">{count:n0}곳 · {count:n0} places</span>");
            page.Append(CultureInfo.InvariantCulture, $"""
                {Sign(first.Severity)} {Text(words?.What ?? first.Message)}<span class="en">{Text(first.Message)}</span>
                <span class="fix">{Text(words?.Fix ?? first.Fix)}</span><span class="en">{Text(first.Fix)}</span></li>

                """);
        }

        page.Append("</ol>\n");
    }

    /// <summary>Where each problem is, if it is anywhere in particular.</summary>
    private static void AppendPlaces(StringBuilder page, Upload upload)
    {
        var placed = upload.Problems
            .Where(
                problem => problem.Line is not null || problem.Column is not null
                    || problem.RawValue is not null || problem.ByteOffset is not null)
            .ToList();
        if (placed.Count == 0) return;
        page.Append("""
            <h2>어디에 있나요 <span class="en">Where it is</span></h2>
            <table>
            <tr><th>줄<span class="en">line</span><th>바이트 위치<span class="en">byte offset</span><th>열<span class="en">column</span>
            <th>값<span class="en">value</span><th>문제와 처리<span class="en">problem, and what was done</span></tr>

            """);
        foreach (var problem in placed)
        {
            var value = problem.RawValue is { } raw ? $"<code>{Text(raw)}</code>" : "";
            var korean = ProblemGuide.Find(problem.Code)?.Ko;
            var done = problem.Action is null ? null : korean?.Done;
            page.Append(CultureInfo.InvariantCulture, $"""
                <tr><td class="number">{problem.Line:n0}<td class="number">{problem.ByteOffset:n0}<td>{Text(problem.Column)}<td>{value}
                <td>{Sign(problem.Severity)} {Text(korean?.What ?? problem.Message)} {Text(done)}
                <span class="en">{Text(problem.Message)} {Text(problem.Action)} ({Text(problem.Code)})</span></tr>

                """);
        }

        page.Append("</table>\n");
        if (upload.ProblemCount > upload.Problems.Count)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<p>문제는 모두 {upload.ProblemCount:n0}건이며, 처음 {upload.Problems.Count:n0}건을 보여 줍니다. <span "
                + $"class=\"en\">{upload.ProblemCount:n0} problems in all; the first {upload.Problems.Count:n0} are shown.</span></p>\n");
        }
    }

    private static void AppendFacts(StringBuilder page, Upload upload)
    {
        page.Append("<h2>파일 정보 <span class=\"en\">The file</span></h2>\n<dl>\n");
        Fact("기관 · agency", upload.Agency == Upload.NoAgency ? null : upload.Agency);
        Fact("데이터셋 · dataset", upload.Dataset);
        Fact("올린 시각 · uploaded", Time(upload.DroppedAt));
        Fact("처리 시각 · processed", upload.FinishedAt is { } finished ? Time(finished) : null);
        Fact("크기 · size", string.Create(CultureInfo.InvariantCulture, $"{upload.Bytes:n0} bytes"));
        Fact("형식 · format", upload.Format);
        Fact("인코딩 · encoding", upload.Encoding);
        Fact("보관 위치 · kept in", upload.Quarantine is { } folder ? $"quarantine/{folder}" : null);
        page.Append(
            "</dl>\n<footer>같은 내용이 이 페이지 옆의 report.json에도 있습니다. <span class=\"en\">The same is in report.json beside this "
            + "page.</span></footer>\n");

        void Fact(string name, string? value)
        {
            if (value is not null) page.Append(CultureInfo.InvariantCulture, $"<dt>{name}</dt><dd>{Text(value)}</dd>\n");
        }
    }

    private static string Sign(Severity severity) => severity switch
    {
        Severity.Error => "<span class=\"error\">오류</span>",
        Severity.Warning => "<span class=\"warning\">주의</span>",
        _ => "<span class=\"note\">참고</span>",
    };

    private static string File(Upload upload) => upload.Path[(upload.Path.LastIndexOf('/') + 1)..];

    private static string Time(DateTimeOffset time) =>
        time.ToOffset(Seoul).ToString("yyyy-MM-dd HH:mm:ss '(한국 시각, KST)'", CultureInfo.InvariantCulture);

    // Control characters have no place in a page, but the official should see that something is there.
    private static string Text(string? text) =>
        WebUtility.HtmlEncode(string.Concat((text ?? "").Select(c => char.IsControl(c) && c is not ('\n' or '\t') ? '␣' : c)));
}
