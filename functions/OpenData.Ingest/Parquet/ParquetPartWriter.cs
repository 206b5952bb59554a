using OpenData.Lake;

namespace OpenData.Ingest.Parquet;

/// <summary>
/// Writes one Parquet file, row group after row group, to a stream that need not be seekable. The format:
/// https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift.
/// </summary>
/// <remarks>
/// Of our own so that a column's dictionary, statistics and profile are made in one pass and columns are encoded on two threads with little
/// memory, and because Parquet.Net's statistics make readers skip rows that match. It writes what every reader knows: data pages of version
/// 1, zstd or no compression.
/// </remarks>
internal sealed class ParquetPartWriter(Stream output, IReadOnlyList<ParquetColumn> columns)
{
    /// <summary>The zstd level of compressed pages.</summary>
    public const int CompressionLevel = 1;

    private const string CreatedBy = "OpenDataServerless";

    private static ReadOnlySpan<byte> Magic => "PAR1"u8;

    private readonly List<WrittenRowGroup> _rowGroups = [];
    private readonly ByteBuffer _footer = new();
    private long _position;

    private sealed record WrittenRowGroup(int Rows, WrittenChunk[] Chunks);

    private sealed record WrittenChunk(
        long Offset,
        int DictionaryLength,
        long Bytes,
        long RawBytes,
        ParquetEncoding Encoding,
        ParquetCodec Codec,
        int Rows,
        int Nulls,
        (byte[] Min, byte[] Max) Bounds);

    /// <summary>Column chunks written so far.</summary>
    public int Chunks => _rowGroups.Count * columns.Count;

    /// <summary>Bytes written so far.</summary>
    public long Length => _position;

    /// <summary>Appends a row group.</summary>
    /// <param name="chunks">Its columns, in order.</param>
    /// <param name="cancellation">Stops the writing.</param>
    public async Task WriteRowGroupAsync(IReadOnlyList<ColumnChunk> chunks, CancellationToken cancellation)
    {
        await BeginAsync(cancellation);
        var written = new WrittenChunk[chunks.Count];
        for (var i = 0; i < chunks.Count; i++)
        {
            var chunk = chunks[i];
            written[i] = new WrittenChunk(
                _position,
                chunk.DictionaryLength,
                chunk.Bytes.Length,
                chunk.RawLength,
                chunk.Encoding,
                chunk.Codec,
                chunk.Rows,
                chunk.Nulls,
                chunk.Bounds);
            await WriteAsync(chunk.Bytes.Memory, cancellation);
        }

        _rowGroups.Add(new WrittenRowGroup(chunks[0].Rows, written));
    }

    /// <summary>Writes the footer: the file is complete after it.</summary>
    public async Task FinishAsync(CancellationToken cancellation)
    {
        await BeginAsync(cancellation);
        WriteFooter(new ThriftWriter(_footer));
        _footer.AddInt32(_footer.Length);
        _footer.Add(Magic);
        await WriteAsync(_footer.Memory, cancellation);
    }

    private async Task BeginAsync(CancellationToken cancellation)
    {
        if (_position == 0) await WriteAsync(Magic.ToArray(), cancellation);
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await output.WriteAsync(bytes, cancellation);
        _position += bytes.Length;
    }

    private void WriteFooter(ThriftWriter footer)
    {
        footer.Begin();
        footer.Field(1, 2);
        footer.Structs(2, columns.Count + 1);
        footer.Begin();
        footer.Field(4, "schema");
        footer.Field(5, columns.Count);
        footer.End();
        foreach (var column in columns) WriteSchema(footer, column);

        footer.Field(3, _rowGroups.Sum(group => (long)group.Rows));
        footer.Structs(4, _rowGroups.Count);
        for (var i = 0; i < _rowGroups.Count; i++) WriteRowGroup(footer, _rowGroups[i], i);

        footer.Field(6, CreatedBy);
        footer.Structs(7, columns.Count);
        foreach (var _ in columns)
        {
            // The order of the statistics is the type's own.
            footer.Begin();
            footer.Empty(1);
            footer.End();
        }

        footer.End();
    }

