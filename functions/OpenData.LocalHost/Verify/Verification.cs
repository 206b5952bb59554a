using System.Globalization;
using System.Net;
using System.Text.Json;
using Azure;
using Azure.Storage.Queues;
using OpenData.Catalog;
using OpenData.Lake;

namespace OpenData.LocalHost.Verify;

/// <summary>What of a portal can be tried from outside, through its storage and its addresses: each try is a line of the output.</summary>
/// <param name="http">Leads to the portal; has the host's master key, where there is one.</param>
/// <param name="storage">Where to drop; null to drop nothing and make no report.</param>
/// <param name="time">The clock, by which it waits.</param>
/// <param name="output">Where it tells.</param>
internal sealed class Verification(HttpClient http, Storage? storage, TimeProvider time, TextWriter output)
{
    private const string Agency = "verify";
    private const string Dataset = "deployment";

    // On Azure an event may take a minute to arrive, and a cold start some seconds more.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private bool _wrong;

    /// <summary>Tries everything.</summary>
    /// <returns>Whether all of it went as it should.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        await TryAsync("it is well", async () => await GetAsync("/api/health", cancellation));
        if (storage is not null)
        {
            await TryAsync("a drop is published and can be queried", () => PublishAsync(cancellation));
            await TryAsync("a file that cannot be read is rejected with a report", () => RejectAsync(cancellation));
            if (await storage.FailedDrops.ExistsAsync(cancellation)) // where a Functions host runs
            {
                await TryAsync("a drop that the host gave up is taken up once more", () => TakeUpAsync(cancellation));
            }

            await TryAsync("the planners' report is made", () => ReportAsync(cancellation));
        }

