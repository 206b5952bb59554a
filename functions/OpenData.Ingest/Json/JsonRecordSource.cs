using System.Text.Json;
using System.Text.Unicode;
using OpenData.Ingest.Records;
using OpenData.Ingest.Text;

namespace OpenData.Ingest.Json;

/// <summary>
/// JSON as records: an array, one value a line, or what a service puts around the one or the other (<see cref="JsonTableFinder"/>). Nested
/// values become JSON text.
/// </summary>
internal sealed class JsonRecordSource : RecordSource
{
    private readonly SourceContent _source;
    private readonly TextEncoding _encoding;
    private readonly JsonTable _table;
    private readonly JsonLayout _layout;

    /// <summary>Reads the file once to find what fields its records have.</summary>
    /// <param name="source">The file.</param>
    /// <param name="encoding">Its encoding.</param>
    /// <param name="guessed">Whether the encoding is a guess that the whole file has to confirm.</param>
    /// <param name="table">Where its records are.</param>
    private JsonRecordSource(SourceContent source, TextEncoding encoding, bool guessed, JsonTable table)
    {
        (_source, _encoding, _table) = (source, encoding, table);
        _layout = new JsonLayout(table.Names);
        using var values = JsonReading.Values(source, encoding, table, new ProblemLog());
        while (values.Next())
        {
            if (guessed && !Utf8.IsValid(values.Value)) throw new WrongEncodingException();
            try
            {
                _layout.Note(values.Value);
            }
            catch (JsonException) when (table.Kind == JsonTableKind.Lines)
            {
                // The reader of the records reports the line.
            }
        }

        _layout.Finish();
    }

    /// <summary>Opens a file, in the encoding that is declared or else in the one that all of it is in.</summary>
    /// <param name="source">The file.</param>
    /// <param name="declared">The encoding that the agency declares, or null.</param>
    /// <param name="recordPath">The path of the records that the agency declares, or null.</param>
    /// <exception cref="UnreadableSourceException">The file is not JSON, holds several tables, or is a service's answer without
    /// rows.</exception>
    public static RecordSource Of(SourceContent source, TextEncoding? declared = null, string? recordPath = null)
    {
        if (declared is not null) return Of(source, declared, guessed: false, recordPath);
        try
        {
            if (EncodingDetection.Guess(source) is { } guess) return Of(source, guess, guessed: true, recordPath);
        }
        catch (WrongEncodingException)
        {
            // The whole file decides.
        }

        return Of(source, EncodingDetection.Decide(source), guessed: false, recordPath);
    }

    /// <inheritdoc/>
    public override string Format => _table.Kind == JsonTableKind.Lines ? "ndjson" : "json";

    /// <inheritdoc/>
    public override string? Encoding => _encoding.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<string>? Labels => _layout.IsUnnamed ? null : _layout.Labels;

    /// <inheritdoc/>
    public override RecordReader Open(ProblemLog problems) =>
        new JsonRecordReader(JsonReading.Values(_source, _encoding, _table, problems), _table, _layout, problems);

    private static RecordSource Of(SourceContent source, TextEncoding encoding, bool guessed, string? recordPath)
    {
        var table = JsonReading.FindTable(source, encoding, recordPath);
        if (table.IsOfFeatures) return new GeoJsonSource(source, encoding, guessed, table);
        return table.Kind == JsonTableKind.Columns
            ? JsonColumns.Of(source, encoding, table)
            : new JsonRecordSource(source, encoding, guessed, table);
    }
}
