using System.CommandLine;
using Azure;
using OpenData.Lake;
using OpenData.LocalHost.Azurite;

namespace OpenData.LocalHost.Commands;

/// <summary>The option <c>--storage</c> of the commands that work on a running host's storage, and what they say if it does not let them.</summary>
internal static class StorageOption
{
    public static Option<string?> Create() => new("--storage")
    {
        Description = "A storage account: its name, to act as whom you are signed in (az login), or its connection string. Default: the settings AzureWebJobsStorage…, or the Azurite of a running host.",
    };

    /// <summary>Does a command's work on the storage that the option names.</summary>
    /// <returns>What the work returns; 1 if storage cannot be used, which is then said on the error output.</returns>
    public static async Task<int> RunAsync(ParseResult parsed, Option<string?> option, Func<Storage, Task<int>> work)
    {
        try
        {
            return await work(Open(parsed.GetValue(option)));
        }
        catch (Exception e) when (e is SettingException or FileNotFoundException or UnauthorizedAccessException or Azure.Identity.AuthenticationFailedException)
        {
            return Refuse(parsed, e.Message);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            return Refuse(parsed, $"Storage does not answer or refuses us: {e.Message.Split('\n')[0]} Is the host running? If its storage is elsewhere, name it with --storage.");
        }
    }

    /// <summary>Says why not.</summary>
    /// <returns>The exit code 1.</returns>
    public static int Refuse(ParseResult parsed, string error)
    {
        parsed.InvocationConfiguration.Error.WriteLine(error);
        return 1;
    }

    private static Storage Open(string? text)
    {
        if (text is { Length: > 0 } && !IsAccountName(text)) return StorageConnection.Open(text);
        var settings = new ConfigurationManager();
        if (text is { Length: > 0 }) settings[$"{StorageConnection.Setting}:accountName"] = text;
        else settings.AddEnvironmentVariables();
        if (settings.GetSection(StorageConnection.Setting).Exists()) return StorageConnection.Open(settings);
        // Asked at once: the storage client would try for half a minute.
        if (!AzuriteServer.IsListening()) throw new SettingException("No host is running here: nothing listens on 127.0.0.1:10000. Start it, or name its storage with --storage.");
        return StorageConnection.Open("UseDevelopmentStorage=true");
    }

    // As Azure bounds them. A connection string has '=' in it.
    private static bool IsAccountName(string text) => text.Length is >= 3 and <= 24 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));
}
