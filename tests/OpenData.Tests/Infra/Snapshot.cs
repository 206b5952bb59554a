using System.Text.Json.Nodes;

namespace OpenData.Tests.Infra;

/// <summary>
/// What a deployment would make, every loop, condition and parameter worked out by the bicep program without asking Azure. Values
/// that only Azure knows stay expressions.
/// </summary>
internal sealed class Snapshot
{
    private static readonly Lazy<Task<Snapshot>> DevLazy = new(() => MakeAsync("param environmentType = 'dev'"));

    private static readonly Lazy<Task<Snapshot>> ProdLazy = new(() => MakeAsync("""
        param environmentType = 'prod'
        param frontDoor = true
        param zoneRedundant = true
        param agencyIpRanges = ['203.0.113.0/24', '198.51.100.7/32']
        param agencySubnetIds = ['/subscriptions/1/resourceGroups/nfa/providers/Microsoft.Network/virtualNetworks/nfa/subnets/drops']
        param plannersGroupId = '00000000-0000-0000-0000-0000000000aa'
        param operatorsGroupId = '00000000-0000-0000-0000-0000000000bb'
        param apiKeysSecretUri = 'https://portal.vault.azure.net/secrets/keys'
        var ours = '/subscriptions/00000000-0000-0000-0000-000000000001'
        param keyVaultId = '${ours}/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/portal'
        """));

    /// <summary>The subnet from which the large environment lets an agency drop.</summary>
    public const string AgencySubnet =
        "/subscriptions/1/resourceGroups/nfa/providers/Microsoft.Network/virtualNetworks/nfa/subnets/drops";

    private readonly IReadOnlyList<JsonObject> _resources;

    private Snapshot(IReadOnlyList<JsonObject> resources) => _resources = resources;

    /// <summary>The small environment, as a newcomer gets it.</summary>
    public static Task<Snapshot> DevAsync() => DevLazy.Value;

    /// <summary>The large one with everything that can be asked for.</summary>
    public static Task<Snapshot> ProdAsync() => ProdLazy.Value;

    /// <summary>Both.</summary>
    public static async Task<IReadOnlyList<Snapshot>> AllAsync() => [await DevAsync(), await ProdAsync()];

    /// <summary>All resources of a type.</summary>
    public IReadOnlyList<JsonObject> All(string type) => [.. _resources.Where(resource => (string?)resource["type"] == type)];

    /// <summary>The one resource of a type.</summary>
    public JsonObject The(string type) => Assert.Single(All(type));

    /// <summary>The last parts of the names of all resources of a type.</summary>
    public IEnumerable<string> Names(string type) =>
        All(type).Select(resource => ((string)resource["name"]!).Split('/')[^1]).Order(StringComparer.Ordinal);

    /// <summary>The app's settings.</summary>
    public JsonObject Settings => The("Microsoft.Web/sites/config")["properties"]!.AsObject();

    /// <summary>What a deployment with such parameters says: empty, or why it is refused before it begins.</summary>
    public static async Task<string> DiagnosticsAsync(string parameters) => (await RunAsync(parameters)).Diagnostics;

    private static async Task<Snapshot> MakeAsync(string parameters)
    {
        var (snapshot, diagnostics) = await RunAsync($"param location = 'koreacentral'\n{parameters}");
        Assert.Equal("", diagnostics);
        return new Snapshot([.. snapshot!["predictedResources"]!.AsArray().Select(resource => resource!.AsObject())]);
    }

    private static async Task<(JsonNode? Snapshot, string Diagnostics)> RunAsync(string parameters)
    {
        var folder = Directory.CreateTempSubdirectory("bicep-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "test.bicepparam"), $"""
                using '{Path.GetRelativePath(folder.FullName, Path.Combine(Bicep.Folder, "main.bicep")).Replace('\\', '/')}'
                param environmentName = 'test'
                param alertEmails = ['operators@example.org']
                param monthlyBudget = 100
                {parameters}
                """);
            var (_, diagnostics) = await Bicep.RunAsync(
                "snapshot", Path.Combine(folder.FullName, "test.bicepparam"), "--mode", "overwrite",
                "--subscription-id", "00000000-0000-0000-0000-000000000001", "--tenant-id", "00000000-0000-0000-0000-000000000002",
                    "--location", "koreacentral");
            var made = Path.Combine(folder.FullName, "test.snapshot.json");
            return (File.Exists(made) ? JsonNode.Parse(await File.ReadAllTextAsync(made)) : null, diagnostics);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
