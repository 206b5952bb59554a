using OpenData.Ingest.Records;

namespace OpenData.Ingest.Tables;

/// <summary>A row kept apart from its reader.</summary>
internal sealed record StoredRow(byte[][] Cells, long Line, long ByteOffset)
{
    public ReadOnlySpan<byte> Cell(int index) => index < Cells.Length ? Cells[index] : default;

    public static StoredRow Of(RecordReader record)
    {
        var cells = new byte[record.Count][];
        for (var i = 0; i < cells.Length; i++) cells[i] = record.Cell(i).ToArray();

        return new StoredRow(cells, record.Line, record.ByteOffset);
    }
}
