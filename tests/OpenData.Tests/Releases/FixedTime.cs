namespace OpenData.Tests.Releases;

/// <summary>A clock that always shows the same time; timers still run.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
