using System.Text.Json.Nodes;
using Mono.Cecil;

namespace OpenData.Tests.FunctionApp;

/// <summary>One function: its trigger as the build wrote it down for the Functions host, and its compiled method.</summary>
/// <param name="Name">Its name on Azure.</param>
/// <param name="Trigger">The trigger's binding: <c>type</c>, and what that type has, such as <c>route</c> or <c>schedule</c>.</param>
/// <param name="Method">What runs.</param>
internal sealed record Function(string Name, JsonObject Trigger, MethodDefinition Method)
{
    /// <summary>Every function of FunctionApp.</summary>
    public static IReadOnlyList<Function> All { get; } =
    [
        .. from function in JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "functions.metadata")))!.AsArray()
           let trigger = function["bindings"]!.AsArray().Single(
               binding => ((string)binding!["type"]!).EndsWith("Trigger", StringComparison.Ordinal))!
           select new Function(
               (string)function["name"]!, trigger.AsObject(), HostAssembly.FunctionApp.Method((string)function["entryPoint"]!)),
    ];

    /// <summary>Those that HTTP requests set going.</summary>
    public static IReadOnlyList<Function> Http { get; } = OfType("httpTrigger");

    /// <summary>Those that drops set going.</summary>
    public static IReadOnlyList<Function> Blob { get; } = OfType("blobTrigger");

    /// <summary>HTTP methods, upper case; none stands for all.</summary>
    public IEnumerable<string> Methods => (Trigger["methods"]?.AsArray() ?? []).Select(method => ((string)method!).ToUpperInvariant());

    /// <summary>What of the product it calls, such as <c>SystemEndpoints.Health</c>.</summary>
    public IEnumerable<string> Calls => HostAssembly.Calls(Method);

    /// <summary>Those with triggers of one type.</summary>
    public static IReadOnlyList<Function> OfType(string type) => [.. All.Where(function => (string?)function.Trigger["type"] == type)];
}
