using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OpenData.LocalHost;

namespace OpenData.Tests.FunctionApp;

/// <summary>The source of one host, compiled in memory with the product it calls.</summary>
internal sealed class HostSource
{
    // What the SDK gives every project of ours.
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http;
        global using System.Threading; global using System.Threading.Tasks;
        """;

    private const string WebUsings = """
        global using System.Net.Http.Json; global using Microsoft.AspNetCore.Builder; global using Microsoft.AspNetCore.Hosting; global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing; global using Microsoft.Extensions.Configuration; global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting; global using Microsoft.Extensions.Logging;
        """;

    private HostSource(string project, params string[] more)
    {
        var folder = Path.Combine(Repository.Root, "functions", project);
        string[] notSource = [Path.Combine(folder, "bin"), Path.Combine(folder, "obj"), Path.Combine(folder, "Azurite", "node_modules")];
        var files = Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories).Where(file => !notSource.Any(file.StartsWith));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) != project)
            .Select(path => MetadataReference.CreateFromFile(path));
        Compilation = CSharpCompilation.Create(
            project,
            files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), path: file)).Concat(more.Append(ImplicitUsings).Select(text => CSharpSyntaxTree.ParseText(text))),
            references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>FunctionApp, with the declarations of the packages that only a deployment has.</summary>
    public static HostSource FunctionApp { get; } = new("OpenData.FunctionApp", WorkerPackages.Declarations);

    /// <summary>LocalHost.</summary>
    public static HostSource LocalHost { get; } = new("OpenData.LocalHost", WebUsings);

    public CSharpCompilation Compilation { get; }

    /// <summary>What the compiler finds wrong.</summary>
    public IEnumerable<string> Errors => Compilation.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error).Select(found => found.ToString());

    /// <summary>All the syntax of one kind, with what it means.</summary>
    public IEnumerable<(T Syntax, SemanticModel Meaning)> All<T>()
        where T : SyntaxNode =>
        from tree in Compilation.SyntaxTrees
        let meaning = Compilation.GetSemanticModel(tree)
        from syntax in tree.GetRoot().DescendantNodes().OfType<T>()
        select (syntax, meaning);

    /// <summary>Every call into the product, such as <c>Ingestor.IngestAsync</c>, below a piece of syntax.</summary>
    public static IEnumerable<string> ProductCalls(SyntaxNode below, SemanticModel meaning) =>
        from call in below.DescendantNodes().OfType<InvocationExpressionSyntax>()
        let method = meaning.GetSymbolInfo(call).Symbol
        where method is IMethodSymbol && method.ContainingAssembly.Name is "OpenData.Core" or "OpenData.Api"
        select $"{method.ContainingType.Name}.{method.Name}";
}