        string[] kept = ["/api/explore/v2.1/catalog/datasets"];
        string[] notKept = ["/api/health", $"/api/uploads/{Agency}", "/api/requests", "/api/reports", "/api/nothing-here"];
        foreach (var path in kept) await TryAsync($"caches may keep {path}", () => KeptAsync(path, "public", cancellation));
        foreach (var path in notKept) await TryAsync($"no cache keeps {path}", () => KeptAsync(path, "no-store", cancellation));
        return !_wrong;
    }

    private async Task PublishAsync(CancellationToken cancellation)
    {
        await DropAsync(
            "dataset.json", """{"title":"Deployment check","description":"Made by the command verify. It is no data."}""", cancellation);
        var run = time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        await EndAsync(await DropAsync("check.csv", $"run,text\n{run},대한민국\n", cancellation), UploadState.Published, cancellation);
        var records = await GetAsync($"/api/explore/v2.1/catalog/datasets/{Dataset}@{Agency}/records?where=run%3D{run}", cancellation);
        if (records.GetProperty("total_count").GetInt32() != 1)
        {
            throw new VerificationException($"the row of this run is not among its records: {records}");
        }
    }

    private async Task RejectAsync(CancellationToken cancellation)
    {
        // Neither a workbook nor text: three bytes that mean nothing.
        var upload = await EndAsync(await DropAsync("check.xlsx", "\u0001\0\u0002", cancellation), UploadState.Rejected, cancellation);
        if (upload.Problems.Count == 0) throw new VerificationException($"its record has no problem: {upload}");
    }

    // A poison message as the host writes one; its drop was published above, so that nothing is published twice.
    private async Task TakeUpAsync(CancellationToken cancellation)
    {
        var refused = await CountAsync(storage!.RefusedDrops, cancellation);
        await storage.FailedDrops.SendMessageAsync(
            JsonSerializer.Serialize(new
            {
                Type = "BlobTrigger",
                FunctionId = "Host.Functions.IngestOnEvent",
                BlobType = "BlockBlob",
                ContainerName = storage.Incoming.Name,
                BlobName = $"{Agency}/{Dataset}/check.csv",
                ETag = "\"0x0\"",
            }),
            cancellation);
        var begun = time.GetTimestamp();
        while (await CountAsync(storage.FailedDrops, cancellation) > 0)
        {
            if (time.GetElapsedTime(begun) >= Patience)
            {
                throw new VerificationException(
                    $"after {Patience.TotalMinutes} minutes {storage.FailedDrops.Name} is not empty: does the function RetryFailed run?");
            }

            await Task.Delay(Pause, time, cancellation);
        }

        if (await CountAsync(storage.RefusedDrops, cancellation) > refused)
        {
            throw new VerificationException($"the function RetryFailed threw: its message is in {storage.RefusedDrops.Name}.");
        }
    }

    private static async Task<int> CountAsync(QueueClient queue, CancellationToken cancellation) =>
        await queue.ExistsAsync(cancellation) ? (await queue.GetPropertiesAsync(cancellation)).Value.ApproximateMessagesCount : 0;

    private async Task ReportAsync(CancellationToken cancellation)
    {
        using var answer = await http.PostAsync("/api/reports", null, cancellation);
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw new VerificationException(
                "the host asks for its master key: set OPENDATA_MASTER_KEY. (az functionapp keys list --query masterKey prints it.)");
        }

        if (!answer.IsSuccessStatusCode && answer.StatusCode != HttpStatusCode.Conflict)
        {
            throw await RefusedAsync("POST /api/reports", answer, cancellation); // a conflict says that it is being made
        }

        await GetAsync("/api/reports/latest?format=json", cancellation);
    }

    private async Task KeptAsync(string path, string directive, CancellationToken cancellation)
    {
        using var answer = await http.GetAsync(path, cancellation);
        var said = answer.Headers.CacheControl?.ToString() ?? "nothing";
        if (!said.Contains(directive, StringComparison.Ordinal))
        {
            throw new VerificationException(
                $"its Cache-Control is {said} instead of {directive}. A cache that is told nothing keeps it for days.");
        }
    }

    /// <summary>Drops a file.</summary>
    /// <returns>Its ETag, by which its record is found.</returns>
    private async Task<string> DropAsync(string file, string content, CancellationToken cancellation)
    {
        var blob = storage!.Incoming.GetBlobClient($"{Agency}/{Dataset}/{file}");
        return (await blob.UploadAsync(BinaryData.FromString(content), overwrite: true, cancellation)).Value.ETag.ToString("H");
    }

    /// <summary>Waits until a drop has come to its end.</summary>
    /// <returns>Its record.</returns>
    private async Task<Upload> EndAsync(string etag, UploadState expected, CancellationToken cancellation)
    {
        var state = "not announced";
        for (var begun = time.GetTimestamp(); time.GetElapsedTime(begun) < Patience; await Task.Delay(Pause, time, cancellation))
        {
            var upload = await new UploadLog(storage!).ListAsync(Agency, cancellation).FirstOrDefaultAsync(one =>
                one.ETag == etag, cancellation);
            if (upload is null) continue;

            state = upload.State.ToString().ToLowerInvariant();
            if (upload.State == expected) return upload;
            if (upload.State != UploadState.Processing) break;
        }

        throw new VerificationException(
            $"after {Patience.TotalMinutes} minutes at most it is {state}. "
            + "On Azure: azd hooks run postdeploy, and docs/operations.md, dead-letters.");
    }

    private async Task<JsonElement> GetAsync(string path, CancellationToken cancellation)
    {
        using var answer = await http.GetAsync(path, cancellation);
        if (!answer.IsSuccessStatusCode) throw await RefusedAsync($"GET {path}", answer, cancellation);
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsByteArrayAsync(cancellation));
    }

    private static async Task<VerificationException> RefusedAsync(string what, HttpResponseMessage answer, CancellationToken cancellation)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        return new VerificationException($"{what} is answered with {(int)answer.StatusCode}: {(text.Length > 200 ? text[..200] : text)}");
    }

    private async Task TryAsync(string what, Func<Task> attempt)
    {
        var begun = time.GetTimestamp();
        try
        {
            await attempt();
            await output.WriteLineAsync(
                $"  ok     {what} ({time.GetElapsedTime(begun).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s)");
        }
        catch (Exception e) when (
            e is VerificationException or HttpRequestException or RequestFailedException or JsonException
                or TaskCanceledException { InnerException: TimeoutException })
        {
            _wrong = true;
            await output.WriteLineAsync($"  WRONG  {what}: {e.Message.Split('\n')[0]}");
        }
    }

    private sealed class VerificationException(string message) : Exception(message);
}
