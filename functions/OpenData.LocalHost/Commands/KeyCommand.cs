using System.CommandLine;
using System.Globalization;
using OpenData.Access;
using OpenData.Api.Pipeline;
using OpenData.Hosting;
using OpenData.Lake;

namespace OpenData.LocalHost.Commands;

/// <summary>The command <c>key</c>: who may read more, and who may act, over HTTP.</summary>
internal static class KeyCommand
{
    private const string Planners = $"'{AccessKey.Planners}' for the planners";

    public static Command Create() =>
        new("key", "Issues, lists, rotates and revokes the keys of clients, agencies, approvers and planners.")
        {
            Issue(), List(), Rotate(), Revoke(),
        };

    private static Command Issue()
    {
        var kind = new Option<KeyKind>("--kind")
        {
            Description = "What it is for: agency (the default; of 'planning' planner), client, approver or planner.",
            DefaultValueFactory = _ => KeyKind.Agency,
        };
        var agencies = new Option<string?>("--agencies")
        {
            Description = "Of an approver's key: the agencies whose publications it approves, separated by commas, or * for all.",
        };
        var expires = new Option<DateOnly?>("--expires") { Description = "The day (UTC) from which on it is useless, such as 2027-01-01." };
        var command = OfName(
            "issue", $"Issues a key and prints it, this once. NAME is an agency's folder name ({Planners}), or what a client's or an "
            + "approver's key is to be called.",
            async (change, name, parsed, cancellation) =>
            {
                var of = parsed.GetValue(kind);
                var wanted = of switch
                {
                    KeyKind.Agency => NewKey.OfAgency(name),
                    KeyKind.Approver => new NewKey(name, of, (parsed.GetValue(agencies) ?? "").Split(
                        ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
                    _ => new NewKey(name, of, []),
                };
                if (parsed.GetValue(expires) is { } day)
                {
                    wanted = wanted with { ExpiresAt = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) };
                }

                if (wanted.Fault() is { } fault) return StorageOption.Refuse(parsed, fault);
                string key;
                try
                {
                    key = await change.Keys.IssueAsync(wanted, cancellation);
                }
                catch (ArgumentException e)
                {
                    return StorageOption.Refuse(parsed, e.Message);
                }

                await change.LogAsync("issued", wanted.Name, cancellation);
                return await ShowAsync(parsed, name, key);
            });
        command.Add(kind);
        command.Add(agencies);
        command.Add(expires);
        return command;
    }

    private static Command List()
    {
        var command = new Command(
            "list", "Lists the keys: name, kind, for which agencies, when issued and when useless (UTC), first digits of the hash.");
        var storage = new StorageOption().AddTo(command);
        command.SetAction((parsed, cancellation) => storage.RunAsync(parsed, async opened =>
        {
            foreach (var key in await new Change(opened).Keys.ListAsync(cancellation))
            {
                var until = key.ExpiresAt is { } at ? $"until {at.UtcDateTime:yyyy-MM-dd HH:mm}" : "";
                await parsed.InvocationConfiguration.Output.WriteLineAsync(
                    $"{key.Name,-20} {key.Kind.ToString().ToLowerInvariant(),-9} {string.Join(',', key.Scope),-12} "
                    + $"{key.IssuedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}  {key.Mark}  {until}".TrimEnd());
            }

            return 0;
        }));
        return command;
    }

    private static Command Rotate()
    {
        var overlap = new Option<int>("--days")
        {
            Description = "For how many days the earlier keys of that name go on, 0 to 90.",
            DefaultValueFactory = _ => 7,
        };
        var command = OfName(
            "rotate", "Issues a key like the last of a name and prints it; the earlier ones go on for some days.",
            async (change, name, parsed, cancellation) =>
            {
                var days = parsed.GetValue(overlap);
                if (days is < 0 or > 90) return StorageOption.Refuse(parsed, $"--days is {days}: it must be from 0 to 90.");
                if (await change.Keys.RotateAsync(name, TimeSpan.FromDays(days), cancellation) is not { } key)
                {
                    return StorageOption.Refuse(parsed, $"{name} has no key. Whose there are: key list");
                }

                await change.LogAsync(string.Create(CultureInfo.InvariantCulture, $"rotated, with {days} days of overlap"), name,
                    cancellation);
                return await ShowAsync(parsed, name, key);
            });
        command.Add(overlap);
        return command;
    }

    private static Command Revoke() => OfName(
        "revoke", "Makes all keys of a name useless, at once; a client's within five seconds.", async (change, name, parsed,
            cancellation) =>
        {
            var revoked = await change.Keys.RevokeAsync(name, cancellation);
            if (revoked == 0) return StorageOption.Refuse(parsed, $"{name} has no key. Whose there are: key list");
            await change.LogAsync("revoked", name, cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"Revoked {revoked} of {name}.");
            return 0;
        });

    // The key is alone on the output, so that it can go into a file or a variable; the explanation goes to the error output.
    private static async Task<int> ShowAsync(ParseResult parsed, string name, string key)
    {
        await parsed.InvocationConfiguration.Output.WriteLineAsync(key);
        await parsed.InvocationConfiguration.Error.WriteLineAsync(
            $"This is the key of {name}. It is not shown again: only its hash is kept. It goes into the header "
            + $"{RequestHeaders.AgencyKey}, or, as "
            + $"Authorization: ApiKey …, into every client of the API; to make it useless: key revoke {name}");
        return 0;
    }

    private static Command OfName(string verb, string description, Func<Change, string, ParseResult, CancellationToken, Task<int>> work)
    {
        var name = new Argument<string>("NAME") { Description = $"The key's name: of an agency its folder name, such as nfa; {Planners}." };
        var command = new Command(verb, description) { name };
        var storage = new StorageOption().AddTo(command);
        command.SetAction((parsed, cancellation) => storage.RunAsync(parsed, opened =>
        {
            var whose = parsed.GetValue(name)!;
            return DatasetId.TryName(whose, out var valid)
                ? work(new Change(opened), valid, parsed, cancellation)
                : Task.FromResult(
                    StorageOption.Refuse(
                        parsed, $"'{whose}' is not an agency's folder name: letters, digits, '-', '_' and '.', such as nfa."));
        }));
        return command;
    }

    /// <summary>The keys, and the log of who changed them.</summary>
    private sealed class Change(Storage storage)
    {
        public KeyStore Keys { get; } = new(storage, new OpenDataSettings(), OpenDataServices.SystemTime);

        public async Task LogAsync(string what, string name, CancellationToken cancellation)
        {
            await storage.Audit.CreateIfNotExistsAsync(cancellationToken: cancellation);
            await new AuditLog(storage, OpenDataServices.SystemTime).AddAsync(
                $"operator {Environment.UserName}", AuditedAction.Key, name, detail: what, cancellation: cancellation);
        }
    }
}
