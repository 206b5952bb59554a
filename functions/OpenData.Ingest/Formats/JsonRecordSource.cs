using System.Text.Json;
using System.Text.Unicode;
using OpenData.Ingest.Records;
using OpenData.Ingest.Text;

namespace OpenData.Ingest.Formats;

/// <summary>JSON as records: an array, one value a line, or an object that holds one array somewhere. Nested values become JSON text.</summary>
internal sealed class JsonRecordSource : RecordSource
{
    /// <summary>What the column of bare values is called, where records are no objects.</summary>
    private const string BareValue = "value";

    private readonly SourceContent _source;
    private readonly TextEncoding _encoding;
    private readonly JsonShape _shape;
    private readonly List<string> _labels = [];
    private readonly bool _hasBareValues;
    private readonly bool _isTableOfArrays;

    /// <summary>Reads the file once to find where its records are and what fields they have.</summary>
    /// <param name="source">The file.</param>
    /// <param name="encoding">Its encoding.</param>
    /// <param name="guessed">Whether the encoding is a guess that the whole file has to confirm.</param>
    /// <exception cref="UnreadableSourceException">The file is not JSON, or holds several tables.</exception>
    /// <exception cref="WrongEncodingException">The guess is wrong.</exception>
    private JsonRecordSource(SourceContent source, TextEncoding encoding, bool guessed)
    {
        _source = source;
        _encoding = encoding;
        _shape = JsonShape.Find(OpenText);

        var known = new HashSet<string>(StringComparer.Ordinal);
        var (objects, arrays, others) = (0L, 0L, 0L);
        using var values = OpenValues();
        while (values.Next())
        {
            if (guessed && !Utf8.IsValid(values.Value)) throw new WrongEncodingException();
            try
            {
                var reader = new Utf8JsonReader(values.Value, JsonText.Options);
                if (!reader.Read() || reader.TokenType == JsonTokenType.Null) continue;
                if (reader.TokenType == JsonTokenType.StartArray) arrays++;
                else if (reader.TokenType == JsonTokenType.StartObject) objects++;
                else others++;
                if (reader.TokenType == JsonTokenType.StartObject) NoteFields(ref reader, known);
            }
            catch (JsonException) when (_shape.Lines)
            {
                // The reader of the records reports the line.
            }
        }

        _isTableOfArrays = arrays > 0 && objects + others == 0;
        _hasBareValues = !_isTableOfArrays && arrays + others > 0;
        if (_hasBareValues) _labels.Add(Unused(BareValue, known));
    }

    /// <summary>Opens a file, in the encoding that is declared or else in the one that all of it is in.</summary>
    /// <exception cref="UnreadableSourceException">The file is not JSON, or holds several tables.</exception>
    public static JsonRecordSource Of(SourceContent source, string? declaredEncoding = null)
    {
        if (declaredEncoding is not null && TextEncoding.Named(declaredEncoding) is { } declared) return new JsonRecordSource(source, declared, guessed: false);
        try
        {
            if (EncodingDetection.Guess(source) is { } guess) return new JsonRecordSource(source, guess, guessed: true);
        }
        catch (WrongEncodingException)
        {
            // The whole file decides.
        }

        return new JsonRecordSource(source, EncodingDetection.Decide(source), guessed: false);
    }

    /// <inheritdoc/>
    public override string Format => _shape.Lines ? "ndjson" : "json";

    /// <inheritdoc/>
    public override string? Encoding => _encoding.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<string>? Labels => _isTableOfArrays ? null : _labels;

    /// <inheritdoc/>
    public override RecordReader Open(ProblemLog problems) =>
        new JsonRecordReader(OpenValues(), Labels, _hasBareValues ? _labels.Count - 1 : -1, tolerant: _shape.Lines, problems);

    private JsonValues OpenValues() => _shape.Lines ? new JsonLines(OpenText()) : new JsonElements(OpenText(), _shape.Path);

    private Stream OpenText() => StrictText.Open(_source, _encoding);

    private void NoteFields(ref Utf8JsonReader reader, HashSet<string> known)
    {
        // Records mostly repeat the fields of the one before in the same order: compare before making a string.
        var expected = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (expected < _labels.Count && reader.ValueTextEquals(_labels[expected]))
            {
                expected++;
            }
            else if (JsonText.Name(ref reader) is var name && known.Add(name))
            {
                _labels.Add(name);
            }
            else
            {
                expected = _labels.IndexOf(name) + 1;
            }

            reader.Skip();
        }
    }

    private static string Unused(string name, HashSet<string> known) => known.Contains(name) ? Unused(name + "_", known) : name;
}
