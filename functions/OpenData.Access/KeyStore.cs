using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using OpenData.Lake;

namespace OpenData.Access;

/// <summary>
/// The one store of keys, and the one check: clients', agencies', approvers' and planners'. Only hashes are kept. The keys of the setting
/// <c>ApiKeys</c> are clients' keys beside those of the store.
/// </summary>
/// <param name="storage">Where the keys are.</param>
/// <param name="settings">Has the keys of the setting.</param>
/// <param name="time">The clock, by which keys expire.</param>
public sealed class KeyStore(Storage storage, OpenDataSettings settings, TimeProvider time)
{
    private const string Partition = "key";
    private const int MostRemembered = 10_000;

    // A client's key comes with every one of its calls: it is believed for so long, so that its revocation takes as long at most.
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(5);

    private readonly byte[][] _ofSetting = [.. Split(settings.ApiKeys).Select(Hash)];
    private readonly ConcurrentDictionary<string, (AccessKey Key, long At)> _clients = new(StringComparer.Ordinal);

    /// <summary>Makes a key, in ASCII, as a header takes it; this is the only time that it can be read.</summary>
    /// <exception cref="ArgumentException">The description is at fault, or keys of that name are for something else.</exception>
    public async Task<string> IssueAsync(NewKey wanted, CancellationToken cancellation = default)
    {
        if (wanted.Fault() is { } fault) throw new ArgumentException(fault, nameof(wanted));
        wanted = wanted with { Name = UnicodeText.Nfc(wanted.Name), Scope = [.. wanted.Scope.Select(UnicodeText.Nfc)] };
        var same = (await ListAsync(cancellation)).FirstOrDefault(key => key.Name == wanted.Name);
        if (same is not null && (same.Kind != wanted.Kind || !same.Scope.SequenceEqual(wanted.Scope)))
        {
            throw new ArgumentException(
                $"'{wanted.Name}' names keys of the kind {same.Kind} for {string.Join(", ", same.Scope)}: choose another name.",
                    nameof(wanted));
        }

        return await AddAsync(wanted, cancellation);
    }

    /// <summary>What a key is, or null if it is not known or has expired.</summary>
    public async Task<AccessKey?> FindAsync(string key, CancellationToken cancellation = default)
    {
        var hash = Hash(key);
        var name = Convert.ToHexStringLower(hash);
        var isOfSetting = false;
        foreach (var ours in _ofSetting) isOfSetting |= CryptographicOperations.FixedTimeEquals(ours, hash);
        if (isOfSetting)
        {
            var mark = name[..AccessKey.MarkLength];
            return new AccessKey($"ApiKeys-{mark}", KeyKind.Client, [], DateTimeOffset.UnixEpoch, null, mark);
        }

        if (_clients.TryGetValue(name, out var known) && time.GetElapsedTime(known.At) < Believed && !IsExpired(known.Key))
        {
            return known.Key;
        }

        var found = await storage.Keys.GetEntityIfExistsAsync<TableEntity>(Partition, name, cancellationToken: cancellation);
        if (!found.HasValue || Read(found.Value!) is not { } read || IsExpired(read))
        {
            _clients.TryRemove(name, out _);
            return null;
        }

        if (read.Kind == KeyKind.Client)
        {
            if (_clients.Count > MostRemembered) _clients.Clear();
            _clients[name] = (read, time.GetTimestamp());
        }

        return read;
    }

    /// <summary>The keys of the store, by name and then by age; expired ones too.</summary>
    public async Task<IReadOnlyList<AccessKey>> ListAsync(CancellationToken cancellation = default)
    {
        var keys = new List<AccessKey>();
        await foreach (var row in storage.Keys.QueryAsync<TableEntity>(row =>
            row.PartitionKey == Partition, cancellationToken: cancellation))
        {
            if (Read(row) is { } key) keys.Add(key);
        }

        return [.. keys.OrderBy(key => key.Name, StringComparer.Ordinal).ThenBy(key => key.IssuedAt)];
    }

    /// <summary>Makes all keys of a name useless, at once; a client's within five seconds.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> RevokeAsync(string name, CancellationToken cancellation = default)
    {
        var revoked = 0;
        await foreach (var row in storage.Keys.QueryAsync<TableEntity>(row =>
            row.PartitionKey == Partition, cancellationToken: cancellation))
        {
            if (Read(row)?.Name != UnicodeText.Nfc(name)) continue;
            await storage.Keys.DeleteEntityAsync(row, cancellationToken: cancellation);
            revoked++;
        }

        return revoked;
    }

