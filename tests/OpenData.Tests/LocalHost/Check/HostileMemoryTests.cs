using System.Diagnostics;
using System.Globalization;

namespace OpenData.Tests.LocalHost.Check;

/// <summary>
/// Small files that would take gigabytes: whatever a file is, the process that converts it takes at most 360 MB in all, native memory
/// included; about 60 of them are those of a process that reads three cells. Each is read by a process of its own, whose peak the system
/// tells.
/// </summary>
public sealed class HostileMemoryTests : IDisposable
{
    private const long MostMegabytes = 360;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("opendata-hostile-");

    /// <summary>The files, and the problem that each is told; none where it is published.</summary>
    public static TheoryData<string, string> Files { get; } = new()
    {
        { "corner.xlsx", "columns-too-many" },
        { "long-text.xlsx", "xml-too-large" },
        { "long-attribute.xlsx", "xml-too-large" },
        { "deep.xlsx", "xml-too-large" },
        { "many-texts.xlsx", "excel-too-large" },
        { "columns.csv", "columns-too-many" },
        { "commas.csv", "columns-too-many" },
        { "keys.ndjson", "columns-too-many" },
        { "keys.json", "columns-too-many" },
        { "long-value.json", "json-value-too-long" },
        { "deep.json", "json" },
        { "deep.xml", "" },
        { "long-text.xml", "xml-too-large" },
        { "widest.csv", "" },
        { "widest-texts.csv", "" },
        { "long-cells.csv", "" },
        { "cdata.xlsx", "xml-too-large" },
        { "cdata.xml", "xml-too-large" },
        { "pieces.xlsx", "xml-too-large" },
        { "shared-text.xlsx", "record-too-long" },
        { "names.xml", "columns-too-many" },
        { "attributes.xml", "xml-too-large" },
        { "repeated.ods", "record-too-long" },
        { "sheets.ods", "sheets-too-many" },
        { "deep.ods", "xml-too-large" },
        { "sheets-2003.xml", "sheets-too-many" },
        { "cdata-2003.xml", "xml-too-large" },
        { "styles.xlsb", "excel-broken" },
        { "long-text.xlsb", "excel-broken" },
        { "tags.html", "" },
        { "entries.zip", "archive" },
        { "keys-within.json", "" },
    };

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Converting_a_hostile_file_takes_little_memory(string name, string code)
    {
        if (!OperatingSystem.IsLinux()) return; // where the system tells a process's peak in another way
        var path = Path.Combine(_folder.FullName, name);
        await using (var file = File.Create(path)) HostileFile.Write(file, name);

        var (megabytes, output) = await CheckAsync(path);

        Assert.Contains(code, output, StringComparison.Ordinal);
        Assert.True(megabytes <= MostMegabytes, $"{name} took {megabytes} MB");
    }

    /// <summary>Checks a file in a process of its own.</summary>
    private static async Task<(long Megabytes, string Output)> CheckAsync(string path)
    {
        var dotnet = Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet";
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "OpenData.LocalHost.dll"), "check", path];
        var start = new ProcessStartInfo(dotnet, arguments) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var peak = 0L;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, PeakOf(process.Id));
            await Task.Delay(5);
        }

        return (peak, await output);
    }

    // The highest resident size that the process has had so far, in MB.
    private static long PeakOf(int process)
    {
        try
        {
            var status = File.ReadLines($"/proc/{process}/status");
            return status.FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)) is { } line
                ? long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024
                : 0;
        }
        catch (IOException)
        {
            return 0; // it has just ended
        }
    }
}
