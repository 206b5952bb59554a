using System.CommandLine;
using OpenData.Hosting;
using OpenData.Lake;
using OpenData.LocalHost.Verify;

namespace OpenData.LocalHost.Commands;

/// <summary>The command <c>verify</c>: whether a portal, here or on Azure, does what it is for.</summary>
internal static class VerifyCommand
{
    // Not an option: command lines are seen by everybody on the machine.
    private const string MasterKey = "OPENDATA_MASTER_KEY";

    public static Command Create()
    {
        var portal = new Argument<string>("URL") { Description = "Where the portal is, such as http://127.0.0.1:7071." };
        var noDrops = new Option<bool>(
            "--no-drops")
        { Description = "Drop nothing and make no report: for a network from which storage does not answer." };
        var command = new Command(
            "verify",
            $"Drops a file, queries it, makes the report (on Azure with the host's master key in {MasterKey}) and looks at cache headers. "
            + "0 if all is well.")
        {
            portal, noDrops,
        };
        var storage = new StorageOption().AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            if (!Uri.TryCreate(parsed.GetValue(portal), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            {
                return Task.FromResult(StorageOption.Refuse(
                    parsed, $"'{parsed.GetValue(portal)}' is no address of a portal: write it as http://127.0.0.1:7071."));
            }

            return parsed.GetValue(noDrops)
                ? VerifyAsync(parsed, url, null, cancellation)
                : storage.RunAsync(parsed, opened => VerifyAsync(parsed, url, opened, cancellation));
        });
        return command;
    }

    private static async Task<int> VerifyAsync(ParseResult parsed, Uri url, Storage? storage, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = new Uri(url.GetLeftPart(UriPartial.Authority)), Timeout = TimeSpan.FromMinutes(5) };
        if (Environment.GetEnvironmentVariable(MasterKey) is { Length: > 0 } key) http.DefaultRequestHeaders.Add("x-functions-key", key);
        return await new Verification(http, storage, OpenDataServices.SystemTime, parsed.InvocationConfiguration.Output)
            .RunAsync(cancellation) ? 0 : 1;
    }
}
