using OpenData.Disclosure;
using OpenData.Ingest.Profiling;
using OpenData.Lake;

namespace OpenData.Ingest.Parquet;

/// <summary>The values of one column in the row group that is being filled, and how they are encoded.</summary>
internal abstract class ParquetColumn
{
    /// <summary>After a row group with too many distinct values, so many row groups pass before the next try.</summary>
    private const int Pause = 8;

    private int[] _present = [];
    private int _pause;
    private ValueDictionary? _dictionary;

    /// <summary>The field's name in the file.</summary>
    public required string Name { get; init; }

    /// <summary>What the values mean.</summary>
    public required FieldType Type { get; init; }

    /// <summary>Digits of a decimal; 0 for anything else.</summary>
    public int Precision { get; init; }

    /// <summary>Digits after the point of a decimal; 0 for anything else.</summary>
    public int Scale { get; init; }

    /// <summary>How the values lie in the file.</summary>
    public abstract PhysicalType Physical { get; }

    /// <summary>Rows in this row group so far.</summary>
    public int Rows { get; private set; }

    /// <summary>Those of them without a value.</summary>
    public int Nulls { get; private set; }

    /// <summary>Those of them with one.</summary>
    public int Values => Rows - Nulls;

    /// <summary>Takes note of rows whose values have been put into the column.</summary>
    /// <param name="presence">For each row 1 if it has a value, and 0 if not.</param>
    /// <param name="values">How many have.</param>
    public void AddRows(ReadOnlySpan<int> presence, int values)
    {
        var rows = Rows + presence.Length;
        if (Nulls > 0 || values < presence.Length)
        {
            if (_present.Length < rows) Array.Resize(ref _present, rows * 2);

            // Up to the first null nothing is noted.
            if (Nulls == 0) _present.AsSpan(0, Rows).Fill(1);

            presence.CopyTo(_present.AsSpan(Rows));
        }

        Nulls += presence.Length - values;
        Rows = rows;
    }

    /// <summary>Empties the column for the next row group.</summary>
    public virtual void Clear()
    {
        Rows = 0;
        Nulls = 0;
    }

    /// <summary>Writes the definition levels of some rows: 1 for a value, 0 for none. Returns how many of them have a value.</summary>
    public int WriteLevels(int fromRow, int rows, ByteBuffer output)
    {
        var lengthAt = output.Length;
        output.AddInt32(0);
        var values = rows;
        if (Nulls == 0)
        {
            RunLength.Run(1, rows, bitWidth: 1, output);
        }
        else
        {
            var present = _present.AsSpan(fromRow, rows);
            RunLength.Encode(present, bitWidth: 1, output);
            values = 0;
            foreach (var one in present) values += one;
        }

        output.SetInt32(lengthAt, output.Length - lengthAt - 4);
        return values;
    }

    /// <summary>
    /// The least and the greatest value as the format's statistics hold them, once summarised; empty where they are not to be given.
    /// </summary>
    public abstract (byte[] Min, byte[] Max) Bounds { get; }

    /// <summary>
    /// Finds the distinct values, for an encoding by indices and for the profile; false if they are too many for that, or always differ.
    /// </summary>
    /// <param name="dictionary">Takes them; it stays the column's until another column takes it.</param>
    public bool TryBuildDictionary(ValueDictionary dictionary)
    {
        _dictionary = dictionary;
        if (_pause > 0)
        {
            _pause--;
            return false;
        }

        if (Values == 0) return false;

        dictionary.Begin(Values);
        if (TryFill(dictionary)) return true;

        _pause = Pause;
        return false;
    }

    /// <summary>The distinct values, once built.</summary>
    public ValueDictionary Dictionary => _dictionary ?? throw new InvalidOperationException("The column has no dictionary yet.");

    /// <summary>
    /// Adds all values to a dictionary; false if they are too many, or if values of this type are better written one by one.
    /// </summary>
    protected abstract bool TryFill(ValueDictionary dictionary);

    /// <summary>Writes the distinct values one after another.</summary>
    public virtual void WriteDictionary(ByteBuffer output) => throw new NotSupportedException();

    /// <summary>The best encoding without a dictionary.</summary>
    public abstract ParquetEncoding Encoding { get; }

    /// <summary>Writes some of the values in that encoding.</summary>
    public abstract void WriteValues(int from, int count, ByteBuffer output);

    /// <summary>One value of the row group, written out.</summary>
    public abstract string Format(int index);

    /// <summary>Adds the row group to the column's statistics; its dictionary has been built if it can be.</summary>
    public void AddTo(ColumnSummary summary, bool hasDictionary)
    {
        summary.AddRows(Values, Nulls);
        if (Values == 0) return;
        Summarize(summary, hasDictionary);
        if (!hasDictionary)
        {
            summary.StopCounting();
            return;
        }

        var firsts = Dictionary.Firsts;
        var counts = Dictionary.Counts;
        for (var i = 0; i < firsts.Length; i++) summary.AddCount(Format(firsts[i]), counts[i]);
    }

    /// <summary>Gives this row group's values to a scan for personal data; only text and whole numbers can hold any.</summary>
    /// <param name="scan">The column's scan.</param>
    /// <param name="hasDictionary">Whether <see cref="Dictionary"/> holds all values.</param>
    public virtual void AddTo(ColumnScan scan, bool hasDictionary) => scan.Skip(Values);

    /// <summary>
    /// Adds bounds, sums and hashes of the row group's values, of which there is at least one, to the column's statistics.
    /// </summary>
    protected abstract void Summarize(ColumnSummary summary, bool hasDictionary);
}
