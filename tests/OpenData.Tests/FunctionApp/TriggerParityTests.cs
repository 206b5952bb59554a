using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OpenData.Api;
using OpenData.Lake;
using OpenData.LocalHost;

namespace OpenData.Tests.FunctionApp;

/// <summary>Azure and one machine set the same work going by the same triggers.</summary>
public class TriggerParityTests
{
    [Fact]
    public void FunctionApp_compiles_against_the_product() => Assert.Empty(HostSource.FunctionApp.Errors);

    [Fact]
    public void A_function_calls_one_thing_and_no_name_is_taken_twice()
    {
        Assert.All(Function.All, function => Assert.Single(function.Calls));
        Assert.Equal(Function.All.Count, Function.All.Select(function => function.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Drops_come_from_the_same_container_and_go_to_the_same_ingest()
    {
        var containers = Triggered(LocalCalls("Ingestor.IngestAsync"), "BlobContainerClient").Select(name => $"{Container(name)}/{{name}}").Distinct();
        var functions = Function.All.Where(function => function.Trigger == "Blob").ToList();

        Assert.All(functions, function => Assert.Equal(["Ingestor.IngestAsync"], function.Calls));
        Assert.Equal(containers, functions.Select(function => function.Binding).Distinct());
        Assert.Equal([Triggers.Drops], containers);
    }

    [Fact]
    public void A_drop_is_announced_by_events_or_found_by_looking_and_is_never_bound_as_content()
    {
        var functions = Function.All.Where(function => function.Trigger == "Blob").ToList();

        Assert.Equal(["EventGrid", "LogsAndContainerScan"], functions.Select(function => function.Arguments["Source"]).Order());
        Assert.All(functions, function => Assert.Equal(StorageConnection.Setting, function.Arguments["Connection"]));
        Assert.DoesNotContain(HostSource.FunctionApp.All<ParameterSyntax>(), parameter =>
            parameter.Syntax.AttributeLists.ToString().Contains("BlobTrigger", StringComparison.Ordinal) && parameter.Syntax.Type!.ToString() != "BlobClient");
    }

    [Fact]
    public void A_drop_on_which_every_try_failed_is_given_up_as_the_host_gives_up()
    {
        Assert.NotEmpty(LocalCalls("Ingestor.GiveUpAsync"));
        var function = Assert.Single(Function.All, function => function.Trigger == "Queue");

        Assert.Equal(["Ingestor.GiveUpAsync"], function.Calls);
        Assert.Equal("webjobs-blobtrigger-poison", function.Binding);
        // The same number of tries, on Azure by host.json.
        var tries = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "host.json")))!["extensions"]!["blobs"]!["poisonBlobThreshold"]!;
        Assert.Equal(Triggers.Tries, (int)tries);
    }

    [Fact]
    public void The_daily_work_is_the_same_and_on_the_same_schedule()
    {
        var timers = Function.All.Where(function => function.Trigger == "Timer").ToList();

        Assert.Equal(["ReportRun.RunAsync", "Sweeper.RunAsync"], timers.SelectMany(function => function.Calls).Order());
        Assert.All(timers, function =>
        {
            var schedules = Triggered(LocalCalls(function.Calls[0]), nameof(OpenDataSettings)).Select(setting => $"%{setting}%").Distinct();
            Assert.Equal([function.Binding], schedules);
            Assert.Equal(Triggers.ReportSchedule, function.Binding);
        });
    }

    /// <summary>The classes of LocalHost that call a method of the product.</summary>
    private static List<(ClassDeclarationSyntax Syntax, SemanticModel Meaning)> LocalCalls(string method)
    {
        var callers = HostSource.LocalHost.All<ClassDeclarationSyntax>().Where(found => HostSource.ProductCalls(found.Syntax, found.Meaning).Contains(method)).ToList();
        Assert.NotEmpty(callers);
        return callers;
    }

    /// <summary>The properties that those classes read: those of a type, or those that have it.</summary>
    private static IEnumerable<string> Triggered(List<(ClassDeclarationSyntax Syntax, SemanticModel Meaning)> callers, string type) =>
        from caller in callers
        from access in caller.Syntax.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        let property = caller.Meaning.GetSymbolInfo(access).Symbol as IPropertySymbol
        where property is not null && (property.Type.Name == type || property.ContainingType.Name == type)
        select property.Name;

    private static string Container(string property)
    {
        var storage = StorageConnection.Open("UseDevelopmentStorage=true");
        return ((BlobContainerClient)typeof(Storage).GetProperty(property)!.GetValue(storage)!).Name;
    }
}
