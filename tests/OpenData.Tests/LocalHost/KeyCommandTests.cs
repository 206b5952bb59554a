using System.CommandLine;
using OpenData.Access;
using OpenData.Lake;
using OpenData.LocalHost.Commands;

namespace OpenData.Tests.LocalHost;

public sealed class KeyCommandTests : IAsyncLifetime
{
    private string _connection = "";
    private Storage _storage = null!;

    public async Task InitializeAsync()
    {
        _connection = await TestStorage.ConnectionStringAsync();
        _storage = StorageConnection.Open(_connection);
        await _storage.Keys.CreateIfNotExistsAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_key_is_shown_once_kept_as_a_hash_listed_and_revoked()
    {
        var (code, key, told) = await RunAsync("issue", "key-a");
        var (_, second, _) = await RunAsync("issue", "key-a");
        Assert.Equal(0, code);
        Assert.Equal(1, key.Count(c => c == '\n')); // the key and nothing else, for a file or a variable
        Assert.Contains("not shown again", told, StringComparison.Ordinal);
        Assert.NotEqual(key, second);

        var keys = new KeyStore(_storage, new OpenDataSettings(), TimeProvider.System);
        Assert.Equal("key-a", (await keys.FindAsync(key.Trim()))?.Name);
        await foreach (var row in _storage.Keys.QueryAsync<Azure.Data.Tables.TableEntity>())
        {
            Assert.DoesNotContain(
                row,
                column => key.Trim().Equals(column.Value as string, StringComparison.Ordinal)
                    || (column.Value as string)?.Contains(key.Trim().Split('.')[1], StringComparison.Ordinal) == true);
        }

        var (listed, list, _) = await RunAsync("list");
        Assert.Equal(0, listed);
        Assert.Equal(2, list.Split('\n').Count(line => line.StartsWith("key-a ", StringComparison.Ordinal)));
        Assert.DoesNotContain(key.Trim().Split('.')[1][..8], list, StringComparison.Ordinal);

        Assert.Equal((0, "Revoked 2 of key-a.\n", ""), await RunAsync("revoke", "key-a"));
        Assert.Null((await keys.FindAsync(key.Trim()))?.Name);
        Assert.DoesNotContain("key-a ", (await RunAsync("list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_of_an_agency_with_a_Korean_name_can_be_sent_in_a_header()
    {
        var (_, key, _) = await RunAsync("issue", "소방청");

        Assert.All(key.Trim(), c => Assert.True(char.IsAscii(c)));
        Assert.Equal("소방청", (await new KeyStore(_storage, new OpenDataSettings(), TimeProvider.System).FindAsync(key.Trim()))!.Name);
    }

    [Theory]
    [InlineData("issue", "no/agency", "is not an agency's folder name")]
    [InlineData("revoke", "key-nobody", "has no key")]
    public async Task What_cannot_be_done_is_told(string command, string agency, string expected)
    {
        var (code, output, error) = await RunAsync(command, agency);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storage_that_cannot_be_used_is_told_without_a_stack_trace()
    {
        var (code, _, error) = await RunAsync(["list", "--storage", "AccountName=a;Nonsense"], storage: null);

        Assert.Equal(1, code);
        Assert.Contains("cannot be read", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => RunAsync(arguments, _connection);

    private static async Task<(int Code, string Output, string Error)> RunAsync(string[] arguments, string? storage)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        string[] where = storage is null ? [] : ["--storage", storage];
        var code = await ServeCommand.Create().Parse(["key", .. arguments, .. where]).InvokeAsync(
            new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
