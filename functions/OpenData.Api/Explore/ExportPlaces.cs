using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using OpenData.Api.Pipeline;
using OpenData.Query.Language;

namespace OpenData.Api.Explore;

/// <summary>
/// How many exports a caller may run at once in this instance, so that one who takes many, or does not read what it takes, leaves places
/// for others. Callers without an identity are bounded together only, by the query engine.
/// </summary>
public sealed class ExportPlaces(CallerIdentity callers)
{
    /// <summary>The most exports of one caller at once.</summary>
    internal static readonly int PerCaller = Math.Max(2, QueryLimits.Exports / 4);

    private readonly ConcurrentDictionary<string, int> _running = new(StringComparer.Ordinal);

    /// <summary>Takes a place, which is free again when the result is disposed.</summary>
    /// <exception cref="ApiException">429: the caller has as many exports running as it may.</exception>
    internal IDisposable Take(HttpRequest request)
    {
        var caller = callers.Identify(request.HttpContext);
        if (caller.Kind == CallerKind.Unidentified) return new Place(null);
        if (_running.AddOrUpdate(caller.Name, 1, (_, running) => running + 1) <= PerCaller) return new Place(() => Release(caller.Name));
        Release(caller.Name);
        throw new ApiException(
            429, "TooManyExports",
            $"You have {PerCaller} exports running, which is the most for one caller. Start the next when one has ended.")
        {
            RetrySeconds = 5,
        };
    }

    private void Release(string name)
    {
        // Removes the entry with its last export; another thread may start one meanwhile, and then it stays.
        while (_running.TryGetValue(name, out var running))
        {
            var released = running > 1
                ? _running.TryUpdate(name, running - 1, running)
                : _running.TryRemove(KeyValuePair.Create(name, running));
            if (released) return;
        }
    }

    private sealed class Place(Action? release) : IDisposable
    {
        private Action? _release = release;

        public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
    }
}
