using System.Buffers.Text;
using System.Globalization;
using System.Text.RegularExpressions;
using OpenData.Catalog;
using OpenData.Ingest.Places;
using OpenData.Ingest.Records;
using OpenData.Ingest.Tables;

namespace OpenData.Ingest.Typing;

/// <summary>
/// Finds columns of plane coordinates: those that the agency declares, and those whose headers say X and Y and whose values lie in Korea
/// in the system that
/// the header names, or in the only system in which they can.
/// </summary>
internal sealed partial class PlaneFields
{
    private const int MostObserved = 2_000;

    /// <summary>The share of the values that have to lie in Korea, in percent.</summary>
    private const int LeastInKorea = 95;

    /// <summary>The unified system, whose values no other system has.</summary>
    private const int Unified = 5179;

    /// <summary>The system of the registers of licensed businesses (지방행정 인허가), whose headers are 좌표정보(X) and 좌표정보(Y).</summary>
    private const int OfBusinesses = 5174;

    private readonly List<Candidate> _candidates = [];

    /// <summary>Looks at the headers of a table.</summary>
    /// <param name="labels">The headers.</param>
    /// <param name="declared">The points that the agency declares.</param>
    public PlaneFields(IReadOnlyList<string> labels, IReadOnlyList<PointDeclaration> declared)
    {
        foreach (var point in declared.Where(point => point.System is not null))
        {
            var (x, y) = (IndexOf(labels, point.Longitude), IndexOf(labels, point.Latitude));
            if (x >= 0 && y >= 0 && PlaneSystem.Named(point.System!) is { } system)
            {
                _candidates.Add(new Candidate(x, y, system, point.Name,
                    IsDeclared: true));
            }
        }

        if (_candidates.Count > 0) return;
        var axes = labels.Select(Axis).ToList();
        for (var x = 0; x < axes.Count; x++)
        {
            if (axes[x] is not { IsX: true } east) continue;
            var norths = Enumerable.Range(0, axes.Count).Where(i => axes[i] is { IsX: false } north && north.Rest == east.Rest).ToList();
            if (norths is [var y]) _candidates.Add(new Candidate(x, y, east.System ?? axes[y]!.System, Name: null, IsDeclared: false));
        }
    }

    /// <summary>The columns found, once <see cref="Decide"/> was called.</summary>
    public IReadOnlyList<PlanePoint> Found { get; private set; } = [];

    /// <summary>Takes note of a row.</summary>
    public void Observe(TableRows row)
    {
        foreach (var candidate in _candidates)
        {
            if (candidate.Values.Count < MostObserved && TryRead(row.Cell(candidate.X), out var x) && TryRead(row.Cell(candidate.Y),
                out var y))
            {
                candidate.Values.Add((x, y));
            }
        }
    }

    /// <summary>Decides by the values seen.</summary>
    /// <param name="labels">The headers, for the systems that are known by custom.</param>
    public void Decide(IReadOnlyList<string> labels)
    {
        var found = new List<PlanePoint>();
        foreach (var candidate in _candidates)
        {
            candidate.Outcome = Outcome.None;
            if (candidate.IsDeclared)
            {
                found.Add(new PlanePoint(candidate.X, candidate.Y, candidate.System!, candidate.Name));
                continue;
            }

            // Degrees, pixels and other small numbers are no metres from an origin in Korea.
            if (candidate.Values.Count == 0 || candidate.Values.Count(value => Math.Abs(value.X) > 1_000
                && Math.Abs(value.Y) > 1_000) * 100 < candidate.Values.Count * LeastInKorea)
            {
                continue;
            }
            var custom = labels[candidate.X].Contains("좌표정보", StringComparison.Ordinal) ? OfBusinesses : Unified;
            var system = candidate.System ?? PlaneSystem.Of(custom)!;
            var swapped = !IsInKorea(candidate, system, swapped: false);
            if (!swapped || IsInKorea(candidate, system, swapped: true))
            {
                found.Add(swapped ? new PlanePoint(candidate.Y, candidate.X, system, Name: null) : new PlanePoint(candidate.X, candidate.Y,
                    system, Name: null));
                candidate.Outcome = candidate.System is null ? Outcome.Assumed : Outcome.Named;
                candidate.Decided = system;
            }
            else if (IsInKorea(candidate, PlaneSystem.Of(5186)!, swapped: false) || IsInKorea(candidate, PlaneSystem.Of(5186)!,
                swapped: true))
            {
                candidate.Outcome = Outcome.Unknown;
            }
        }

        Found = found;
    }

