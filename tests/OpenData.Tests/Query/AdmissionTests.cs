using OpenData.Query;

namespace OpenData.Tests.Query;

[Trait("Category", "Unit")]
public class AdmissionTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    private static readonly Asking A = new("a", "one"), B = new("b", "two");

    [Fact]
    public async Task A_small_statement_does_not_wait_for_large_ones()
    {
        using var admission = new Admission(TimeSpan.Zero);
        var held = new List<IDisposable>();
        await Assert.ThrowsAsync<QueryBusyException>(async () =>
        {
            while (true) held.Add(await admission.EnterStatementAsync(StatementCost.Small * 10, A, default));
        });

        (await admission.EnterStatementAsync(StatementCost.Small, A, default)).Dispose();
        held[0].Dispose();
        (await admission.EnterStatementAsync(StatementCost.Small * 10, B, default)).Dispose();
    }

    [Theory]
    [InlineData("other", "busy")]
    [InlineData("busy", "other")]
    public async Task Of_those_that_wait_the_caller_and_the_subject_with_the_fewest_places_are_next(string caller, string subject)
    {
        var lane = new Lane(2);
        var (busy, rare) = (new Asking("busy", "busy"), new Asking(caller, subject));
        var first = (await lane.EnterAsync(busy, Long, default))!;
        var second = (await lane.EnterAsync(busy, Long, default))!;
        var many = Enumerable.Range(0, 5).Select(_ => lane.EnterAsync(busy, Long, default)).ToList();
        var other = lane.EnterAsync(rare, Long, default);

        first.Dispose();
        Assert.NotNull(await other);
        Assert.DoesNotContain(many, waiting => waiting.IsCompleted);
        second.Dispose();
        Assert.NotNull(await many[0]); // the first that came is the next of its kind
        (await other)!.Dispose();
        Assert.NotNull(await many[1]); // alone, one may have all places
    }

    [Fact]
    public async Task Who_does_not_wait_any_longer_takes_no_place()
    {
        var lane = new Lane(1);
        var held = (await lane.EnterAsync(A, Long, default))!;
        Assert.Null(await lane.EnterAsync(A, TimeSpan.FromMilliseconds(1), default));
        using var gone = new CancellationTokenSource();
        var cancelled = lane.EnterAsync(A, Long, gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);

        held.Dispose();
        Assert.NotNull(await lane.EnterAsync(A, TimeSpan.Zero, default));
    }
}