    /// <summary>
    /// Makes a key of a short life that stands for another in a browser, so that the lasting one is not kept there. It ends with the keys
    /// of its name when they are revoked.
    /// </summary>
    /// <param name="key">The key that was shown.</param>
    /// <param name="life">How long it lives; not beyond the other.</param>
    /// <param name="cancellation">Stops the work.</param>
    public Task<string> OpenSessionAsync(AccessKey key, TimeSpan life, CancellationToken cancellation = default)
    {
        var end = time.GetUtcNow() + life;
        return AddAsync(new NewKey(key.Name, key.Kind, key.Scope, key.ExpiresAt < end ? key.ExpiresAt : end), cancellation);
    }

    /// <summary>Makes one key useless.</summary>
    public Task EndAsync(string key, CancellationToken cancellation = default) =>
        storage.Keys.DeleteEntityAsync(Partition, Convert.ToHexStringLower(Hash(key)), cancellationToken: cancellation);

    /// <summary>Makes a key like those of a name, which go on for a while, so that its holder can change over.</summary>
    /// <param name="name">Which.</param>
    /// <param name="overlap">How long the earlier ones go on; 0 or more.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The new key; null if there is none of that name.</returns>
    public async Task<string?> RotateAsync(string name, TimeSpan overlap, CancellationToken cancellation = default)
    {
        var until = time.GetUtcNow() + overlap;
        TableEntity? last = null;
        var earlier = new List<TableEntity>();
        await foreach (var row in storage.Keys.QueryAsync<TableEntity>(row =>
            row.PartitionKey == Partition, cancellationToken: cancellation))
        {
            if (Read(row) is not { } key || key.Name != UnicodeText.Nfc(name) || IsExpired(key)) continue;
            earlier.Add(row);
            if (last is null || Read(last)!.IssuedAt < key.IssuedAt) last = row;
        }

        if (last is null) return null;
        var like = Read(last)!;
        var made = await AddAsync(new NewKey(like.Name, like.Kind, like.Scope), cancellation);
        foreach (var row in earlier)
        {
            if (Read(row)!.ExpiresAt <= until) continue;
            row["ExpiresAt"] = until;
            row["IssuedAt"] = Read(row)!.IssuedAt; // the row's own time is that of its last change
            await storage.Keys.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellation);
        }

        return made;
    }

    private async Task<string> AddAsync(NewKey wanted, CancellationToken cancellation)
    {
        var key = $"{Uri.EscapeDataString(wanted.Name)}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24))}";
        var row = new TableEntity(Partition, Convert.ToHexStringLower(Hash(key)))
        {
            ["Name"] = wanted.Name,
            ["Kind"] = wanted.Kind.ToString(),
            ["Scope"] = string.Join(';', wanted.Scope),
            ["IssuedAt"] = time.GetUtcNow(),
        };
        if (wanted.ExpiresAt is { } at) row["ExpiresAt"] = at;
        await storage.Keys.AddEntityAsync(row, cancellation);
        return key;
    }

    private bool IsExpired(AccessKey key) => key.ExpiresAt <= time.GetUtcNow();

    // Releases up to November 2026 kept an agency and nothing else. A row that cannot be read is no key.
    private static AccessKey? Read(TableEntity row)
    {
        var mark = row.RowKey.Length > AccessKey.MarkLength ? row.RowKey[..AccessKey.MarkLength] : row.RowKey;
        if (Text("Agency") is { } agency)
        {
            var of = NewKey.OfAgency(agency);
            return new AccessKey(of.Name, of.Kind, of.Scope, row.Timestamp ?? DateTimeOffset.UnixEpoch, Moment("ExpiresAt"), mark);
        }

        if (Text("Name") is not { } name || !Enum.TryParse<KeyKind>(Text("Kind"), out var kind) || Text("Scope") is not { } scope)
        {
            return null;
        }

        if (row.ContainsKey("ExpiresAt") && Moment("ExpiresAt") is null) return null;
        return new AccessKey(
            name, kind, scope.Split(';', StringSplitOptions.RemoveEmptyEntries), Moment("IssuedAt") ?? DateTimeOffset.UnixEpoch,
            Moment("ExpiresAt"), mark);

        string? Text(string property) => row.TryGetValue(property, out var value) ? value as string : null;

        DateTimeOffset? Moment(string property) => row.TryGetValue(property, out var value) ? value as DateTimeOffset? : null;
    }

    private static string[] Split(string? keys) =>
        (keys ?? "").Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // A key is random and long, so a plain hash keeps it.
    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
