using System.Diagnostics;

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
        var (code, _, calls) = await RunAsync("grant", "국토교통부", "11111111-1111-1111-1111-111111111111", "User");

        Assert.Equal(0, code);
        Assert.Contains("deployment group create --resource-group rg-test", calls, StringComparison.Ordinal);
        Assert.Contains(
            "agency=국토교통부 principalId=11111111-1111-1111-1111-111111111111 principalType=User", calls, StringComparison.Ordinal);
    }

    [BicepFact]
    public async Task The_command_refuses_names_that_could_reach_further()
    {
        foreach (var name in new[] { "a'b", "a/b", "..", "a b", "-a", "*", new string('a', 101) })
        {
            var (code, error, calls) = await RunAsync("grant", name, "11111111-1111-1111-1111-111111111111");
            Assert.Equal(1, code);
            Assert.Contains(name, error, StringComparison.Ordinal);
            Assert.Equal("", calls);
        }
    }

    [BicepFact]
    public async Task A_link_lives_a_week_at_most()
    {
        Assert.Equal(1, (await RunAsync("link", "seoul", "8")).Code);

        var (code, _, calls) = await RunAsync("link", "seoul", "3");
        Assert.Equal(0, code);
        Assert.Contains("--name incoming --permissions acrwl", calls, StringComparison.Ordinal);
        Assert.Contains("--as-user", calls, StringComparison.Ordinal);
    }

    /// <summary>Runs agency.sh with an Azure CLI that writes down how it is called.</summary>
    private static async Task<(int Code, string Error, string Calls)> RunAsync(params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("agency-");
        try
        {
            var calls = Path.Combine(folder.FullName, "calls");
            var az = Path.Combine(folder.FullName, "az");
            await File.WriteAllTextAsync(az, $"#!/bin/sh\necho \"$@\" >> '{calls}'\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(az, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
            var start = new ProcessStartInfo(
                "bash",
                [Path.Combine(Bicep.Folder, "agency.sh"), .. arguments])
            { RedirectStandardError = true, RedirectStandardOutput = true };
            start.Environment["PATH"] = $"{folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
            start.Environment["AZURE_RESOURCE_GROUP"] = "rg-test";
            start.Environment["AZURE_STORAGE_ACCOUNT_NAME"] = "sttest";
            start.Environment["LC_ALL"] = "C.UTF-8";
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, await error, File.Exists(calls) ? await File.ReadAllTextAsync(calls) : "");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
