using System.CommandLine;
using OpenData.Api.Pipeline;
using OpenData.Demand.Requests;
using OpenData.Lake;

namespace OpenData.LocalHost.Commands;

/// <summary>The command <c>key</c>: who may decide on data requests over HTTP.</summary>
internal static class KeyCommand
{
    private const string Planners = $"'{AgencyKeys.Planners}' for the planners, whose key also moderates";

    public static Command Create() =>
        new("key", "Issues, lists and revokes the keys with which agencies decide on data requests.") { Issue(), List(), Revoke() };

    private static Command Issue() => OfAgency(
        "issue", $"Issues a key to an agency ({Planners}) and prints it, this once.", async (keys, agency, parsed, cancellation) =>
        {
            // The key is alone on the output, so that it can go into a file or a variable; the explanation goes to the error output.
            await parsed.InvocationConfiguration.Output.WriteLineAsync(await keys.IssueAsync(agency, cancellation));
            await parsed.InvocationConfiguration.Error.WriteLineAsync(
                $"This is the key of {agency}. It is not shown again: only its hash is kept. "
                + $"It goes into the header {RequestHeaders.AgencyKey}; to make it useless: key revoke {agency}");
            return 0;
        });

    private static Command List()
    {
        var command = new Command("list", "Lists whose keys there are: agency, when it was issued (UTC), first digits of its hash.");
        var storage = new StorageOption().AddTo(command);
        command.SetAction((parsed, cancellation) => storage.RunAsync(parsed, async opened =>
        {
            foreach (var key in await new AgencyKeys(opened).ListAsync(cancellation))
            {
                await parsed.InvocationConfiguration.Output.WriteLineAsync(
                    $"{key.Agency,-20} {key.IssuedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}  {key.Mark}");
            }

            return 0;
        }));
        return command;
    }

    private static Command Revoke() => OfAgency(
        "revoke", "Makes all keys of an agency useless, at once.", async (keys, agency, parsed, cancellation) =>
        {
            var revoked = await keys.RevokeAsync(agency, cancellation);
            if (revoked == 0) return StorageOption.Refuse(parsed, $"{agency} has no key. Whose there are: key list");
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"Revoked {revoked} of {agency}.");
            return 0;
        });

    private static Command OfAgency(
        string name, string description, Func<AgencyKeys, string, ParseResult, CancellationToken, Task<int>> work)
    {
        var agency = new Argument<string>("AGENCY") { Description = $"The agency's folder name, such as nfa; {Planners}." };
        var command = new Command(name, description) { agency };
        var storage = new StorageOption().AddTo(command);
        command.SetAction((parsed, cancellation) => storage.RunAsync(parsed, opened =>
        {
            var whose = parsed.GetValue(agency)!;
            return DatasetId.TryName(whose, out var name)
                ? work(new AgencyKeys(opened), name, parsed, cancellation)
                : Task.FromResult(
                    StorageOption.Refuse(
                        parsed, $"'{whose}' is not an agency's folder name: letters, digits, '-', '_' and '.', such as nfa."));
        }));
        return command;
    }
}