    /// <summary>Says what was assumed, and what nothing tells.</summary>
    public void Report(IReadOnlyList<string> labels, ProblemLog problems)
    {
        foreach (var candidate in _candidates)
        {
            var columns = $"'{labels[candidate.X]}' and '{labels[candidate.Y]}'";
            if (candidate.Outcome == Outcome.Assumed)
            {
                problems.Add(ColumnProblems.CoordinatesAssumed(columns, labels[candidate.X],
                    candidate.Decided!.Identifier));
            }
            if (candidate.Outcome == Outcome.Unknown) problems.Add(ColumnProblems.CoordinatesUnknown(columns, labels[candidate.X]));
        }
    }

    /// <summary>Reads a coordinate.</summary>
    public static bool TryRead(ReadOnlySpan<byte> cell, out double value)
    {
        cell = cell.Trim((byte)' ');
        return Utf8Parser.TryParse(cell, out value, out var used) && used == cell.Length && !cell.IsEmpty;
    }

    private static bool IsInKorea(Candidate candidate, PlaneSystem system, bool swapped) =>
        candidate.Values.Count(value => PlaneSystem.IsInKorea(swapped ? system.ToWgs84(value.Y, value.X) : system.ToWgs84(value.X,
            value.Y))) * 100
        >= candidate.Values.Count * LeastInKorea;

    private static int IndexOf(IReadOnlyList<string> labels, string label) => Enumerable.Range(0, labels.Count).FirstOrDefault(i =>
        labels[i] == label, -1);

    /// <summary>What a header says of coordinates: which of the two it is, in which system, and its other words.</summary>
    private static LabelAxis? Axis(string label)
    {
        PlaneSystem? system = null;
        var text = UnicodeText.Nfc(label).ToLowerInvariant();
        foreach (Match code in Code().Matches(text))
        {
            system ??= PlaneSystem.Of(int.Parse(code.Groups["code"].ValueSpan,
                CultureInfo.InvariantCulture));
        }
        if (system is null && UnifiedName().IsMatch(text)) system = PlaneSystem.Of(Unified);
        text = UnifiedName().Replace(Code().Replace(text, " "), " ");
        var match = Name().Match(text);
        return match.Success ? new LabelAxis(match.Groups["axis"].ValueSpan is "x", system,
            Signs().Replace(text.Remove(match.Groups["axis"].Index, 1), "")) : null;
    }

    [GeneratedRegex(@"(epsg[\s:_-]*)?\b?(?<code>20(9[678])|51(6[78]|7\d|8[0-8]))(?!\d)")]
    private static partial Regex Code();

    [GeneratedRegex(@"utm-?k|통합(좌표계|원점)")]
    private static partial Regex UnifiedName();

    /// <summary>A lone x or y, or one at either end of words for coordinates.</summary>
    [GeneratedRegex(@"(?<![a-z])(?<axis>[xy])(?![a-z])|(?<![a-z])(?<axis>[xy])(?=_?(coord|crd|pos|값|좌표))"
        + @"|(?<=(point|coord|pos|tm|crd)_?)(?<axis>[xy])(?![a-z])")]
    private static partial Regex Name();

    [GeneratedRegex(@"[^\p{L}\p{N}]+")]
    private static partial Regex Signs();

    private enum Outcome
    {
        None,
        Named,
        Assumed,
        Unknown,
    }

    private sealed record LabelAxis(bool IsX, PlaneSystem? System, string Rest);

    private sealed record Candidate(int X, int Y, PlaneSystem? System, string? Name, bool IsDeclared)
    {
        public List<(double X, double Y)> Values { get; } = [];

        public Outcome Outcome { get; set; }

        public PlaneSystem? Decided { get; set; }
    }
}
