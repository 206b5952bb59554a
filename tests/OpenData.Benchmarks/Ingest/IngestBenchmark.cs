using System.Diagnostics;
using System.Globalization;
using System.Text;
using DuckDB.NET.Data;
using OpenData.Catalog;
using OpenData.Ingest;
using OpenData.Ingest.Parquet;
using OpenData.Ingest.Records;
using OpenData.Ingest.Typing;

namespace OpenData.Benchmarks.Ingest;

/// <summary>
/// Ingest against DuckDB's own <c>COPY</c>, on one generated file, at one codec level. Each run is a process of its own, so that processor
/// time and peak memory are its own; ours types, profiles and reports, DuckDB's only converts.
/// </summary>
internal static class IngestBenchmark
{
    private const int Rows = 5_000_000, WarmUpRows = 200_000;

    private const string WarmUp = ".warm-up";

    /// <summary>Runs all: <c>ingest [rounds]</c>; or one, in its own process: <c>ingest ours|duckdb FILE OUT</c>.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["ours", var file, var target]:
                return await MeasureAsync(ConvertAsync, file, target);
            case ["duckdb", var file, var target]:
                return await MeasureAsync(CopyAsync, file, target);
            default:
                return await CompareAsync(args is [var rounds] ? int.Parse(rounds, CultureInfo.InvariantCulture) : 3);
        }
    }

    private static async Task<int> CompareAsync(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("opendata-benchmark-");
        try
        {
            var csv = Path.Combine(folder.FullName, "rows.csv");
            GeneratedCsv.Write(csv, Rows);
            GeneratedCsv.Write(csv + WarmUp, WarmUpRows);
            var runs = new List<Run>();
            for (var round = 0; round < rounds; round++)
            {
                foreach (var who in new[] { "ours", "duckdb" })
                {
                    var target = Path.Combine(folder.FullName, who + ".parquet");
                    var figures = await RunProcessAsync(who, csv, target);
                    runs.Add(new Run(who, figures[0], figures[1], figures[2], new FileInfo(target).Length / 1e6, figures[3]));
                }
            }

            Console.WriteLine(Report(new FileInfo(csv).Length, runs));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double[]> RunProcessAsync(string who, string csv, string target)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(typeof(IngestBenchmark).Assembly.Location);

        foreach (var argument in new[] { "ingest", who, csv, target }) start.ArgumentList.Add(argument);

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? [.. output.Trim().Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture))]
            : throw new InvalidOperationException($"The run of {who} failed.");
    }

    /// <summary>
    /// Prints wall seconds, processor seconds, both once warm, peak megabytes of this process, and the wall seconds of the first, small
    /// file, which hold what a fresh process pays once.
    /// </summary>
    private static async Task<int> MeasureAsync(Func<string, string, Task<long>> convert, string file, string target)
    {
        var small = file + WarmUp;
        var watch = Stopwatch.StartNew();
        if (await convert(small, target) != WarmUpRows) throw new InvalidOperationException("The small file lost rows.");

        var first = watch.Elapsed.TotalSeconds;
        // The peak is that of one file, not of what the one before left on this stack and in the heap.
        await Task.Delay(100);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        watch.Restart();
        var rows = await convert(file, target);
        var wall = watch.Elapsed.TotalSeconds;
        process.Refresh();
        var cpu = (process.TotalProcessorTime - before).TotalSeconds;
        if (rows != Rows) throw new InvalidOperationException($"{rows} rows were written.");

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{wall:F2} {cpu:F2} {PeakMegabytes(process):F0} {first:F2}"));
        return 0;
    }

    private static double PeakMegabytes(Process process)
    {
        if (!OperatingSystem.IsLinux()) return process.PeakWorkingSet64 / 1e6;

        var line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }

    private static async Task<long> ConvertAsync(string file, string target) =>
        (await Conversion.RunAsync(
            new LocalFileContent(file), new DatasetMetadata(), null, new OneFile(target), ConversionOptions.Default, default)).Rows;

    private static async Task<long> CopyAsync(string file, string target)
    {
        await using var connection = new DuckDBConnection("Data Source=:memory:");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"COPY (FROM read_csv('{file}')) TO '{target}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL "
            + $"{ParquetPartWriter.CompressionLevel})";
        return await command.ExecuteNonQueryAsync();
    }

    private static string Report(long csvBytes, List<Run> runs)
    {
        var report = new StringBuilder();
        report.AppendLine(
            CultureInfo.InvariantCulture,
            $"{Rows:N0} rows x 12 columns, {csvBytes / 1e6:F0} MB of CSV; zstd level {ParquetPartWriter.CompressionLevel} on both sides; "
            + $"{Environment.ProcessorCount} cores; medians of {runs.Count / 2} runs each.");
        report.AppendLine(
            CultureInfo.InvariantCulture,
            $".NET {Environment.Version}, DuckDB.NET {typeof(DuckDBConnection).Assembly.GetName().Version}, ZstdNet "
            + $"{typeof(ZstdNet.Compressor).Assembly.GetName().Version}.");
        report
            .AppendLine()
            .AppendLine("| | wall s | CPU s | peak MB | file MB | first 200,000 rows, wall s |")
            .AppendLine("| --- | --- | --- | --- | --- | --- |");
        double[] ours = Medians("ours"), theirs = Medians("duckdb");
        Row("OpenData ingest (typed, checked, profiled)", ours);
        Row("DuckDB COPY", theirs);
        report.AppendLine(
            CultureInfo.InvariantCulture,
            $"| ratio | {ours[0] / theirs[0]:F2} | {ours[1] / theirs[1]:F2} | {ours[2] / theirs[2]:F2} | {ours[3] / theirs[3]:F2} | "
            + $"{ours[4] / theirs[4]:F2} |");
        return report.ToString();

        void Row(string name, double[] figures) =>
            report.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {name} | {figures[0]:F2} | {figures[1]:F2} | {figures[2]:F0} | {figures[3]:F0} | {figures[4]:F2} |");

        double[] Medians(string who)
        {
            var mine = runs.Where(run => run.Who == who).ToList();
            return [
                Median(run => run.Wall), Median(run => run.Cpu), Median(run => run.PeakMegabytes), Median(run => run.Megabytes),
                Median(run => run.First)
            ];

            double Median(Func<Run, double> figure) =>
                mine.Select(figure).Order().ElementAt(mine.Count / 2);
        }
    }

    private sealed record Run(string Who, double Wall, double Cpu, double PeakMegabytes, double Megabytes, double First);
}
