using OpenData.Benchmarks.Catalog;
using OpenData.Benchmarks.Ingest;
using OpenData.Benchmarks.Planning;
using OpenData.Benchmarks.Query;

// Each benchmark is a ratio against a peer, measured in one run: dotnet run -c Release --project tests/OpenData.Benchmarks -- NAME
var benchmarks = new Dictionary<string, Func<string[], Task<int>>>
{
    ["ingest"] = IngestBenchmark.RunAsync,
    ["catalogue"] = CatalogBenchmark.RunAsync,
    ["query"] = QueryBenchmark.RunAsync,
    ["planning"] = PlanningBenchmark.RunAsync,
    ["mix"] = MixBenchmark.RunAsync,
};

if (args is [var name, .. var rest] && benchmarks.TryGetValue(name, out var run)) return await run(rest);
Console.Error.WriteLine($"Name a benchmark: {string.Join(", ", benchmarks.Keys)}");
return 2;
