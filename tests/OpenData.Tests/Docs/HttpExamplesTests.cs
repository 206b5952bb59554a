using OpenData.LocalHost;
using OpenData.Tests.Releases;

namespace OpenData.Tests.Docs;

/// <summary>Every request of <c>docs/examples</c>, sent to a host that has the sample data.</summary>
public sealed class HttpExamplesTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "examples");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.http").Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Each_request_answers_what_it_promises(string name)
    {
        await using var store = await ReleaseStore.RestoreAsync(ReleaseStore.Names.Last());
        await using var api = await ReleaseWriter.StartAsync(store.Storage, store.Facts.WrittenAt.AddDays(1));
        var address = $"{api.Http.BaseAddress}api";
        var file = new HttpFile(
            await File.ReadAllTextAsync(Path.Combine(Folder, name)),
            new Dictionary<string, string>
            {
                ["api"] = address,
                ["datasets"] = $"{address}/explore/v2.1/catalog/datasets",
                ["key"] = store.Facts.Keys["nfa"],
            });

        Assert.NotEmpty(file.Requests);
        foreach (var request in file.Requests)
        {
            using var answer = await file.SendAsync(api.Http, request);
            var body = await answer.Content.ReadAsStringAsync();
            Assert.True((int)answer.StatusCode == request.Status, $"{name}, {request.Title}: {(int)answer.StatusCode} {body}");
            Assert.NotEmpty(body);
            Assert.DoesNotContain("\"total_count\":0", body, StringComparison.Ordinal);
        }
    }
}