    private void WriteRowGroup(ThriftWriter footer, WrittenRowGroup group, int ordinal)
    {
        footer.Begin();
        footer.Structs(1, group.Chunks.Length);
        for (var i = 0; i < group.Chunks.Length; i++) WriteChunk(footer, group.Chunks[i], columns[i]);

        footer.Field(2, group.Chunks.Sum(chunk => chunk.RawBytes));
        footer.Field(3, (long)group.Rows);
        footer.Field(5, group.Chunks[0].Offset);
        footer.Field(6, group.Chunks.Sum(chunk => chunk.Bytes));
        if (ordinal <= short.MaxValue) footer.Field(7, (short)ordinal);

        footer.End();
    }

    private static void WriteChunk(ThriftWriter footer, WrittenChunk chunk, ParquetColumn column)
    {
        footer.Begin();
        footer.Field(2, chunk.Offset);
        footer.Struct(3);
        footer.Field(1, (int)column.Physical);
        if (chunk.DictionaryLength > 0)
        {
            footer.Numbers(2, (int)ParquetEncoding.Plain, (int)ParquetEncoding.Rle, (int)ParquetEncoding.RleDictionary);
        }
        else
        {
            footer.Numbers(2, (int)chunk.Encoding, (int)ParquetEncoding.Rle);
        }

        footer.Texts(3, column.Name);
        footer.Field(4, (int)chunk.Codec);
        footer.Field(5, (long)chunk.Rows);
        footer.Field(6, chunk.RawBytes);
        footer.Field(7, chunk.Bytes);
        footer.Field(9, chunk.Offset + chunk.DictionaryLength);
        if (chunk.DictionaryLength > 0) footer.Field(11, chunk.Offset);

        footer.Struct(12);
        footer.Field(3, (long)chunk.Nulls);
        if (chunk.Bounds.Max.Length > 0)
        {
            footer.Field(5, chunk.Bounds.Max);
            footer.Field(6, chunk.Bounds.Min);
            footer.Field(7, true);
            footer.Field(8, true);
        }

        footer.End();
        footer.End();
        footer.End();
    }

    private static void WriteSchema(ThriftWriter footer, ParquetColumn column)
    {
        const int optional = 1, wideBytes = 16;
        footer.Begin();
        footer.Field(1, (int)column.Physical);
        if (column.Physical == PhysicalType.FixedLengthByteArray) footer.Field(2, wideBytes);

        footer.Field(3, optional);
        footer.Field(4, column.Name);
        switch (column.Type)
        {
            case FieldType.Text or FieldType.Json:
                footer.Field(6, 0);
                footer.Struct(10);
                footer.Empty(1);
                footer.End();
                break;
            case FieldType.Decimal:
                footer.Field(6, 5);
                footer.Field(7, column.Scale);
                footer.Field(8, column.Precision);
                footer.Struct(10);
                footer.Struct(5);
                footer.Field(1, column.Scale);
                footer.Field(2, column.Precision);
                footer.End();
                footer.End();
                break;
            case FieldType.Date:
                footer.Field(6, 6);
                footer.Struct(10);
                footer.Empty(6);
                footer.End();
                break;
            case FieldType.DateTime or FieldType.Instant:
                // The older annotation says "in UTC" and nothing else, so a wall-clock time does without it.
                if (column.Type == FieldType.Instant) footer.Field(6, 10);

                footer.Struct(10);
                footer.Struct(8);
                footer.Field(1, column.Type == FieldType.Instant);
                footer.Struct(2);
                footer.Empty(2);
                footer.End();
                footer.End();
                footer.End();
                break;
            default:
                break;
        }

        footer.End();
    }
}
