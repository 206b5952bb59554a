using Mono.Cecil;
using Mono.Cecil.Cil;

namespace OpenData.Tests.Layers;

/// <summary>
/// Which namespaces of an assembly use which others, as its compiled code says: signatures, bodies, attributes and type arguments.
/// </summary>
internal sealed class NamespaceGraph
{
    private readonly SortedDictionary<string, SortedDictionary<string, string>> _uses = new(StringComparer.Ordinal);
    private readonly string _root;

    /// <summary>Reads assemblies.</summary>
    /// <param name="files">The assemblies' paths.</param>
    /// <param name="root">Only namespaces that are this one or below it count.</param>
    public NamespaceGraph(IEnumerable<string> files, string root)
    {
        _root = root;
        foreach (var file in files)
        {
            using var assembly = AssemblyDefinition.ReadAssembly(file);
            foreach (var type in assembly.MainModule.GetTypes()) Read(type);
        }
    }

    /// <summary>Every namespace that declares a type.</summary>
    public IEnumerable<string> Namespaces => _uses.Keys;

    /// <summary>The uses of one namespace by another, each with an example: the user and the used type.</summary>
    public IEnumerable<(string From, string To, string Example)> Uses =>
        from user in _uses from used in user.Value where _uses.ContainsKey(used.Key) select (user.Key, used.Key, used.Value);

    /// <summary>The groups of namespaces that reach each other in both directions, directly or through others.</summary>
    public IReadOnlyList<string[]> Circles()
    {
        var reached = Namespaces.ToDictionary(name => name, Reach);
        return [.. Namespaces
            .Select(name => reached[name].Where(other => reached[other].Contains(name)).Order(StringComparer.Ordinal).ToArray())
            .Where(group => group.Length > 1)
            .DistinctBy(group => string.Join(' ', group))];
    }

    /// <summary>The uses inside a circle, as lines to read.</summary>
    public string Explain(string[] circle) => string.Join('\n', Uses
        .Where(use => circle.Contains(use.From) && circle.Contains(use.To))
        .Select(use => $"  {use.From} uses {use.To}: {use.Example}"));

    private HashSet<string> Reach(string start)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { start };
        var open = new Stack<string>([start]);
        while (open.TryPop(out var name))
        {
            foreach (var used in _uses[name].Keys.Where(used => _uses.ContainsKey(used) && reached.Add(used))) open.Push(used);
        }

        return reached;
    }

    private void Read(TypeDefinition type)
    {
        var from = NamespaceOf(type);
        if (!Counts(from)) return;
        if (!_uses.TryGetValue(from, out var used)) _uses[from] = used = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var reference in References(type).SelectMany(Parts))
        {
            var to = NamespaceOf(reference);
            if (to != from && Counts(to)) used.TryAdd(to, $"{type.FullName} uses {reference.FullName}");
        }
    }

    private bool Counts(string name) => name == _root || name.StartsWith(_root + ".", StringComparison.Ordinal);

    private static string NamespaceOf(TypeReference type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        return type.Namespace;
    }

    private static IEnumerable<TypeReference> References(TypeDefinition type) =>
    [
        .. Of(type.BaseType),
        .. type.Interfaces.Select(one => one.InterfaceType),
        .. Attributes(type),
        .. type.Fields.SelectMany(field => Attributes(field).Append(field.FieldType)),
        .. type.Properties.SelectMany(property => Attributes(property).Append(property.PropertyType)),
        .. type.Events.Select(one => one.EventType),
        .. type.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType),
        .. type.Methods.SelectMany(Of),
    ];

    private static IEnumerable<TypeReference> Of(MethodDefinition method) =>
    [
        method.ReturnType,
        .. Attributes(method),
        .. method.Parameters.SelectMany(parameter => Attributes(parameter).Append(parameter.ParameterType)),
        .. method.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType),
        .. method.HasBody ? Of(method.Body) : [],
    ];

    private static IEnumerable<TypeReference> Of(MethodBody body) =>
    [
        .. body.Variables.Select(variable => variable.VariableType),
        .. body.ExceptionHandlers.SelectMany(handler => Of(handler.CatchType)),
        .. body.Instructions.SelectMany(instruction => Of(instruction.Operand)),
    ];

    private static IEnumerable<TypeReference> Of(object? operand) => operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        MethodReference method =>
        [
            method.DeclaringType, method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType),
            .. method is GenericInstanceMethod generic ? generic.GenericArguments : [],
        ],
        _ => [],
    };

    private static IEnumerable<TypeReference> Attributes(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.SelectMany(attribute => attribute.ConstructorArguments
            .Select(argument => argument.Value).OfType<TypeReference>().Prepend(attribute.AttributeType));

    // A generic type counts with its arguments, an array or reference with its element.
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => [.. Parts(generic.ElementType), .. generic.GenericArguments.SelectMany(Parts)],
        FunctionPointerType pointer =>
            [.. Parts(pointer.ReturnType), .. pointer.Parameters.SelectMany(parameter => Parts(parameter.ParameterType))],
        TypeSpecification specification => Parts(specification.ElementType),
        GenericParameter => [],
        _ => [type],
    };
}
