using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace OpenData.Tests.FunctionApp;

/// <summary>One host as it was compiled, read as instructions: what of the product its code uses.</summary>
internal sealed class HostAssembly
{
    private readonly ModuleDefinition _module;

    private HostAssembly(string name) => _module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, $"{name}.dll"));

    public static HostAssembly FunctionApp { get; } = new("OpenData.FunctionApp");

    public static HostAssembly LocalHost { get; } = new("OpenData.LocalHost");

    private static HostAssembly Api { get; } = new("OpenData.Api");

    private static HostAssembly Portal { get; } = new("OpenData.Portal");

    /// <summary>Its types, those aside that stand inside another.</summary>
    public IEnumerable<TypeDefinition> Types => _module.Types;

    /// <summary>A method by its name and its type's, such as <c>OpenData.FunctionApp.SystemFunctions.Health</c>.</summary>
    public MethodDefinition Method(string fullName)
    {
        var dot = fullName.LastIndexOf('.');
        return _module.GetType(fullName[..dot]).Methods.Single(method => method.Name == fullName[(dot + 1)..]);
    }

    /// <summary>A method of the API or of the pages that reflection knows.</summary>
    public static MethodDefinition Method(MethodInfo method)
    {
        var assembly = method.Module.Name == $"{nameof(OpenData)}.{nameof(Portal)}.dll" ? Portal : Api;
        return (MethodDefinition)assembly._module.LookupToken(method.MetadataToken);
    }

    /// <summary>Every call into the product, such as <c>Ingestor.IngestAsync</c>, below a method.</summary>
    public static IEnumerable<string> Calls(MethodDefinition method) =>
        UsedBy(method).Where(used => !IsGetter(used)).Select(used => $"{used.DeclaringType.Name}.{used.Name}");

    /// <summary>The same below a type.</summary>
    public static IEnumerable<string> Calls(TypeDefinition type) => Methods(type).SelectMany(Calls);

    /// <summary>The properties of the product read below a type.</summary>
    public static IEnumerable<MethodReference> Reads(TypeDefinition type) => Methods(type).SelectMany(UsedBy).Where(IsGetter);

    // With what the compiler makes of its lambdas, iterators and asynchronous methods: types inside the type.
    private static IEnumerable<MethodDefinition> Methods(TypeDefinition type) => type.Methods.Concat(type.NestedTypes.SelectMany(Methods));

    private static IEnumerable<MethodReference> UsedBy(MethodDefinition method) =>
        from instruction in method.HasBody ? method.Body.Instructions : []
        where instruction.OpCode.Code is Code.Call or Code.Callvirt
        let used = (MethodReference)instruction.Operand
        where used.DeclaringType.Scope.Name.StartsWith("OpenData.", StringComparison.Ordinal)
        select used;

    private static bool IsGetter(MethodReference method) => method.Name.StartsWith("get_", StringComparison.Ordinal);
}
