using Azure.Storage.Blobs;
using Mono.Cecil;
using OpenData.Api.Routing;
using OpenData.Lake;

namespace OpenData.Tests.FunctionApp;

/// <summary>Azure and one machine set the same work going by the same triggers.</summary>
[Trait("Category", "Unit")]
public class TriggerParityTests
{
    [Fact]
    public void A_function_calls_one_thing_and_no_name_is_taken_twice()
    {
        Assert.All(Function.All, function => Assert.Single(function.Calls));
        Assert.Equal(Function.All.Count, Function.All.Select(function => function.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Drops_come_from_the_same_container_and_go_to_the_same_ingest()
    {
        var containers = Reads(LocalCalls("DropReceiver.ReceiveAsync"), nameof(BlobContainerClient))
            .Select(name => $"{Container(name)}/{{name}}").Distinct();

        Assert.All(Function.Blob, function => Assert.Equal(["DropReceiver.ReceiveAsync"], function.Calls));
        Assert.Equal(containers, Function.Blob.Select(function => (string?)function.Trigger["path"]).Distinct());
        Assert.Equal([Triggers.Drops], containers);
    }

    [Fact]
    public void A_drop_is_announced_by_events_or_found_by_looking_and_is_never_bound_as_content()
    {
        Assert.Equal(["EventGrid", "LogsAndContainerScan"], Function.Blob.Select(function => (string?)function.Trigger["source"]).Order());
        Assert.All(Function.Blob, function =>
        {
            Assert.Equal(StorageConnection.Setting, (string?)function.Trigger["connection"]);
            var bound = function.Method.Parameters.Single(parameter => parameter.Name == (string?)function.Trigger["name"]);
            Assert.Equal(nameof(BlobClient), bound.ParameterType.Name);
        });
    }

    [Fact]
    public void A_drop_on_which_the_system_failed_is_tried_again_by_the_same_code()
    {
        Assert.NotEmpty(LocalCalls("DropReceiver.ReceiveDueAsync"));
        var functions = Function.OfType("queueTrigger");

        Assert.All(functions, function => Assert.Equal(["DropReceiver.ReceiveAsync"], function.Calls));
        Assert.Equal(
            ["ingest-retries", "webjobs-blobtrigger-poison"],
            functions.Select(function => (string?)function.Trigger["queueName"]).Order());
    }

    [Fact]
    public void The_timer_does_the_same_work_on_the_same_schedule()
    {
        // One function: on Flex Consumption each timer function is a group with instances of its own.
        var timer = Assert.Single(Function.OfType("timerTrigger"));

        Assert.Equal(["Upkeep.RunAsync"], timer.Calls);
        var schedules = Reads(LocalCalls("Upkeep.RunAsync"), nameof(OpenDataSettings)).Select(setting => $"%{setting}%").Distinct();
        Assert.Equal([(string?)timer.Trigger["schedule"]], schedules);
        Assert.Equal([Triggers.UpkeepSchedule], schedules);
    }

    /// <summary>The classes of LocalHost that call a method of the product.</summary>
    private static List<TypeDefinition> LocalCalls(string method)
    {
        var callers = HostAssembly.LocalHost.Types.Where(type => HostAssembly.Calls(type).Contains(method)).ToList();
        Assert.NotEmpty(callers);
        return callers;
    }

    /// <summary>The properties that those classes read: those of a type, or those that have it.</summary>
    private static IEnumerable<string> Reads(List<TypeDefinition> callers, string type) =>
        from read in callers.SelectMany(HostAssembly.Reads)
        where read.ReturnType.Name == type || read.DeclaringType.Name == type
        select read.Name["get_".Length..];

    private static string Container(string property)
    {
        var storage = StorageConnection.Open("UseDevelopmentStorage=true");
        return ((BlobContainerClient)typeof(Storage).GetProperty(property)!.GetValue(storage)!).Name;
    }
}
