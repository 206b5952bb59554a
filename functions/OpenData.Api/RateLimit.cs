using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace OpenData.Api;

/// <summary>
/// How many calls a client may make in a minute of the clock, counted in each instance: by its key if it has one, otherwise by
/// its address. Addresses are forgotten with the minute, and never written down.
/// </summary>
public sealed class RateLimit(OpenDataSettings settings, TimeProvider time)
{
    private const int MaxClients = 100_000;

    private readonly byte[][] _keys = [.. (settings.ApiKeys ?? "").Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Hash)];
    private ConcurrentDictionary<string, int[]> _calls = new(StringComparer.Ordinal);
    private long _minute;

    /// <summary>Counts a call.</summary>
    /// <returns>What may be said of it in headers.</returns>
    /// <exception cref="ApiException">401: the key is not one of ours.</exception>
    internal (bool Allowed, int Limit, int Remaining, DateTimeOffset Reset) Count(HttpRequest request)
    {
        var key = KeyOf(request);
        if (key is not null && !IsKnown(key)) throw new ApiException(401, "InvalidApiKey", "The API key is not known. Reading needs no key: leave it out.");
        var limit = key is null ? settings.CallsPerMinute : settings.CallsPerMinuteWithKey;
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        var reset = DateTimeOffset.FromUnixTimeSeconds((minute + 1) * 60);
        var before = Interlocked.Exchange(ref _minute, minute);
        // A new minute, or an attack from more addresses than we care to remember.
        if (before != minute || _calls.Count > MaxClients) _calls = new ConcurrentDictionary<string, int[]>(StringComparer.Ordinal);
        var calls = Interlocked.Increment(ref _calls.GetOrAdd(key is null ? Caller.Of(request.HttpContext).Address : "key " + key, static _ => new int[1])[0]);
        return (calls <= limit, limit, Math.Max(0, limit - calls), reset);
    }

    /// <summary>429 as the contract has it.</summary>
    internal async Task RefuseAsync(HttpContext context, int limit, DateTimeOffset reset)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling((reset - time.GetUtcNow()).TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.CacheControl = "no-store";
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

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
