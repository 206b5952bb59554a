using OpenData.Catalog;
using OpenData.Ingest.Report;
using OpenData.Lake;

namespace OpenData.Tests.Ingest.Report;

[Trait("Category", "Unit")]
public sealed class ProblemPageTests
{
    [Fact]
    public void The_page_says_what_is_wrong_where_and_what_to_do_in_both_languages()
    {
        var page = ProblemPage.Of(new Upload
        {
            UploadId = "u",
            Agency = "mfds",
            Dataset = "food",
            Path = "mfds/food/<회수>.csv",
            ETag = "e",
            Bytes = 1234567,
            State = UploadState.Rejected,
            DroppedAt = new DateTimeOffset(2026, 3, 5, 9, 30, 0, TimeSpan.Zero),
            Format = "csv",
            Quarantine = "mfds/food/u/",
            ProblemCount = 5000,
            Problems = [new Problem("row-length", Severity.Error, "Too <short>.", "Add cells.")
            {
                Line = 1234,
                Column = "수량",
                RawValue = "a\0<b>",
                Action = "Cells were left <empty>.",
            }],
        });

        Assert.Contains("mfds/food/&lt;회수&gt;.csv", page, StringComparison.Ordinal);
        Assert.Contains("이 행의 칸 수가 머리글과 다릅니다.", page, StringComparison.Ordinal);
        Assert.Contains("Too &lt;short&gt;.", page, StringComparison.Ordinal);
        Assert.Contains("모자란 칸은 비우거나", page, StringComparison.Ordinal);
        Assert.Contains("Cells were left &lt;empty&gt;.", page, StringComparison.Ordinal);
        Assert.Contains("1,234", page, StringComparison.Ordinal);
        Assert.Contains("a␣&lt;b&gt;", page, StringComparison.Ordinal);
        Assert.Contains("2026-03-05 18:30:00 (한국 시각, KST)", page, StringComparison.Ordinal);
        Assert.Contains("5,000", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }
}
