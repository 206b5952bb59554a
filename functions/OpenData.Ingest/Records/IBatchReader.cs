namespace OpenData.Ingest.Records;

/// <summary>A record reader that can hand out many records at once, as places in its own buffer, without copying them.</summary>
internal interface IBatchReader
{
    /// <summary>
    /// Reads records while each needs neither repair nor judgement, has the batch's number of cells and lies whole in the buffer.
    /// The first record that does not is left to <see cref="RecordReader.Read"/>.
    /// </summary>
    void Read(RowBatch batch);

    /// <summary>Gives rows of the batch that was read last back, from one on: they are read again.</summary>
    void TakeBack(RowBatch batch, int fromRow);

    /// <summary>The byte offset in the file of a position in the buffer.</summary>
    long OffsetOf(int at);
}
