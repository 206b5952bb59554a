using System.Diagnostics;
using System.Text.Json;
using OpenData.LocalHost;

namespace OpenData.Tests.Infra;

/// <summary>
/// Microsoft's own parser and binder of the Kusto query language (the npm package <c>@kusto/language-service-next</c>), run by Node.js.
/// </summary>
internal static class KustoLanguage
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "kusto");

    /// <summary>The tables of a workspace with their columns, as Microsoft's reference of Azure Monitor's tables lists them.</summary>
    private static readonly Dictionary<string, string> Tables = new()
    {
        ["AppMetrics"] = Schema("Name:string, Sum:real, Min:real, Max:real, ItemCount:int"),
        ["AppRequests"] = Schema("Id:string, Name:string, Url:string, DurationMs:real, ResultCode:string, Success:bool, ItemCount:int"),
        ["AppDependencies"] = Schema(
            "Id:string, Name:string, Data:string, Target:string, DependencyType:string, DurationMs:real, ResultCode:string, Success:bool, "
            + "ItemCount:int"),
        ["AppExceptions"] = Schema(
            "ProblemId:string, ExceptionType:string, OuterType:string, OuterMessage:string, InnermostMessage:string, SeverityLevel:int, "
            + "ItemCount:int"),
        ["AppTraces"] = Schema("Message:string, SeverityLevel:int, ItemCount:int"),
    };

    /// <summary>What the parser says against each query: nothing, where it is a query over these tables.</summary>
    public static async Task<IReadOnlyList<string[]>> DiagnoseAsync(IReadOnlyCollection<string> queries)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "@kusto", "language-service-next")))
        {
            await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], "");
        }

        var said = await RunAsync("node", ["diagnose.cjs"], JsonSerializer.Serialize(new { tables = Tables, queries }));
        return JsonSerializer.Deserialize<string[][]>(said)!;
    }

    private static string Schema(string columns) =>
        $"(TimeGenerated:datetime, OperationId:string, OperationName:string, ParentId:string, Properties:dynamic, {columns})";

    private static async Task<string> RunAsync(string program, string[] arguments, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await error}");
        return await output;
    }
}
