using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace OpenData.Api.Pipeline;

/// <summary>
/// How many calls a client may make in a minute of the clock, counted in each instance: by its key if it has one, otherwise by
/// its address. Addresses are forgotten with the minute, and never written down.
/// </summary>
public sealed class RateLimit(OpenDataSettings settings, TimeProvider time)
{
    private readonly byte[][] _keys = [.. Split(settings.ApiKeys).Select(Hash)];
    private Minute _current = new(-1);

    /// <summary>Counts a call, says in headers what is left, and answers 429 if nothing is.</summary>
    /// <returns>Whether the call may go on.</returns>
    /// <exception cref="ApiException">401: the key is not known.</exception>
    internal async Task<bool> AdmitAsync(HttpContext context)
    {
        var key = KeyOf(context.Request);
        if (key is not null && !IsKnown(key))
        {
            throw new ApiException(401, "InvalidApiKey", "The API key is not known. Reading needs no key: leave it out.");
        }

        var limit = key is null ? settings.CallsPerMinute : settings.CallsPerMinuteWithKey;
        var minute = CurrentMinute();
        var calls = minute.Count(key is null ? Caller.Of(context).Address : "key " + key);
        var reset = DateTimeOffset.FromUnixTimeSeconds((minute.Number + 1) * 60);
        var headers = context.Response.Headers;
        headers["X-RateLimit-Limit"] = limit.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = Math.Max(0, limit - calls).ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = reset.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        if (calls <= limit) return true;
        await RejectAsync(context, limit, reset);
        return false;
    }

    private Minute CurrentMinute()
    {
        var number = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        var current = Volatile.Read(ref _current);
        if (current.Number == number && !current.IsFull) return current;
        // Threads may race for a new minute; whoever is second counts in the first one's.
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
                error = $"Too many requests: {limit} calls a minute. Wait {seconds} seconds, or ask for an API key, which raises the limit.",
            },
            OpenDataJson.Options, statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(context);
    }

    // As the API's clients send it: "Authorization: ApiKey …", or the parameter apikey.
    private static string? KeyOf(HttpRequest request)
    {
        const string Scheme = "ApiKey ";
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return authorization[Scheme.Length..].Trim();
        return request.Query["apikey"] is [{ Length: > 0 } key, ..] ? key : null;
    }

    private bool IsKnown(string key)
    {
        var hash = Hash(key);
        var known = false;
        foreach (var ours in _keys) known |= CryptographicOperations.FixedTimeEquals(ours, hash);
        return known;
    }

    private static string[] Split(string? keys) =>
        (keys ?? "").Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>The calls of one minute, by client.</summary>
    private sealed class Minute(long number)
    {
        private const int MaxClients = 100_000; // an attack from more addresses starts the count again instead of filling the memory

        private readonly ConcurrentDictionary<string, StrongBox> _calls = new(StringComparer.Ordinal);
        private int _clients;

        public long Number => number;

        public bool IsFull => Volatile.Read(ref _clients) > MaxClients;

        /// <summary>Counts a call.</summary>
        /// <returns>How many calls the client has made in this minute.</returns>
        public int Count(string client)
        {
            if (!_calls.TryGetValue(client, out var calls))
            {
                var added = new StrongBox();
                calls = _calls.GetOrAdd(client, added);
                if (calls == added) Interlocked.Increment(ref _clients); // the dictionary's own Count takes all of its locks
            }

            return Interlocked.Increment(ref calls.Value);
        }

        private sealed class StrongBox
        {
            public int Value;
        }
    }
}
