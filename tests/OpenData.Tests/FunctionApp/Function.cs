using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OpenData.Tests.FunctionApp;

/// <summary>One function as FunctionApp's source declares it.</summary>
/// <param name="Name">Its name on Azure.</param>
/// <param name="Trigger">The kind of its trigger: <c>Http</c>, <c>Blob</c>, <c>Queue</c> or <c>Timer</c>.</param>
/// <param name="Binding">The trigger's route, path, queue or schedule.</param>
/// <param name="Arguments">The trigger's other arguments, by name.</param>
/// <param name="Methods">HTTP methods, upper case.</param>
/// <param name="Parameters">The names of all its parameters.</param>
/// <param name="Calls">What of the product it calls, such as <c>SystemEndpoints.Health</c>.</param>
internal sealed record Function(
    string Name, string Trigger, string Binding, IReadOnlyDictionary<string, string> Arguments, IReadOnlyList<string> Methods, IReadOnlyList<string> Parameters, IReadOnlyList<string> Calls)
{
    /// <summary>Every function of FunctionApp.</summary>
    public static IReadOnlyList<Function> All { get; } =
    [
        .. from found in HostSource.FunctionApp.All<MethodDeclarationSyntax>()
           let method = found.Meaning.GetDeclaredSymbol(found.Syntax)!
           let function = method.GetAttributes().SingleOrDefault(attribute => attribute.AttributeClass!.Name == "FunctionAttribute")
           where function is not null
           select Read(method, function, [.. HostSource.ProductCalls(found.Syntax, found.Meaning)]),
    ];

    private static Function Read(IMethodSymbol method, AttributeData function, string[] calls)
    {
        var trigger = method.Parameters.SelectMany(parameter => parameter.GetAttributes()).Single(attribute => attribute.AttributeClass!.Name.EndsWith("TriggerAttribute", StringComparison.Ordinal));
        var kind = trigger.AttributeClass!.Name.Replace("TriggerAttribute", "", StringComparison.Ordinal);
        var named = trigger.NamedArguments.ToDictionary(argument => argument.Key, argument => Text(argument.Value));
        if (kind == "Http") named["AuthLevel"] = Text(trigger.ConstructorArguments[0]);
        return new Function(
            (string)function.ConstructorArguments.Single().Value!,
            kind,
            kind == "Http" ? named["Route"] : (string)trigger.ConstructorArguments[0].Value!,
            named,
            kind == "Http" ? [.. trigger.ConstructorArguments[1].Values.Select(value => ((string)value.Value!).ToUpperInvariant())] : [],
            [.. method.Parameters.Select(parameter => parameter.Name)],
            calls);
    }

    // An enum's value by its member's name, anything else as it is.
    private static string Text(TypedConstant constant) => constant.Kind == TypedConstantKind.Enum
        ? constant.Type!.GetMembers().OfType<IFieldSymbol>().Single(member => Equals(member.ConstantValue, constant.Value)).Name
        : $"{constant.Value}";
}
