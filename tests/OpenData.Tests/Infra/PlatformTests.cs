using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using OpenData.Lake;
using OpenData.Usage;

namespace OpenData.Tests.Infra;

/// <summary>What a deployment makes is what the code opens, and is closed to everybody else.</summary>
public class PlatformTests
{
    private static readonly Storage Opened = StorageConnection.Open("UseDevelopmentStorage=true"); // never called

    [BicepFact]
    public async Task Containers_tables_and_queues_are_those_that_the_code_opens()
    {
        foreach (var snapshot in await Snapshot.AllAsync())
        {
            Assert.Equal(
                Opens<BlobContainerClient>(container => container.Name).Append("app-package").Append("dead-letters")
                    .Order(StringComparer.Ordinal),
                snapshot.Names("Microsoft.Storage/storageAccounts/blobServices/containers"));
            Assert.Equal(
                Opens<TableClient>(table => table.Name).Order(StringComparer.Ordinal),
                snapshot.Names("Microsoft.Storage/storageAccounts/tableServices/tables"));
            Assert.Equal(
                [Storage.RetriesName, Storage.FailedDropsName], snapshot.Names("Microsoft.Storage/storageAccounts/queueServices/queues"));
        }
    }

    [BicepFact]
    public async Task Storage_is_closed_to_keys_and_to_the_public()
    {
        foreach (var snapshot in await Snapshot.AllAsync())
        {
            var account = snapshot.The("Microsoft.Storage/storageAccounts")["properties"]!;
            Assert.False((bool)account["allowBlobPublicAccess"]!);
            Assert.False((bool)account["allowSharedKeyAccess"]!);
            Assert.True((bool)account["supportsHttpsTrafficOnly"]!);
            Assert.Equal("TLS1_2", (string?)account["minimumTlsVersion"]);
            Assert.All(
                snapshot.All("Microsoft.Storage/storageAccounts/blobServices/containers"),
                container => Assert.Equal("None", (string?)container["properties"]!["publicAccess"]));
            Assert.True((bool)snapshot.The("Microsoft.Storage/storageAccounts/blobServices")["properties"]!["isVersioningEnabled"]!);
        }
    }

    [BicepFact]
    public async Task The_usage_log_is_deleted_after_its_time_and_the_sums_are_not()
    {
        foreach (var snapshot in await Snapshot.AllAsync())
        {
            var rules = snapshot.The("Microsoft.Storage/storageAccounts/managementPolicies")["properties"]!["policy"]!["rules"]!.AsArray();
            var deleted = rules.Where(rule => rule!["definition"]!["actions"]!["baseBlob"]?["delete"] is not null).ToDictionary(
                rule => (string)rule!["definition"]!["filters"]!["prefixMatch"]!.AsArray().Single()!,
                rule => (string)rule!["definition"]!["filters"]!["blobTypes"]!.AsArray().Single()!);
            Assert.Equal("appendBlob", deleted[$"usage/{UsageDays.Events}"]);
            Assert.Equal("blockBlob", deleted[$"usage/{UsageDays.CompactedEvents}"]);
            Assert.Equal(4, deleted.Count); // and quarantine, and dead letters
        }
    }

    [BicepFact]
    public async Task In_prod_storage_answers_inside_the_network_and_to_the_agencies_named()
    {
        var prod = await Snapshot.ProdAsync();
        var access = prod.The("Microsoft.Storage/storageAccounts")["properties"]!["networkAcls"]!;

        Assert.Equal("Deny", (string?)access["defaultAction"]);
        // A /32 is refused by storage: an address is written without a length.
        Assert.Equal(["203.0.113.0/24", "198.51.100.7"], access["ipRules"]!.AsArray().Select(rule => (string)rule!["value"]!));
        Assert.Equal([Snapshot.AgencySubnet], access["virtualNetworkRules"]!.AsArray().Select(rule => (string)rule!["id"]!));
        Assert.Equal(["blob", "queue", "table", "vault"],
            prod.All("Microsoft.Network/privateEndpoints")
            .Select(endpoint => (string)endpoint["properties"]!["privateLinkServiceConnections"]![0]!["name"]!).Order());
    }

    [BicepFact]
    public async Task The_app_takes_https_alone_and_no_publishing_password()
    {
        foreach (var snapshot in await Snapshot.AllAsync())
        {
            var app = snapshot.The("Microsoft.Web/sites");
            Assert.True((bool)app["properties"]!["httpsOnly"]!);
            Assert.Equal("Disabled", (string?)app["properties"]!["siteConfig"]!["ftpsState"]);
            Assert.Equal("UserAssigned", (string?)app["identity"]!["type"]);
            Assert.Equal(
                "UserAssignedIdentity",
                (string?)app["properties"]!["functionAppConfig"]!["deployment"]!["storage"]!["authentication"]!["type"]);
            var passwords = snapshot.All("Microsoft.Web/sites/basicPublishingCredentialsPolicies");
            Assert.Equal(2, passwords.Count);
            Assert.All(passwords, policy => Assert.False((bool)policy["properties"]!["allow"]!));
        }
    }

