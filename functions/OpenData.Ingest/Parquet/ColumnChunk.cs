using OpenData.Disclosure;
using OpenData.Ingest.Profiling;
using ZstdNet;

namespace OpenData.Ingest.Parquet;

/// <summary>
/// One column of one row group, encoded and compressed: what goes into the file, and what the footer has to know about it.
/// </summary>
internal sealed class ColumnChunk
{
    private const int DataPage = 0, DictionaryPage = 2;

    /// <summary>
    /// Rows of a data page. A reader decompresses whole pages: for a few rows of a row group it then needs not all of it.
    /// </summary>
    private const int PageRows = 8_192;

    /// <summary>
    /// A chunk whose first page does not become this much shorter is left as it is: packed bits of numbers without an order only cost time,
    /// on either side.
    /// </summary>
    private const double WorthCompressing = 0.95;

    /// <summary>The bytes for the file.</summary>
    public ByteBuffer Bytes { get; } = new();

    /// <summary>The length of the dictionary's page, which is the first; 0 if there is none.</summary>
    public int DictionaryLength { get; private set; }

    /// <summary>Bytes before compression, headers included.</summary>
    public long RawLength { get; private set; }

    /// <summary>How the values are encoded.</summary>
    public ParquetEncoding Encoding { get; private set; }

    /// <summary>How the pages are compressed.</summary>
    public ParquetCodec Codec { get; private set; }

    public int Rows { get; private set; }

    public int Nulls { get; private set; }

    /// <summary>The bounds of the values; empty if they are not to be given.</summary>
    public (byte[] Min, byte[] Max) Bounds { get; private set; }

    /// <summary>Encodes what a column holds.</summary>
    /// <param name="column">The column.</param>
    /// <param name="tools">A compressor and working memory.</param>
    /// <param name="summary">Takes the column's statistics.</param>
    /// <param name="scan">Looks through the values for personal data.</param>
    public void Encode(ParquetColumn column, EncodingTools tools, ColumnSummary summary, ColumnScan scan)
    {
        var page = tools.Page;
        Bytes.Clear();
        RawLength = DictionaryLength = 0;
        (Rows, Nulls) = (column.Rows, column.Nulls);
        page.Clear();
        var hasDictionary = column.TryBuildDictionary(tools.Dictionary);
        column.AddTo(summary, hasDictionary);
        column.AddTo(scan, hasDictionary);
        Encoding = hasDictionary ? ParquetEncoding.RleDictionary : column.Encoding;
        Codec = ParquetCodec.Zstd;
        if (hasDictionary)
        {
            column.WriteDictionary(page);
            AddPage(page, DictionaryPage, column.Dictionary.Count, ParquetEncoding.Plain, tools);
            DictionaryLength = Bytes.Length;
        }

        for (int row = 0, value = 0; row < Rows; row += PageRows)
        {
            page.Clear();
            var rows = Math.Min(PageRows, Rows - row);
            var values = column.WriteLevels(row, rows, page);
            if (hasDictionary)
            {
                page.Add((byte)column.Dictionary.BitWidth);
                RunLength.Encode(column.Dictionary.Codes.Slice(value, values), column.Dictionary.BitWidth, page);
            }
            else
            {
                column.WriteValues(value, values, page);
            }

            AddPage(page, DataPage, rows, Encoding, tools);
            value += values;
        }

        Bounds = column.Bounds;
    }

    private void AddPage(ByteBuffer page, int type, int values, ParquetEncoding encoding, EncodingTools tools)
    {
        // The header stands first and holds the compressed length: leave it room, compress behind it, and close the gap.
        const int room = 64;
        var body = Bytes.Reserve(room + Compressor.GetCompressBound(page.Length))[room..];
        var compressed = Codec == ParquetCodec.Zstd ? tools.Compressor.Wrap(page.Written, body) : page.Length;
        if (Bytes.Length == 0 && type == DataPage && compressed > page.Length * WorthCompressing)
        {
            (Codec, compressed) = (ParquetCodec.None, page.Length);
        }

        if (Codec == ParquetCodec.None) page.Written.CopyTo(body);

        var headerBytes = tools.Header;
        headerBytes.Clear();
        var header = new ThriftWriter(headerBytes);
        header.Begin();
        header.Field(1, type);
        header.Field(2, page.Length);
        header.Field(3, compressed);
        header.Struct(type == DataPage ? 5 : 7);
        header.Field(1, values);
        header.Field(2, (int)encoding);
        if (type == DataPage)
        {
            header.Field(3, (int)ParquetEncoding.Rle);
            header.Field(4, (int)ParquetEncoding.Rle);
        }

        header.End();
        header.End();
        var target = Bytes.Reserve(room + compressed);
        target.Slice(room, compressed).CopyTo(target[headerBytes.Length..]);
        headerBytes.Written.CopyTo(target);
        Bytes.Advance(headerBytes.Length + compressed);
        RawLength += headerBytes.Length + page.Length;
    }
}
