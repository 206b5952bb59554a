using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using OpenData.Lake;

namespace OpenData.Tests.Api;

/// <summary>Storage that does not answer is a 503 soon, whether its port is closed or takes the question and says nothing.</summary>
public sealed class StorageAwayTests
{
    private static readonly string[] Paths =
    [
        "/api/health", $"{TestApi.Explore}/datasets", $"{TestApi.Explore}/datasets/parks@seoul/records",
        "/api/requests", "/api/uploads/seoul", "/api/reports/latest", $"{TestApi.Explore}/exports/ttl",
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_route_that_needs_storage_says_so_and_when_to_come_back(bool listens)
    {
        using var port = new TcpListener(IPAddress.Loopback, 0);
        port.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)port.LocalEndpoint).Port}/account";
        if (!listens) port.Stop();
        var storage = StorageConnection.Open(
            $"DefaultEndpointsProtocol=http;AccountName=account;AccountKey=YWJj;BlobEndpoint={address};TableEndpoint={address};");
        var api = await TestApi.StartAsync(storage);
        try
        {
            api.Http.Timeout = TimeSpan.FromSeconds(60); // the storage client alone tries for longer
            await Task.WhenAll(Paths.Select(path => CheckAsync(api, path)));
        }
        finally
        {
            _ = api.DisposeAsync().AsTask(); // it writes its usage log, which storage does not take; nobody waits for that
        }
    }

    private static async Task CheckAsync(TestApi api, string path)
    {
        using var answer = await api.Http.GetAsync(path);
        var error = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());

        Assert.Equal((path, HttpStatusCode.ServiceUnavailable), (path, answer.StatusCode));
        Assert.Equal("StorageUnavailable", error.GetProperty("error_code").GetString());
        Assert.NotNull(answer.Headers.RetryAfter);
    }
}