    [BicepFact]
    public async Task Behind_front_door_the_app_answers_it_and_the_events_alone()
    {
        var site = (await Snapshot.ProdAsync()).The("Microsoft.Web/sites")["properties"]!["siteConfig"]!;

        Assert.Equal("Deny", (string?)site["ipSecurityRestrictionsDefaultAction"]);
        Assert.Equal(
            ["AzureFrontDoor.Backend", "AzureEventGrid"],
            site["ipSecurityRestrictions"]!.AsArray().Select(rule => (string)rule!["ipAddress"]!));
        Assert.NotNull(site["ipSecurityRestrictions"]![0]!["headers"]!["x-azure-fdid"]);
        // The same id, so that the app believes what Front Door says of the caller, and nobody else.
        var id = ((string)site["ipSecurityRestrictions"]![0]!["headers"]!["x-azure-fdid"]![0]!).Trim('[', ']');
        Assert.Contains(id, (string?)(await Snapshot.ProdAsync()).Settings["FrontDoorId"], StringComparison.Ordinal);
        Assert.Equal("", (string?)(await Snapshot.DevAsync()).Settings["FrontDoorId"]);
    }

    [BicepFact]
    public async Task No_setting_holds_a_key()
    {
        foreach (var snapshot in await Snapshot.AllAsync())
        {
            Assert.Equal("managedidentity", (string?)snapshot.Settings["AzureWebJobsStorage__credential"]);
            Assert.DoesNotContain(snapshot.Settings, setting => setting.Key == "AzureWebJobsStorage"); // which would be a connection string
            Assert.All(snapshot.Settings,
                setting => Assert.DoesNotContain(
                "key", ((string)setting.Value!).Replace("@Microsoft.KeyVault(SecretUri=https://portal.vault.azure.net/secrets/keys)", ""),
                StringComparison.OrdinalIgnoreCase));
        }

        Assert.DoesNotContain("listKeys", (await Bicep.BuildAsync("main.bicep")).ToJsonString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("listAccountSas", (await Bicep.BuildAsync("main.bicep")).ToJsonString(), StringComparison.OrdinalIgnoreCase);
    }

    [BicepFact]
    public async Task Telemetry_is_taken_from_identities_alone()
    {
        foreach (var snapshot in await Snapshot.AllAsync())
        {
            Assert.True((bool)snapshot.The("Microsoft.Insights/components")["properties"]!["DisableLocalAuth"]!);
            Assert.StartsWith(
                "[format('Authorization=AAD;ClientId=",
                (string)snapshot.Settings["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"]!,
                StringComparison.Ordinal);
        }
    }

    [BicepFact]
    public async Task Roles_are_the_least_that_the_work_needs()
    {
        string[] platform =
        [
            "storageAccounts b7e6dc6d-f1e8-4753-8033-0f276bb0955b", // Storage Blob Data Owner
            "storageAccounts 974c5e8b-45b9-4653-ba55-5f855dd0fb88", // Storage Queue Data Contributor
            "storageAccounts 0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3", // Storage Table Data Contributor
            "components 3913510d-42f4-4e42-8a64-420c390055eb", // Monitoring Metrics Publisher
            "dead-letters ba92f5b4-2d11-453d-a403-e96b0029c9fe", // Event Grid's topic: Storage Blob Data Contributor
        ];
        Assert.Equal(platform.Order(), (await Snapshot.DevAsync()).All("Microsoft.Authorization/roleAssignments").Select(Granted).Order());

        // Planners may write plans, in their container and nowhere else; operators may do what the guide tells them to.
        string[] asked =
        [
            "planning ba92f5b4-2d11-453d-a403-e96b0029c9fe", // planners: Storage Blob Data Contributor
            "storageAccounts ba92f5b4-2d11-453d-a403-e96b0029c9fe", // operators: the same,
            "storageAccounts 974c5e8b-45b9-4653-ba55-5f855dd0fb88", // Storage Queue Data Contributor,
            "storageAccounts 0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3", // Storage Table Data Contributor,
            "resourceGroups acdd72a7-3385-48ef-bd42-f606fba81ae7", // Reader,
            "resourceGroups 73c42c96-874c-492b-b04d-ab87d138a893", // Log Analytics Reader
            "sites de139f84-1756-47ae-9be6-808fbbe84772", // and Website Contributor
            "vaults 4633458b-17de-408a-b874-0445c86b69e6", // the platform: Key Vault Secrets User
        ];
        Assert.Equal(platform.Concat(asked).Order(),
            (await Snapshot.ProdAsync()).All("Microsoft.Authorization/roleAssignments").Select(Granted).Order());
    }

    [Fact]
    public void Only_drops_are_announced()
    {
        var subscription = File.ReadAllText(Path.Combine(Bicep.Folder, "event-subscription.bicep"));

        Assert.Contains(
            $"subjectBeginsWith: '/blobServices/default/containers/{Opened.Incoming.Name}/'", subscription, StringComparison.Ordinal);
        Assert.Contains("includedEventTypes: ['Microsoft.Storage.BlobCreated']", subscription, StringComparison.Ordinal);
        Assert.Contains("blobContainerName: 'dead-letters'", subscription, StringComparison.Ordinal);
        var announced = FunctionApp.Function.Blob.Single(function => (string?)function.Trigger["source"] == "EventGrid");
        Assert.Contains($"functionName=Host.Functions.{announced.Name}&", subscription, StringComparison.Ordinal);
    }

    // The type of thing it is granted on (of a container its name), and the role.
    private static string Granted(JsonObject assignment)
    {
        var on = ((string)assignment["id"]!).Split("/providers/")[^2].Split('/');
        return $"{(on[^2] == "containers" ? on[^1] : on[^2])} {((string)assignment["properties"]!["roleDefinitionId"]!).Split('/')[^1]}";
    }

    private static IEnumerable<string> Opens<T>(Func<T, string> name) =>
        typeof(Storage)
            .GetProperties()
            .Where(property => property.PropertyType == typeof(T))
            .Select(property => name((T)property.GetValue(Opened)!));
}
