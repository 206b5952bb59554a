using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Channels;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Logging;
using OpenData.Lake;

namespace OpenData.Usage;

/// <summary>
/// The event log of one instance. Recording never waits and never throws; <see cref="RunAsync"/> appends what was recorded to
/// storage once a second, so that a crash loses at most the last second and a clean stop loses nothing.
/// </summary>
/// <remarks>
/// Events are stored in append blobs, <c>events/{yyyy-MM-dd}/{instance}-{number}.ndjson</c> in the usage container, in the folder of the
/// day on which they happened in the country's time zone, which their metadata names. When storage does not answer, events wait in memory;
/// beyond <see cref="Capacity"/> the newest are dropped and counted, because a slow log must never slow an answer.
/// </remarks>
public sealed class UsageLog : IAsyncDisposable
{
    /// <summary>The most events that wait in memory.</summary>
    public const int Capacity = 100_000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<(UsageEvent Event, string? Caller)> _recorded;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly DailySalt _salt;
    private readonly ILogger<UsageLog> _logger;
    private readonly TimeProvider _time;
    private readonly LocalTime _local;
    private readonly DayFile _file;
    private readonly List<UsageEvent> _batch = [];
    private long _dropped;

    /// <summary>Makes the log of this instance; nothing is written before <see cref="RunAsync"/> or <see cref="FlushAsync"/>.</summary>
    public UsageLog(Storage storage, TimeProvider time, LocalTime local, ILogger<UsageLog> logger)
    {
        _salt = new DailySalt(storage);
        _file = new DayFile(storage, local.Zone, RandomNumberGenerator.GetHexString(12, lowercase: true));
        _local = local;
        _time = time;
        _logger = logger;
        _recorded = Channel.CreateBounded<(UsageEvent, string?)>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropWrite }, _ => Interlocked.Increment(ref _dropped));
    }

    /// <summary>Takes note of one answered request.</summary>
    /// <param name="happened">What happened; its <see cref="UsageEvent.Client"/> is filled in from the caller.</param>
    /// <param name="caller">What tells callers apart, such as address and user agent, or null. It leaves memory as a pseudonym
    /// only.</param>
    public void Record(UsageEvent happened, string? caller = null) => _recorded.Writer.TryWrite((happened, caller));

    /// <summary>Appends what was recorded, once a second, until it is cancelled; then appends the rest and returns.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (await _recorded.Reader.WaitToReadAsync(stopping))
            {
                try
                {
                    await FlushAsync(CancellationToken.None); // an append cut off would leave it unknown whether it arrived
                }
                catch (Exception e) when (e is RequestFailedException or AggregateException or IOException)
                {
                    _logger.LogWarning(e, "Usage events wait in memory, because storage does not take them");
                }

                await Task.Delay(Pause, _time, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await FlushAsync(CancellationToken.None);
        }
    }

    /// <summary>Appends everything recorded so far. If storage fails, nothing is lost: the next flush takes it up again.</summary>
    public async Task FlushAsync(CancellationToken cancellation = default)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            // What a failed flush left in the batch goes first.
            while (_batch.Count > 0 || _recorded.Reader.TryPeek(out _))
            {
                while (_batch.Count < DayFile.MaxEvents && _recorded.Reader.TryPeek(out var next))
                {
                    var client = next.Caller is null ? null : await _salt.PseudonymAsync(next.Caller, DayOf(next.Event), cancellation);
                    _batch.Add(next.Event with { Client = client });
                    _recorded.Reader.TryRead(out _); // only now, so that a failing salt loses no event
                }

                foreach (var day in _batch.GroupBy(DayOf).OrderBy(day => day.Key).ToList())
                {
                    await _file.AppendAsync(day.Key, [.. day], cancellation);
                    _batch.RemoveAll(happened => DayOf(happened) == day.Key);
                }
            }

            if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
            {
                _logger.LogError("{Dropped} usage events were dropped: storage did not take them in time", dropped);
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Appends the rest.</summary>
    public async ValueTask DisposeAsync()
    {
        _recorded.Writer.TryComplete();
        await FlushAsync();
        _writing.Dispose();
    }

    private DateOnly DayOf(UsageEvent happened) => _local.DayOf(happened.Time);

    /// <summary>The append blob that this instance writes to now.</summary>
    private sealed class DayFile(Storage storage, string zone, string instance)
    {
        /// <summary>
        /// The most events in one block: at 8 KB, which no event reaches, they stay below 4 MiB, the most a block may hold.
        /// </summary>
        public const int MaxEvents = 500;

        private const int MaxBlocks = 50_000; // the service's bound for one append blob

        private AppendBlobClient? _blob;
        private DateOnly _day;
        private long _length;
        private int _blocks;
        private int _number;

        public async Task AppendAsync(DateOnly day, IReadOnlyList<UsageEvent> events, CancellationToken cancellation)
        {
            using var block = new MemoryStream();
            foreach (var happened in events)
            {
                JsonSerializer.Serialize(block, happened, OpenDataJson.Options);
                block.WriteByte((byte)'\n');
            }

            if (_blob is null || _day != day || _blocks >= MaxBlocks) await StartAsync(day, cancellation);
            block.Position = 0;
            try
            {
                // The position makes a repeated append harmless: one that did arrive, but whose answer was lost, is refused now.
                var conditions = new AppendBlobRequestConditions { IfAppendPositionEqual = _length };
                await _blob!.AppendBlockAsync(block, new AppendBlobAppendBlockOptions { Conditions = conditions }, cancellation);
                (_length, _blocks) = (_length + block.Length, _blocks + 1);
            }
            catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
            {
                var written = e.Status == 412 ? (await _blob!.GetPropertiesAsync(cancellationToken: cancellation)).Value.ContentLength : -1;
                var arrived = written == _length + block.Length;
                _blob = null; // whatever happened to it, the next block begins a new one
                if (!arrived) throw;
            }
        }

        private async Task StartAsync(DateOnly day, CancellationToken cancellation)
        {
            var blob = storage.Usage.GetAppendBlobClient(UsageDays.EventFile(day, instance, ++_number));
            var options = new AppendBlobCreateOptions
            {
                Conditions = new AppendBlobRequestConditions { IfNoneMatch = ETag.All },
                Metadata = new Dictionary<string, string> { [UsageDays.TimeZone] = zone },
            };
            await blob.CreateAsync(options, cancellation);
            (_blob, _day, _length, _blocks) = (blob, day, 0, 0);
        }
    }
}
