namespace OpenData.Ingest.Parquet;

/// <summary>Parquet's codecs that we write, by their numbers in the format.</summary>
internal enum ParquetCodec
{
    None = 0,
    Zstd = 6,
}
