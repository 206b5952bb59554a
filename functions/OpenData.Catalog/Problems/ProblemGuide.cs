using System.Text.Json;
using OpenData.Lake;

namespace OpenData.Catalog.Problems;

/// <summary>What a kind of problem means, in one language.</summary>
/// <param name="What">What is wrong.</param>
/// <param name="Why">Why it matters.</param>
/// <param name="Fix">What the agency can do about it.</param>
/// <param name="Done">What the platform did about it; null where the file is rejected and nothing more is to be said.</param>
public sealed record ProblemText(string What, string Why, string Fix, string? Done);

/// <summary>One kind of problem.</summary>
/// <param name="Code">Its stable name, as in <see cref="Problem.Code"/>.</param>
/// <param name="Severity">How bad it usually is.</param>
/// <param name="Ko">Its meaning in Korean.</param>
/// <param name="En">Its meaning in English.</param>
public sealed record ProblemKind(string Code, Severity Severity, ProblemText Ko, ProblemText En);

/// <summary>
/// Every kind of problem that ingest and the reader of planning files report, explained in general terms: <c>problems.json</c> beside this
/// file. The problem itself names the line, the column and the value.
/// </summary>
public static class ProblemGuide
{
    private static readonly Dictionary<string, ProblemKind> ByCode = Load().ToDictionary(kind => kind.Code, StringComparer.Ordinal);

    /// <summary>All kinds, by code.</summary>
    public static IReadOnlyCollection<ProblemKind> All => ByCode.Values;

    /// <summary>The kind of a code; null if there is none.</summary>
    public static ProblemKind? Find(string code) => ByCode.GetValueOrDefault(code);

    private static List<ProblemKind> Load()
    {
        using var file = typeof(ProblemGuide).Assembly.GetManifestResourceStream(typeof(ProblemGuide), "problems.json")!;
        return JsonSerializer.Deserialize<List<ProblemKind>>(file, OpenDataJson.Options)!;
    }
}
