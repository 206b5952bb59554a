namespace OpenData.Ingest.Tables;

/// <summary>
/// What speaks for and against a row being the header of the rows below it. Each cell is weighed against its column: a word above numbers,
/// or a value that is written unlike all values below it, speaks for a heading; a value like those below speaks against it. Values that are
/// alike among each other and form a sequence which no row below repeats are headings even though they are written like the values below.
/// </summary>
/// <param name="Unlike">Cells that are unlike their column.</param>
/// <param name="Alike">Cells that are like their column.</param>
/// <param name="Numeric">Columns of numbers, dates or other regular values.</param>
/// <param name="Missing">Signs for no value in such columns, which headings do not have.</param>
/// <param name="IsHeader">The judgement on the row alone.</param>
/// <param name="Sequence">The columns of headings that look like values and form a sequence.</param>
internal sealed record HeaderEvidence(int Unlike, int Alike, int Numeric, int Missing, bool IsHeader, IReadOnlyCollection<int> Sequence)
{
    /// <summary>The share of a column's values that decides what the column is.</summary>
    private const double Most = 0.8;

    /// <summary>Adjacent headings that make a sequence, and those that do so even within the range of the values below them.</summary>
    private const int LeastSequence = 3, SureSequence = 5;

    /// <summary>Rows that are needed to tell a sequence of headings from a row that happens to be one.</summary>
    private const int LeastRows = 4;

    /// <summary>Weighs a row.</summary>
    /// <param name="sample">The first records of the file.</param>
    /// <param name="at">The row.</param>
    /// <param name="below">Where the rows below begin.</param>
    /// <param name="width">Columns of the table.</param>
    public static HeaderEvidence Of(List<SampleRow> sample, int at, int below, int width)
    {
        var row = sample[at];
        var body = sample.Skip(below).Where(other => other.Filled > 0 && other.Cells.Length > 1 == width > 1).ToList();
        if (body.Count == 0)
        {
            var words = !Enumerable.Range(0, row.Cells.Length).Any(i => row.Kind(i) == CellKind.Numeric);
            return new HeaderEvidence(0, 0, 0, 0, words, []);
        }

        var kinds = TableDetection.KindsBelow(sample, below, width);
        var sequence = SequenceIn(row, body, kinds, width);
        int unlike = 0, alike = 0, numeric = 0, missing = 0;
        for (var i = 0; i < width; i++)
        {
            var weight = Weigh(row, i, body, kinds[i], sequence.Contains(i));
            numeric += kinds[i] == CellKind.Numeric ? 1 : 0;
            missing += kinds[i] == CellKind.Numeric && row.Form(i) == CellForm.Missing ? 1 : 0;
            unlike += weight > 0 ? 1 : 0;
            alike += weight < 0 ? 1 : 0;
        }

        return new HeaderEvidence(
            unlike, alike, numeric, missing, unlike + alike > 0 ? unlike > alike : NamesColumns(row, body, width), sequence);
    }

    /// <summary>How many cells of a header row are values themselves: years, months, days, ranges, or numbers in a sequence.</summary>
    public static int ValueHeadings(List<SampleRow> sample, int at, int below, int width)
    {
        var evidence = Of(sample, at, below, width);
        return Enumerable.Range(0, width).Count(i =>
            evidence.Sequence.Contains(i)
                || sample[at].Form(
                    i) is CellForm.Year or CellForm.YearMonth or CellForm.Quarter or CellForm.Day or CellForm.Time or CellForm.Range
                or CellForm.Counted or CellForm.Padded);
    }

    /// <summary>Positive if a cell is unlike its column, negative if it is like it, 0 if that says nothing.</summary>
    private static int Weigh(SampleRow row, int column, List<SampleRow> body, CellKind kind, bool inSequence)
    {
        var form = row.Form(column);
        if (form is CellForm.Empty or CellForm.Missing) return 0;
        if (kind == CellKind.Numeric)
        {
            if (row.Kind(column) == CellKind.Text) return 1;
            if (inSequence) return 1;
            return IsFormOf(form, column, body) ? -1 : 1;
        }

        // In a column of regular values that are no numbers, such as 1월 or 00:00, a word heads them, and one of them does not.
        if (kind != CellKind.Text || RegularForm(column, body) is not { } regular) return 0;
        return form == regular ? -1 : form == CellForm.Text ? 1 : 0;
    }

