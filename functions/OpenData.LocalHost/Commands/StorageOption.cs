using System.CommandLine;
using Azure;
using Azure.Identity;
using OpenData.Lake;
using OpenData.LocalHost.Azurite;

namespace OpenData.LocalHost.Commands;

/// <summary>
/// The options <c>--storage</c> and <c>--data</c> of the commands that work on a running host's storage, and their errors.
/// </summary>
internal sealed class StorageOption
{
    private readonly Option<string?> _storage = new("--storage")
    {
        Description = "A storage account: its name, to act as whom you are signed in (az login), or its connection string. "
            + "Default: the settings AzureWebJobsStorage…, or the Azurite of a running host.",
    };

    private readonly Option<DirectoryInfo> _data = DataOption.Create("The data folder of the running host, by which its Azurite is found.");

    /// <summary>Adds the options to a command.</summary>
    public StorageOption AddTo(Command command)
    {
        command.Add(_storage);
        command.Add(_data);
        return this;
    }

    /// <summary>Does a command's work on the storage that the options name.</summary>
    /// <returns>What the work returns; 1 if storage cannot be used, with the reason on the error output.</returns>
    public async Task<int> RunAsync(ParseResult parsed, Func<Storage, Task<int>> work)
    {
        try
        {
            return await work(Open(parsed.GetValue(_storage), parsed.GetValue(_data)!.FullName));
        }
        catch (Exception e) when (e is SettingException or FileNotFoundException or UnauthorizedAccessException
            or AuthenticationFailedException)
        {
            return Refuse(parsed, e.Message);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            return Refuse(parsed,
                $"Storage does not answer or refuses us: {e.Message.Split('\n')[0]} Is the host running? "
                + "If its storage is elsewhere, name it with --storage.");
        }
    }

    /// <summary>Writes an error.</summary>
    /// <returns>The exit code 1.</returns>
    public static int Refuse(ParseResult parsed, string error)
    {
        parsed.InvocationConfiguration.Error.WriteLine(error);
        return 1;
    }

    private static Storage Open(string? text, string dataFolder)
    {
        if (text is { Length: > 0 } && !IsAccountName(text)) return StorageConnection.Open(text);
        var settings = new ConfigurationManager();
        if (text is { Length: > 0 }) settings[$"{StorageConnection.Setting}:accountName"] = text;
        else settings.AddEnvironmentVariables();
        if (settings.GetSection(StorageConnection.Setting).Exists()) return StorageConnection.Open(settings);
        if (RunningStorage.Find(dataFolder) is { } running) return StorageConnection.Open(running.ConnectionString);
        // The port is tried first, because the storage client would retry for half a minute.
        if (AzuriteServer.IsListening()) return StorageConnection.Open("UseDevelopmentStorage=true");
        throw new SettingException(
            $"No host is running on the data folder {dataFolder}, and nothing listens on 127.0.0.1:10000. "
            + "Start the host, name its data folder with --data, or its storage with --storage.");
    }

    // As Azure bounds them. A connection string has '=' in it.
    private static bool IsAccountName(string text) =>
        text.Length is >= 3 and <= 24 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));
}
