namespace OpenData.Ingest.Tables;

/// <summary>
/// How the cells of a column are built, where all are built alike: runs of digits and of letters, each of a least and a greatest length,
/// and the signs between them. <c>MG-8769</c> is letters, a hyphen, digits. It tells where two cells meet between which a delimiter is
/// missing.
/// </summary>
internal sealed class CellShape
{
    private const int MostRuns = 16;
    private const double LeastShare = 0.9;

    private const byte Digits = (byte)'0', Letters = (byte)'a';

    private readonly (byte Kind, int Least, int Most)[] _runs;

    private CellShape((byte, int, int)[] runs) => _runs = runs;

    /// <summary>The shape that nearly all of these cells have; null if there is none.</summary>
    public static CellShape? Of(IReadOnlyList<byte[]> cells)
    {
        var shapes = new Dictionary<string, (List<(byte Kind, int Least, int Most)> Runs, int Cells)>(StringComparer.Ordinal);
        var filled = 0;
        foreach (var cell in cells.Where(cell => cell.Length > 0))
        {
            filled++;
            if (Runs(cell) is not { } runs) continue;

            var key = string.Concat(runs.Select(run => (char)run.Kind));
            shapes[key] = shapes.TryGetValue(key, out var known)
                ? ([.. known.Runs.Zip(runs, (a, b) => (a.Kind, Math.Min(a.Least, b.Length), Math.Max(a.Most, b.Length)))], known.Cells + 1)
                : ([.. runs.Select(run => (run.Kind, run.Length, run.Length))], 1);
        }

        return shapes.Values.FirstOrDefault(shape => shape.Cells > 2 && shape.Cells >= LeastShare * filled).Runs is { } found
            ? new CellShape([.. found])
            : null;
    }

    /// <summary>
    /// Whether it is known where such a cell ends, whatever follows it: its last run always has the same length, and it is no mere run.
    /// </summary>
    public bool HasFixedEnd => _runs.Length > 1 && _runs[^1].Least == _runs[^1].Most;

    /// <summary>Whether two bytes beside each other belong to different runs.</summary>
    public static bool IsBoundary(byte left, byte right) => KindOf(left) != KindOf(right);

    /// <summary>Whether a cell is built so.</summary>
    public bool Matches(ReadOnlySpan<byte> cell)
    {
        var at = 0;
        foreach (var (kind, least, most) in _runs)
        {
            if (at == cell.Length || KindOf(cell[at]) != kind) return false;

            var length = RunLength(cell[at..]);
            if (length < least || length > most) return false;

            at += length;
        }

        return at == cell.Length;
    }

    private static List<(byte Kind, int Length)>? Runs(ReadOnlySpan<byte> cell)
    {
        var runs = new List<(byte, int)>();
        for (var at = 0; at < cell.Length;)
        {
            if (runs.Count == MostRuns) return null;

            var length = RunLength(cell[at..]);
            runs.Add((KindOf(cell[at]), length));
            at += length;
        }

        return runs;
    }

    private static int RunLength(ReadOnlySpan<byte> cell)
    {
        var length = 1;
        if (KindOf(cell[0]) is var kind and (Digits or Letters))
        {
            while (length < cell.Length && KindOf(cell[length]) == kind) length++;
        }

        return length;
    }

    private static byte KindOf(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => Digits,
        >= (byte)'a' and <= (byte)'z' or >= (byte)'A' and <= (byte)'Z' or >= 0x80 => Letters,
        _ => c,
    };
}