    /// <summary>Whether values of a column are written as a cell is: in the same form, or as another form of plain numbers.</summary>
    private static bool IsFormOf(CellForm form, int column, List<SampleRow> body)
    {
        if (form == CellForm.Year)
        {
            return !body.Exists(other => other.Kind(column) == CellKind.Numeric && other.Form(column) != CellForm.Year);
        }
        if (form is CellForm.Whole or CellForm.Fraction) return true;
        return body.Exists(other => other.Form(column) == form);
    }

    /// <summary>The form of nearly all values of a column, if it is one that only regular values have.</summary>
    private static CellForm? RegularForm(int column, List<SampleRow> body)
    {
        var forms = body.Select(row => row.Form(column)).Where(form => form is not (CellForm.Empty or CellForm.Missing)).ToList();
        if (forms.Count < 2) return null;
        var most = forms.GroupBy(form => form).MaxBy(group => group.Count())!;
        return most.Count() >= Most * forms.Count && most.Key is not CellForm.Text ? most.Key : null;
    }

    /// <summary>Only words: a heading names its column and is not found in it again.</summary>
    private static bool NamesColumns(SampleRow row, List<SampleRow> body, int width)
    {
        var heads = Enumerable.Range(0, Math.Min(width, row.Cells.Length)).Where(i => row.Kind(i) != CellKind.Empty).ToList();
        return heads.Select(row.Text).Distinct().Count() == heads.Count
            && !heads.Any(
                i => body.Exists(
                    other => i < other.Cells.Length && other.Cells[i].AsSpan().SequenceEqual(row.Cells[i]) && !Repeats(other, row)));
    }

    /// <summary>Whether a row is the other one again, or as much of it as a narrower or wider table shares.</summary>
    private static bool Repeats(SampleRow row, SampleRow other)
    {
        var shared = Math.Min(row.Cells.Length, other.Cells.Length);
        return TableDetection.SameRow(row, other)
            || shared > 1 && Enumerable.Range(0, shared).All(i => row.Cells[i].AsSpan().SequenceEqual(other.Cells[i]));
    }

    /// <summary>
    /// The columns in which a row has headings that look like values: adjacent whole numbers of equal steps (or each repeated as often as
    /// the others), beside a word, where the rows below have no such sequence, and either many or out of the range of the values below
    /// them.
    /// </summary>
    private static HashSet<int> SequenceIn(SampleRow row, List<SampleRow> body, CellKind[] kinds, int width)
    {
        var found = new HashSet<int>();
        if (!Enumerable.Range(0, Math.Min(width, row.Cells.Length)).Any(i => row.Form(i) == CellForm.Text)) return found;
        for (var start = 0; start < width;)
        {
            var end = start;
            while (end < width && kinds[end] is CellKind.Numeric or CellKind.Empty && Number(row, end) is not null) end++;
            if (end - start >= LeastSequence && IsSequence(row, start, end)
                && body.Count(other => IsSequence(other, start, end)) * 5 <= body.Count
                && body.Count >= LeastRows && (end - start >= SureSequence || OutOfRange(row, body, start, end) * 2 >= end - start))
            {
                found.UnionWith(Enumerable.Range(start, end - start));
            }

            start = end + 1;
        }

        return found;
    }

    private static bool IsSequence(SampleRow row, int start, int end)
    {
        var numbers = new List<(long Number, int Times)>();
        for (var i = start; i < end; i++)
        {
            if (Number(row, i) is not { } number) return false;
            if (numbers.Count > 0 && numbers[^1].Number == number) numbers[^1] = (number, numbers[^1].Times + 1);
            else numbers.Add((number, 1));
        }

        if (numbers.Count < 2 || numbers.Exists(one => one.Times != numbers[0].Times)) return false;
        var step = numbers[1].Number - numbers[0].Number;
        return step != 0 && !numbers.Skip(1).Where((one, i) => one.Number - numbers[i].Number != step).Any();
    }

    private static int OutOfRange(SampleRow row, List<SampleRow> body, int start, int end) =>
        Enumerable.Range(start, end - start).Count(i =>
    {
        var values = body.Select(other => Number(other, i)).Where(value => value is not null).ToList();
        return values.Count > 0 && (Number(row, i) < values.Min() || Number(row, i) > values.Max());
    });

    private static long? Number(SampleRow row, int column) =>
        row.Form(column) is CellForm.Whole or CellForm.Padded or CellForm.Year && long.TryParse(row.Text(column).Trim(), out var number)
            ? number
            : null;
}
