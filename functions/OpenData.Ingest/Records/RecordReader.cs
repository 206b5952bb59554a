namespace OpenData.Ingest.Records;

/// <summary>
/// One record after another, each cell as UTF-8 text in its plain form: numbers as <c>-1234.5</c>, days as <c>2024-01-05</c>,
/// times as <c>2024-01-05T10:30:00</c>, truth as <c>true</c> and <c>false</c>; text as it was read, without its quotes.
/// A reader throws <see cref="UnreadableSourceException"/> where nothing more can be read.
/// </summary>
internal abstract class RecordReader : IDisposable
{
    /// <summary>Goes to the next record; false at the end.</summary>
    public abstract bool Read();

    /// <summary>The number of cells of the current record; records may differ.</summary>
    public abstract int Count { get; }

    /// <summary>A cell of the current record, from 0; valid until the next <see cref="Read"/>. An absent value is empty.</summary>
    public abstract ReadOnlySpan<byte> Cell(int index);

    /// <summary>
    /// True where a cell is absent (JSON null, an empty Excel cell) and not merely the empty text. By default the empty text is absent.
    /// </summary>
    public virtual bool IsAbsent(int index) => Cell(index).IsEmpty;

    /// <summary>True where a cell holds a nested JSON value (object or array), as its JSON text.</summary>
    public virtual bool IsJson(int index) => false;

    /// <summary>True where a cell stood in quotes, so that no delimiter of it can have split it.</summary>
    public virtual bool IsQuoted(int index) => false;

    /// <summary>
    /// True where the record was divided at its spaces, unlike the others, because it then has as many cells as they: it may be a sentence.
    /// </summary>
    public virtual bool MayBeSentence => false;

    /// <summary>What stood between the cells of the current record; a comma where the format has no such thing.</summary>
    public virtual ReadOnlySpan<byte> Delimiter => ","u8;

    /// <summary>The line on which the current record begins, from 1 (in Excel its row); 0 where lines mean nothing.</summary>
    public abstract long Line { get; }

    /// <summary>The byte offset at which the current record begins, from 0; -1 where that means nothing.</summary>
    public abstract long ByteOffset { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the reader holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
