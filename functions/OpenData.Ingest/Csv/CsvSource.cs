using OpenData.Ingest.Records;
using OpenData.Ingest.Text;

namespace OpenData.Ingest.Csv;

/// <summary>Delimited text, seen as records.</summary>
/// <param name="content">The bytes.</param>
/// <param name="encoding">Their encoding.</param>
/// <param name="encodingGuessed">Whether another encoding is still possible; see <see cref="Utf8Text"/>.</param>
/// <param name="dialect">How it is written.</param>
/// <param name="width">The number of cells of the table's records; 0 if unknown.</param>
internal sealed class CsvSource(
    SourceContent content, TextEncoding encoding, bool encodingGuessed, Dialect dialect, int width) : RecordSource
{
    /// <inheritdoc/>
    public override string Format => dialect.Delimiter == "\t" ? "tsv" : "csv";

    /// <inheritdoc/>
    public override string? Encoding => encoding.Name;

    /// <inheritdoc/>
    public override RecordReader Open(ProblemLog problems) =>
        new CsvReader(new Utf8Text(content.Open(), encoding, encodingGuessed, problems), dialect, width, problems);
}
