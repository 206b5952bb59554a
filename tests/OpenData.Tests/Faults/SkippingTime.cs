namespace OpenData.Tests.Faults;

/// <summary>A clock on which whoever waits has waited at once, and the time has passed.</summary>
internal sealed class SkippingTime : TimeProvider
{
    private long _skipped;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _skipped));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Add(ref _skipped, Math.Max(dueTime.Ticks, 0));
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }

    /// <summary>Sets the clock forward, or back.</summary>
    public void Step(TimeSpan by) => Interlocked.Add(ref _skipped, by.Ticks);
}
