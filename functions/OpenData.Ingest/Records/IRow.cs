namespace OpenData.Ingest.Records;

/// <summary>One row of a table, whose cells can be copied into a <see cref="RowBatch"/>.</summary>
internal interface IRow
{
    /// <summary>The line on which the row begins, from 1.</summary>
    long Line { get; }

    /// <summary>The byte offset at which the row begins, from 0.</summary>
    long ByteOffset { get; }

    /// <summary>A cell of the row, from 0 to the table's width.</summary>
    ReadOnlySpan<byte> Cell(int index);

    /// <summary>Whether a cell has no value.</summary>
    bool IsAbsent(int index);
}
