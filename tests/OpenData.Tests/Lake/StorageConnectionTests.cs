using Azure.Identity;
using Microsoft.Extensions.Configuration;
using OpenData.Lake;

namespace OpenData.Tests.Lake;

/// <summary>Connection strings and identities, as the Functions host spells them; nothing here calls a server.</summary>
[Trait("Category", "Unit")]
public class StorageConnectionTests
{
    [Fact]
    public void An_identity_opens_the_services_that_are_named()
    {
        var storage = StorageConnection.Open(Settings(
            ("blobServiceUri", "https://st1.blob.core.usgovcloudapi.net/"),
            ("tableServiceUri", "https://st1.table.core.usgovcloudapi.net/"),
            ("queueServiceUri", "https://st1.queue.core.usgovcloudapi.net/"), ("clientId", "11111111-1111-1111-1111-111111111111")));

        Assert.Equal("https://st1.blob.core.usgovcloudapi.net/lake", storage.Lake.Uri.ToString());
        Assert.Equal("https://st1.table.core.usgovcloudapi.net/datasets", storage.Datasets.Uri.ToString());
        Assert.Equal("https://st1.queue.core.usgovcloudapi.net/ingest-retries", storage.Retries.Uri.ToString());
    }

    [Fact]
    public void An_account_name_alone_means_the_usual_addresses()
    {
        var storage = StorageConnection.Open(Settings(("accountName", "st1")));

        Assert.Equal("https://st1.blob.core.windows.net/incoming", storage.Incoming.Uri.ToString());
        Assert.Equal("https://st1.table.core.windows.net/uploads", storage.Uploads.Uri.ToString());
    }

    [Fact]
    public void A_connection_string_goes_before_an_identity()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                [new("AzureWebJobsStorage", "UseDevelopmentStorage=true"), new("AzureWebJobsStorage:accountName", "st1")])
            .Build();

        Assert.Equal("127.0.0.1", StorageConnection.Open(configuration).Lake.Uri.Host);
    }

    [Fact]
    public void The_identity_is_the_user_assigned_one_where_there_is_one()
    {
        Assert.IsType<ManagedIdentityCredential>(
            StorageConnection.Credential(Settings(("clientId", "11111111-1111-1111-1111-111111111111"))));
        Assert.IsType<DefaultAzureCredential>(StorageConnection.Credential(Settings()));
    }

    [Fact]
    public void Without_either_it_says_what_to_set()
    {
        var error = Assert.Throws<SettingException>(() => StorageConnection.Open(Settings()));

        Assert.Contains("AzureWebJobsStorage__accountName", error.Message, StringComparison.Ordinal);
    }

    private static IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings.Select(setting => new KeyValuePair<string, string?>($"AzureWebJobsStorage:{setting.Name}", setting.Value)))
            .Build();
}
