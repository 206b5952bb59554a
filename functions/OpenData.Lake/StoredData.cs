using System.Diagnostics.Metrics;
using Azure;
using Microsoft.Extensions.Logging;

namespace OpenData.Lake;

/// <summary>
/// Reads what an earlier process stored. One damaged record never takes others with it: it is set aside with a log line and counted in the
/// instrument <c>opendata.stored.damaged</c>, and whoever asked goes on without it.
/// </summary>
public static class StoredData
{
    private static readonly Counter<long> Damaged = Telemetry.Meter.CreateCounter<long>(
        "opendata.stored.damaged", "{record}", "Stored records that could not be read and were set aside, by their kind.");

    /// <summary>Reads a record, or sets it aside.</summary>
    /// <param name="kind">What it is, in one or two words, such as <c>upload</c>.</param>
    /// <param name="where">Its location: a blob name, or a table and keys.</param>
    /// <param name="read">Reads it from memory.</param>
    /// <param name="logger">Receives a line for what is set aside.</param>
    /// <returns>The record, or null if it is damaged.</returns>
    public static T? Read<T>(string kind, string where, Func<T?> read, ILogger? logger)
        where T : class
    {
        try
        {
            if (read() is { } record) return record;
            SetAside(kind, where, "It is null.", null, logger);
        }
        catch (Exception e) when (e is not (OperationCanceledException or RequestFailedException or OutOfMemoryException))
        {
            SetAside(kind, where, e.Message, e, logger);
        }

        return null;
    }

    /// <summary>Notes a record that was found damaged.</summary>
    /// <param name="kind">What it is, in one or two words.</param>
    /// <param name="where">Its location.</param>
    /// <param name="why">What is wrong with it.</param>
    /// <param name="error">The failure that showed it, if there was one.</param>
    /// <param name="logger">Receives a line for it.</param>
    public static void SetAside(string kind, string where, string why, Exception? error, ILogger? logger)
    {
        Damaged.Add(1, new KeyValuePair<string, object?>("kind", kind));
        logger?.LogError(error, "The stored {Kind} '{Where}' is damaged and was set aside: {Why}", kind, where, why);
    }
}
