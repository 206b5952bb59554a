using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace OpenData.Api.Pipeline;

/// <summary>
/// How many calls a client may make in a minute of the clock, counted in each instance. Callers are forgotten with the minute, and never
/// written down.
/// </summary>
/// <remarks>
/// Callers without an identity share one count, with the limit of a key: the instance is protected, and no caller uses up another's limit.
/// A wrong key counts as ten more calls, and its answer is delayed by 100 ms for each one that the caller sent in this minute, up to 3 s.
/// </remarks>
public sealed class RateLimit(OpenDataSettings settings, TimeProvider time)
{
    private const int WrongKeyCalls = 10;
    private const int MaxDelays = 30;
    private static readonly TimeSpan WrongKeyDelay = TimeSpan.FromMilliseconds(100);

    private Minute _current = new(-1);

    /// <summary>Counts a call, says in headers what is left, and answers 429 if nothing is.</summary>
    /// <returns>Whether the call may go on.</returns>
    internal async Task<bool> AdmitAsync(HttpContext context, Caller caller)
    {
        var limit = caller.Kind == CallerKind.Address ? settings.CallsPerMinute : settings.CallsPerMinuteWithKey;
        var minute = CurrentMinute();
        var calls = Interlocked.Increment(ref minute.CountersOf(caller.Name).Calls);
        var reset = DateTimeOffset.FromUnixTimeSeconds((minute.Number + 1) * 60);
        var headers = context.Response.Headers;
        headers["X-RateLimit-Limit"] = limit.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = Math.Max(0, limit - calls).ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = reset.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        if (calls <= limit) return true;
        await RejectAsync(context, limit, reset);
        return false;
    }

    /// <summary>Counts a wrong key, and delays its answer.</summary>
    internal async Task SlowDownAsync(Caller caller, CancellationToken cancellation)
    {
        var counters = CurrentMinute().CountersOf(caller.Name);
        Interlocked.Add(ref counters.Calls, WrongKeyCalls);
        var wrong = Interlocked.Increment(ref counters.WrongKeys);
        await Task.Delay(WrongKeyDelay * Math.Min(wrong, MaxDelays), time, cancellation);
    }

    private Minute CurrentMinute()
    {
        var number = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        var current = Volatile.Read(ref _current);
        if (current.Number == number && !current.IsFull) return current;
        // Threads may race for a new minute; the second one counts in the first one's.
        var fresh = new Minute(number);
        var seen = Interlocked.CompareExchange(ref _current, fresh, current);
        return seen == current ? fresh : seen;
    }

    // The contract's form of 429.
    private async Task RejectAsync(HttpContext context, int limit, DateTimeOffset reset)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling((reset - time.GetUtcNow()).TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await Results.Json(
            new
            {
                errorcode = 10002,
                reset_time = reset.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                limit_time_unit = "minute",
                call_limit = limit,
                error = $"Too many requests: {limit} calls a minute. Wait {seconds} seconds, or ask for an API key, which "
                    + "raises the limit.",
            },
            OpenDataJson.Options, statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(context);
    }

    /// <summary>The counters of one minute, by caller.</summary>
    private sealed class Minute(long number)
    {
        private const int MaxCallers = 100_000; // an attack from more addresses starts the count again instead of filling the memory

        private readonly ConcurrentDictionary<string, Counters> _counters = new(StringComparer.Ordinal);
        private int _callers;

        public long Number => number;

        public bool IsFull => Volatile.Read(ref _callers) > MaxCallers;

        public Counters CountersOf(string caller)
        {
            if (_counters.TryGetValue(caller, out var counters)) return counters;
            var added = new Counters();
            counters = _counters.GetOrAdd(caller, added);
            if (counters == added) Interlocked.Increment(ref _callers); // the dictionary's own Count takes all of its locks
            return counters;
        }
    }

    private sealed class Counters
    {
        public int Calls;
        public int WrongKeys;
    }
}
