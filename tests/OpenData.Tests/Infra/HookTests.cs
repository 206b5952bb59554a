namespace OpenData.Tests.Infra;

/// <summary>What azd runs before the infrastructure is made and after the code is there.</summary>
public class HookTests
{
    private const string Subscription = "--subscription 00000000-0000-0000-0000-000000000001";

    // An Azure in which everything is as it should be before a first deployment.
    private const string FreshAzure = """
        case "$*" in
          "provider show"*) echo NotRegistered ;;
          *list-flexconsumption-locations*) printf 'Korea Central\nWest Europe\n' ;;
          rest*) exit 1 ;;
        esac
        """;

    [BicepFact]
    public async Task Before_a_first_deployment_what_is_missing_is_registered_in_azds_subscription()
    {
        var run = await new Script("preprovision.sh").With("az", FreshAzure).With("azd", "").RunAsync();

        Assert.Equal((0, ""), (run.Code, run.Output));
        Assert.Contains($"az provider register --namespace Microsoft.App --wait {Subscription}", run.Calls, StringComparison.Ordinal);
        Assert.All(run.Calls.Split('\n').Where(call => call.StartsWith("az ", StringComparison.Ordinal)),
            call => Assert.Contains("00000000-0000-0000-0000-000000000001", call, StringComparison.Ordinal));
        Assert.DoesNotContain("azd env set", run.Calls, StringComparison.Ordinal);
    }

    [BicepFact]
    public async Task What_may_not_change_is_handed_in_as_it_is()
    {
        var run = await new Script("preprovision.sh").Set("OPENDATA_ENVIRONMENT_TYPE", "prod").With("azd", "").With("az", """
            case "$*" in
              "provider show"*) echo Registered ;;
              *list-flexconsumption-locations*) echo koreacentral ;;
              "storage account list"*) echo Standard_LRS ;;
              rest*) echo 2026-03-01T00:00:00Z ;;
            esac
            """).RunAsync();

        Assert.Equal(0, run.Code);
        Assert.DoesNotContain("provider register", run.Calls, StringComparison.Ordinal);
        Assert.Contains("azd env set OPENDATA_STORAGE_REDUNDANCY LRS", run.Calls, StringComparison.Ordinal);
        Assert.Contains("azd env set OPENDATA_BUDGET_START 2026-03-01", run.Calls, StringComparison.Ordinal);
    }

    [BicepFact]
    public async Task What_cannot_be_deployed_is_said_at_once_with_what_to_do()
    {
        (string Variable, string Value, string Said)[] wrong =
        [
            ("OPENDATA_ENVIRONMENT_TYPE", "", "azd env set OPENDATA_ENVIRONMENT_TYPE prod"),
            ("AZURE_LOCATION", "atlantis", "az functionapp list-flexconsumption-locations"),
            ("OPENDATA_STORAGE_REDUNDANCY", "ZRS", "azd env set OPENDATA_STORAGE_REDUNDANCY LRS"),
            ("OPENDATA_BUDGET_START", "2020-01-01", "a new budget cannot begin before this month"),
            ("AZURE_SUBSCRIPTION_ID", "", "AZURE_SUBSCRIPTION_ID is not set"),
        ];
        foreach (var (variable, value, said) in wrong)
        {
            var azure = variable == "OPENDATA_STORAGE_REDUNDANCY"
                ? FreshAzure.Replace("rest*)", "\"storage account list\"*) echo Standard_LRS ;;\n  rest*)", StringComparison.Ordinal)
                : FreshAzure;
            var run = await new Script("preprovision.sh").With("az", azure).With("azd", "").Set(variable, value).RunAsync();
            Assert.Equal(1, run.Code);
            Assert.Contains(said, run.Error, StringComparison.Ordinal);
        }
    }

    [BicepFact]
    public async Task After_the_code_Event_Grid_subscribes_once_the_app_is_ready_and_is_asked_again_if_it_fails()
    {
        var run = await new Script("postdeploy.sh")
            .With("curl", "(( $(grep -c ^curl \"$calls\") > 2 )) && echo 200 || echo 503")
            .With("az", """
                case "$*" in
                  "functionapp keys list"*) (( $(grep -c 'keys list' "$calls") > 1 )) && echo true || echo false ;;
                  "deployment group create"*) (( $(grep -c 'group create' "$calls") > 2 )) ;;
                esac
                """).RunAsync();

        Assert.Equal(0, run.Code);
        Assert.Equal(["curl", "curl", "curl", "az", "az", "az", "az", "az"],
            run.Calls.TrimEnd().Split('\n').Select(call => call.Split(' ')[0]));
        Assert.Contains("https://func-test.azurewebsites.net/api/health", run.Calls, StringComparison.Ordinal);
        Assert.Contains("functionAppName=func-test systemTopicName=evgt-test storageAccountName=sttest", run.Calls,
            StringComparison.Ordinal);
        Assert.All(run.Calls.Split('\n').Where(call => call.StartsWith("az ", StringComparison.Ordinal)),
            call => Assert.EndsWith(Subscription, call, StringComparison.Ordinal));
    }

