using OpenData.DuckDb;
using OpenData.Query.Schema;

namespace OpenData.Query.Formats;

/// <summary>Writes rows one after another in some format. Used by one thread at a time, for one result.</summary>
internal abstract class RowWriter
{
    /// <summary>
    /// Whether the text of a row depends on nothing but the row, so that several writers may share a result: the first begins and ends it,
    /// and each may write any rows.
    /// </summary>
    public virtual bool IsSharing => true;

    /// <summary>What is written between two rows.</summary>
    protected virtual ReadOnlySpan<byte> Separator => default;

    public static RowWriter Create(RecordFormat format, IReadOnlyList<OutputColumn> columns, FormatOptions options) => format switch
    {
        RecordFormat.Json => new JsonArrayWriter(columns),
        RecordFormat.Jsonl => new JsonLinesWriter(columns),
        RecordFormat.Csv => new CsvWriter(columns, options),
        RecordFormat.GeoJson => new GeoJsonWriter(columns),
        RecordFormat.Xlsx => new XlsxWriter(columns, options),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "This format is not written row by row."),
    };

    public virtual void Begin(Utf8Output output)
    {
    }

    /// <summary>Some rows of a chunk.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="chunk">The chunk.</param>
    /// <param name="from">The first row.</param>
    /// <param name="until">The row behind the last.</param>
    /// <param name="first">Whether no row of the result stands before them.</param>
    public void Rows(Utf8Output output, DataChunk chunk, int from, int until, bool first)
    {
        for (var row = from; row < until; row++)
        {
            if (row > from || !first) output.Write(Separator);
            Row(output, chunk, row);
        }
    }

    public virtual void End(Utf8Output output)
    {
    }

    /// <summary>One row.</summary>
    protected abstract void Row(Utf8Output output, DataChunk chunk, int row);
}
