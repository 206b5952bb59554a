using OpenData.Lake;

namespace OpenData.Ingest.Records;

/// <summary>
/// How large a table may be across. Rows are not bounded: they stream. A file is told what is too much of it; it is not cut in silence. The
/// bounds keep the process of an ingest within 360 MB of memory whatever the file is.
/// </summary>
internal static class TableLimits
{
    /// <summary>The most columns of a table, and the most cells of a record.</summary>
    public const int Columns = 3_000;

    /// <summary>The most cells that the first records may have of which a table's shape is judged.</summary>
    public const int SampleCells = 200_000;

    /// <summary>The most cells of a row group, which is held in memory, what columns take by themselves included.</summary>
    private const int RowGroupCells = 700_000;

    /// <summary>What a column takes in memory whatever the number of its rows, in cells.</summary>
    private const int ColumnCells = 75;

    /// <summary>The most bytes of those records.</summary>
    public const int SampleBytes = 16 << 20;

    /// <summary>The most bytes of a record's texts, where a file may say them in fewer.</summary>
    public const int RecordBytes = 24 << 20;

    /// <summary>
    /// The most column chunks of a Parquet part, whose places and bounds are held in memory until its footer is written: a wide table has
    /// small row groups, and many.
    /// </summary>
    public const int PartChunks = 100_000;

    /// <summary>The most distinct values that are counted one by one, in all columns together.</summary>
    public const int CountedValues = 400_000;

    /// <summary>The most sheets of a workbook.</summary>
    public const int Sheets = 1_000;

    /// <summary>The most rows of a row group: the fewer, the more columns there are.</summary>
    /// <param name="columns">How many there are.</param>
    /// <param name="most">The most rows however few columns there are.</param>
    public static int RowGroupRows(int columns, int most) => Math.Clamp((RowGroupCells / columns) - ColumnCells, 1, most);

    /// <summary>The file has more columns than a table may have.</summary>
    /// <param name="columns">How many there are, at least.</param>
    /// <param name="line">The line that shows it, if there are lines.</param>
    public static UnreadableSourceException TooManyColumns(long columns, long? line) => new(new Problem(
        "columns-too-many",
        Severity.Error,
        $"The table has {columns:n0} columns or more; a table may have {Columns:n0}.",
        "Remove stray cells far to the right, or put what the columns stand for, such as days or places, into rows: one column for it and "
        + "one for the value.")
    {
        Line = line is > 0 ? line : null,
        Action = "The file is kept in quarantine; nothing was published.",
    });

    /// <summary>A record is longer than may be held in memory.</summary>
    public static UnreadableSourceException RecordTooLong() => new(new Problem(
        "record-too-long",
        Severity.Error,
        $"A row holds more than {RecordBytes >> 20} MiB of text.",
        "Shorten the texts, or give each part of them a row of its own."));
}
