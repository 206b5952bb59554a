using OpenData.Catalog;
using OpenData.Lake;

namespace OpenData.Tests.Catalog;

public class UploadLogTests
{
    private static readonly DateTimeOffset Day = new(2026, 3, 5, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Lists_an_agencys_uploads_the_latest_drop_first()
    {
        var log = new UploadLog(await TestStorage.CreateAsync());
        foreach (var hour in new[] { 2, 1, 3 }) await log.WriteAsync(Upload("nfa", hour));
        await log.WriteAsync(Upload("molit", 4));

        Assert.Equal([3, 2, 1], (await log.ListAsync("nfa").ToListAsync()).Select(upload => upload.DroppedAt.Hour));
    }

    [Fact]
    public async Task A_later_state_replaces_the_earlier_one_of_the_same_drop()
    {
        var log = new UploadLog(await TestStorage.CreateAsync());
        var upload = Upload("nfa", 1);

        await log.WriteAsync(upload);
        await log.WriteAsync(upload with { State = UploadState.Published, Rows = 5 });

        Assert.Equal(
            (UploadState.Published, 5L),
            ((await log.FindAsync("nfa", upload.UploadId))!.State, (await log.FindAsync("nfa", upload.UploadId))!.Rows));
        Assert.Single(await log.ListAsync("nfa").ToListAsync());
    }

    [Fact]
    public async Task Keeps_a_record_whose_problems_would_outgrow_a_table_row()
    {
        var log = new UploadLog(await TestStorage.CreateAsync());
        var problem = new Problem("bad", Severity.Warning, new string('가', 5_000), "Mend it.");

        await log.WriteAsync(Upload("nfa", 1) with { ProblemCount = 500, Problems = [.. Enumerable.Repeat(problem, 500)] });

        var kept = Assert.Single(await log.ListAsync("nfa").ToListAsync());
        Assert.Equal(500, kept.ProblemCount);
        Assert.InRange(kept.Problems.Count, 1, UploadLog.MaxProblems);
    }

    private static Upload Upload(string agency, int hour) => new()
    {
        UploadId = UploadLog.IdOf($"{agency}/x/a.csv", "etag", Day.AddHours(hour)),
        Agency = agency,
        Dataset = "x",
        Path = $"{agency}/x/a.csv",
        ETag = "etag",
        Bytes = 1,
        DroppedAt = Day.AddHours(hour),
        State = UploadState.Processing,
    };
}
