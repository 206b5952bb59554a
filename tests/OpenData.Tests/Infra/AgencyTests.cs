using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace OpenData.Tests.Infra;

/// <summary>An agency reaches its own folder and nothing else.</summary>
public class AgencyTests
{
    private const string Blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs";

    [BicepFact]
    public async Task The_condition_holds_every_action_of_the_role()
    {
        var role = (await Snapshot.DevAsync()).The("Microsoft.Authorization/roleDefinitions")["properties"]!["permissions"]![0]!;
        var actions = role["dataActions"]!.AsArray().Select(action => (string)action!).ToList();
        var condition = (string)(await Bicep.BuildAsync("agency.bicep"))["variables"]!["ownFolder"]!;

        Assert.Empty(role["actions"]!.AsArray());
        Assert.All(
            actions,
            action => Assert.Contains(
                $"ActionMatches{{'{action.Replace(Blobs, "BLOB", StringComparison.Ordinal)}'", condition, StringComparison.Ordinal));
        Assert.DoesNotContain(actions, action => action.EndsWith("delete", StringComparison.Ordinal));
        // The slash ends the folder's name: 'seoul' must not reach 'seoul-metro'.
        Assert.Contains("[BLOB:path] StringStartsWith 'AGENCY/'", condition, StringComparison.Ordinal);
        Assert.Contains("[BLOB:prefix] StringStartsWith 'AGENCY/'", condition, StringComparison.Ordinal);
    }

    [BicepFact]
    public async Task Drops_are_granted_on_the_container_and_under_the_condition()
    {
        var assignments = (await Bicep.BuildAsync("agency.bicep"))["resources"]!.AsArray().Select(resource => resource!.AsObject())
            .Where(resource => (string?)resource["type"] == "Microsoft.Authorization/roleAssignments").ToList();

        var drops = Assert.Single(assignments, assignment => assignment["properties"]!["condition"] is not null);
        Assert.Contains("'incoming'", (string)drops["scope"]!, StringComparison.Ordinal);
        Assert.Equal("2.0", (string?)drops["properties"]!["conditionVersion"]);
        // What else is granted makes the key that signs links, and opens nothing by itself: Storage Blob Delegator.
        Assert.Contains(
            "blobDelegator",
            (string)Assert.Single(assignments.Except([drops]))["properties"]!["roleDefinitionId"]!,
            StringComparison.Ordinal);
    }

    [BicepFact]
    public async Task The_command_grants_what_it_is_told_to()
    {
        var run = await new Script("agency.sh").RunAsync("grant", "국토교통부", "11111111-1111-1111-1111-111111111111", "User");

        Assert.Equal(0, run.Code);
        Assert.Contains("deployment group create --resource-group rg-test", run.Calls, StringComparison.Ordinal);
        Assert.Contains("agency=국토교통부 principalId=11111111-1111-1111-1111-111111111111 principalType=User", run.Calls,
            StringComparison.Ordinal);
    }

    [BicepFact]
    public async Task The_command_refuses_names_that_could_reach_further()
    {
        foreach (var name in new[] { "a'b", "a/b", "..", "a b", "-a", "*", new string('a', 101) })
        {
            var run = await new Script("agency.sh").RunAsync("grant", name, "11111111-1111-1111-1111-111111111111");
            Assert.Equal(1, run.Code);
            Assert.Contains(name, run.Error, StringComparison.Ordinal);
            Assert.Equal("", run.Calls);
        }
    }

    [BicepFact]
    public async Task A_link_lives_a_week_at_most()
    {
        Assert.Equal(1, (await new Script("agency.sh").RunAsync("link", "seoul", "8")).Code);

        var run = await new Script("agency.sh").RunAsync("link", "seoul", "3");
        Assert.Equal(0, run.Code);
        Assert.Contains("--name incoming --permissions acrwl", run.Calls, StringComparison.Ordinal);
        Assert.Contains("--as-user", run.Calls, StringComparison.Ordinal);
    }

    [BicepFact]
    public async Task A_new_principal_is_known_by_its_id_is_waited_for_and_its_secret_comes_last()
    {
        var run = await new Script("agency.sh").With("az", """
            case "$*" in
              "ad app list"*) echo 0 ;;
              "ad sp create-for-rbac"*) printf '{\n  "appId": "aaaa",\n  "password": "secret"\n}\n' ;;
              "ad sp show --id aaaa"*) (( $(grep -c 'sp show' "$calls") > 2 )) && echo the-object-id || exit 3 ;;
              "deployment group create"*) (( $(grep -c 'group create' "$calls") > 1 )) && echo https://folder/ ;;
            esac
            """).RunAsync("create", "nfa");

        Assert.Equal(0, run.Code);
        Assert.Contains("principalId=the-object-id principalType=ServicePrincipal", run.Calls, StringComparison.Ordinal);
        Assert.DoesNotContain("--display-name", run.Calls, StringComparison.Ordinal); // which finds by the beginning of a name
        Assert.EndsWith("\"password\": \"secret\"\n}\n", run.Output, StringComparison.Ordinal);
    }

    [BicepFact]
    public async Task A_principal_that_is_there_already_is_not_given_a_new_secret()
    {
        var run = await new Script("agency.sh").With("az", "[[ $* == 'ad app list'* ]] && echo 1").RunAsync("create", "nfa");

        Assert.Equal(1, run.Code);
        Assert.DoesNotContain("create-for-rbac", run.Calls, StringComparison.Ordinal);
    }

    /// <summary>
    /// Storage under an agency's grant: it answers as the condition says, and a write that asks for a version that is not there with 412.
    /// </summary>
    [BicepFact]
    public async Task A_check_tells_a_right_grant_from_a_wrong_one()
    {
        var right = await CheckAsync((method, path, prefix) => method switch
        {
            "PUT" => path.StartsWith("/incoming/nfa/", StringComparison.Ordinal) ? 412 : 403,
            "GET" => path == "/incoming" && prefix.StartsWith("nfa/", StringComparison.Ordinal) ? 200 : 403,
            _ => 403,
        });
        Assert.Equal((0, 8), (right.Code, right.Output.Split("ok ").Length - 1));

        // A condition without the slash reaches every agency whose name begins so.
        var wrong = await CheckAsync((method, path, prefix) => method switch
        {
            "PUT" => path.StartsWith("/incoming/nfa", StringComparison.Ordinal) ? 412 : 403,
            "GET" => path == "/incoming" && prefix.StartsWith("nfa", StringComparison.Ordinal) ? 200 : 403,
            _ => 403,
        });
        Assert.Equal(1, wrong.Code);
        Assert.Contains("WRONG   may not write into another folder: 412 instead of 403", wrong.Output, StringComparison.Ordinal);
        Assert.Contains("WRONG   may not list another folder: 200 instead of 403", wrong.Output, StringComparison.Ordinal);
    }

    private static async Task<ScriptRun> CheckAsync(Func<string, string, string, int> answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var storage = builder.Build();
        storage.Run(context =>
        {
            context.Response.StatusCode =
                answers(context.Request.Method, context.Request.Path.Value!, context.Request.Query["prefix"].ToString());
            return Task.CompletedTask;
        });
        await storage.StartAsync();
        return await new Script("agency.sh").With("az", "echo token").Set("STORAGE_BLOB_URL", storage.Urls.First())
            .RunAsync("check", "nfa");
    }
}
