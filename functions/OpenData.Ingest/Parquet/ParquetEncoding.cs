namespace OpenData.Ingest.Parquet;

/// <summary>Parquet's encodings, by their numbers in the format.</summary>
internal enum ParquetEncoding
{
    Plain = 0,
    Rle = 3,
    DeltaBinaryPacked = 5,
    DeltaLengthByteArray = 6,
    RleDictionary = 8,
}
