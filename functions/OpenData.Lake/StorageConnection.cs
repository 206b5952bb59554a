using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace OpenData.Lake;

/// <summary>
/// Opens the storage account that the Functions host itself uses: the one place that knows connection strings from identities.
/// </summary>
public static class StorageConnection
{
    /// <summary>The setting that names the account, as the Functions host spells it.</summary>
    public const string Setting = "AzureWebJobsStorage";

    /// <summary>
    /// Opens the account named by <c>AzureWebJobsStorage</c> (a connection string) or by <c>AzureWebJobsStorage__accountName</c> or
    /// <c>AzureWebJobsStorage__blobServiceUri</c>, <c>__tableServiceUri</c> and <c>__queueServiceUri</c> (an identity, user-assigned if
    /// <c>__clientId</c> is there).
    /// </summary>
    /// <exception cref="SettingException">None of these settings is there, or the connection string cannot be read.</exception>
    public static Storage Open(IConfiguration configuration)
    {
        if (configuration[Setting] is { Length: > 0 } connectionString) return Open(connectionString);

        var identity = configuration.GetSection(Setting);
        var account = identity["accountName"];
        var blobs = ServiceUri("blob");
        var tables = ServiceUri("table");
        var queues = ServiceUri("queue");
        var credential = Credential(configuration);
        return new Storage(
            new BlobServiceClient(blobs, credential),
            new TableServiceClient(tables, credential),
            new QueueServiceClient(queues, credential, Storage.QueueOptions));

        Uri ServiceUri(string service)
        {
            if (identity[$"{service}ServiceUri"] is { Length: > 0 } uri) return new Uri(uri);
            if (account is { Length: > 0 }) return new Uri($"https://{account}.{service}.core.windows.net");
            throw new SettingException(
                $"No storage is configured. Set {Setting} to a connection string (UseDevelopmentStorage=true for Azurite on its "
                + "own ports), "
                + $"or {Setting}__accountName to use an identity.");
        }
    }

    /// <summary>
    /// The identity that the platform acts as: the user-assigned one that the settings name, otherwise whatever this machine offers.
    /// </summary>
    public static TokenCredential Credential(IConfiguration configuration) =>
        configuration[$"{Setting}:clientId"] is { Length: > 0 } clientId
        ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId))
        : new DefaultAzureCredential();

    /// <summary>
    /// Opens an account by its connection string; see <see cref="Storage(BlobServiceClient, TableServiceClient, QueueServiceClient,
    /// string)"/> for the prefix.
    /// </summary>
    /// <exception cref="SettingException">The connection string cannot be read.</exception>
    public static Storage Open(string connectionString, string prefix = "")
    {
        try
        {
            return new Storage(
                new BlobServiceClient(connectionString),
                new TableServiceClient(connectionString),
                new QueueServiceClient(connectionString, Storage.QueueOptions),
                prefix);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new SettingException(
                $"The storage connection string cannot be read: {e.Message} It looks like "
                + "'DefaultEndpointsProtocol=https;AccountName=…;AccountKey=…;EndpointSuffix=core.windows.net' or "
                + "'UseDevelopmentStorage=true'.");
        }
    }
}
