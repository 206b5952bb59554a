using Mono.Cecil;
using Mono.Cecil.Cil;

namespace OpenData.Tests;

/// <summary>The texts that compiled code uses, for tests that hold lists to the code.</summary>
internal static class CompiledTexts
{
    /// <summary>The texts of an assembly of ours, by its name.</summary>
    public static IReadOnlyList<string> Of(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
        return [.. module.GetTypes().SelectMany(Texts)];
    }

    /// <summary>The texts of a type and of the lambdas and state machines in it.</summary>
    public static IReadOnlyList<string> Of(Type type)
    {
        using var module = ModuleDefinition.ReadModule(type.Assembly.Location);
        var found = module.GetType(type.FullName);
        return [.. found.NestedTypes.Prepend(found).SelectMany(Texts)];
    }

    private static IEnumerable<string> Texts(TypeDefinition type) =>
        from method in type.Methods
        where method.HasBody
        from instruction in method.Body.Instructions
        where instruction.OpCode == OpCodes.Ldstr
        select (string)instruction.Operand;
}