    [BicepFact]
    public async Task An_app_that_does_not_start_is_told_apart_from_an_Event_Grid_that_does_not_subscribe()
    {
        var keyless = await new Script("postdeploy.sh").With("curl", "echo 200").With("az", "echo false").RunAsync();
        Assert.Equal(1, keyless.Code);
        Assert.Contains("no key blobs_extension", keyless.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("group create", keyless.Calls, StringComparison.Ordinal);

        var refused = await new Script("postdeploy.sh").With("curl", "echo 200").With("az", "[[ $* == *'keys list'* ]] && echo true")
            .RunAsync();
        Assert.Equal(1, refused.Code);
        Assert.Contains("azd hooks run postdeploy", refused.Error, StringComparison.Ordinal);
        Assert.Equal(10, refused.Calls.Split("group create").Length - 1);
    }

    // Azure as it is after a deployment that went well.
    private const string GoodAzure = """
        case "$*" in
          "functionapp keys list"*) echo the-master-key ;;
          "functionapp function list"*) printf 'func-test/%s\n' Datasets Upkeep RetryFailed Retry IngestOnEvent ;;
          *"--query provisioningState"*) echo Succeeded ;;
          *blobContainerName*) echo dead-letters ;;
          "storage blob list"*|"storage message peek"*) echo 0 ;;
          "functionapp show"*) echo the-principal ;;
          "role assignment list"*) printf 'Storage Blob Data Owner\nStorage Queue Data Contributor\nStorage Table Data Contributor\n' ;;
          *scheduledQueryRules*) echo 6 ;;
          *metricAlerts*) echo 2 ;;
          *budgets*) echo 100 ;;
        esac
        """;

    [BicepFact]
    public async Task A_deployment_that_went_well_is_verified()
    {
        var run = await new Script("verify-deployment.sh").With("az", GoodAzure)
            .With("dotnet", "[[ $OPENDATA_MASTER_KEY == the-master-key ]]").RunAsync();

        Assert.True(run.Code == 0, run.Output + run.Error);
        Assert.DoesNotContain("WRONG", run.Output, StringComparison.Ordinal);
        Assert.Contains("-- verify https://func-test.azurewebsites.net --storage sttest", run.Calls, StringComparison.Ordinal);
        Assert.EndsWith("All is as it should be.\n", run.Output, StringComparison.Ordinal);
    }

    [BicepFact]
    public async Task What_is_wrong_with_a_deployment_is_said_with_what_to_do()
    {
        (string Right, string Wrong, string Said)[] faults =
        [
            ("echo Succeeded", "echo Failed", "WRONG  drops are announced: 'Failed' instead of 'Succeeded'. azd hooks run postdeploy"),
            ("IngestOnEvent ;;", "IngestOnEvent IngestOnPoll ;;", "WRONG  the functions are those of the package"),
            ("Storage Queue Data Contributor\\n", "", "WRONG  the platform has its roles on storage"),
            ("echo 6", "echo 5", "WRONG  alerts ask the logs: '5' instead of '6'"),
            ("echo 0", "echo 1", "WRONG  nothing is undelivered: '1' instead of '0'"),
            ("*budgets*) echo 100 ;;", "*budgets*) exit 1 ;;", "WRONG  the budget mails before it is spent"),
        ];
        foreach (var (right, wrong, said) in faults)
        {
            Assert.Contains(right, GoodAzure, StringComparison.Ordinal);
            var run = await new Script("verify-deployment.sh").With("az", GoodAzure.Replace(right, wrong, StringComparison.Ordinal))
                .With("dotnet", "").RunAsync();
            Assert.Equal(1, run.Code);
            Assert.Contains(said, run.Output, StringComparison.Ordinal);
        }

        // What the portal itself does wrong counts as well.
        Assert.Equal(1, (await new Script("verify-deployment.sh").With("az", GoodAzure).With("dotnet", "exit 1").RunAsync("--no-drops"))
            .Code);
    }
}
