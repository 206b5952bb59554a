using System.Text.Json;

namespace OpenData.Ingest.Json;

/// <summary>What the fields of a JSON file's records are: the same for all records, whichever of them each one has.</summary>
internal sealed class JsonLayout
{
    /// <summary>What the column of bare values is called, where records are no objects.</summary>
    private const string BareValue = "value";

    private readonly JsonFields _fields = new();
    private readonly bool _isNamed;
    private long _objects, _arrays, _others;
    private int _longest;

    /// <summary>A layout that is still to be learnt.</summary>
    /// <param name="names">The names of the fields, where the document describes them; otherwise null.</param>
    public JsonLayout(IReadOnlyList<string>? names)
    {
        _isNamed = names is not null;
        foreach (var name in names ?? []) _fields.Add(name);
    }

    /// <summary>The fields.</summary>
    public IReadOnlyList<string> Labels => _fields.Names;

    /// <summary>Whether the records are arrays, whose elements are the cells.</summary>
    public bool IsOfArrays => _arrays > 0 && _objects + _others == 0;

    /// <summary>Whether nothing names the cells of the arrays.</summary>
    public bool IsUnnamed => IsOfArrays && !_isNamed;

    /// <summary>The column that takes values that are no objects; -1 if there are none.</summary>
    public int BareColumn { get; private set; } = -1;

    /// <summary>The place of a field, or -1.</summary>
    public int Find(string name) => _fields.Find(name);

    /// <summary>Takes note of a record.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public void Note(ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(value, JsonText.Options);
        if (!reader.Read() || reader.TokenType == JsonTokenType.Null) return;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                _objects++;
                _fields.NoteObject(ref reader);
                break;
            case JsonTokenType.StartArray:
                _arrays++;
                if (!_isNamed) return;
                var length = 0;
                for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; length++) reader.Skip();
                _longest = Math.Max(_longest, length);
                break;
            default:
                _others++;
                break;
        }
    }

    /// <summary>Ends learning.</summary>
    public void Finish()
    {
        for (var i = _fields.Names.Count; _isNamed && i < _longest; i++) _fields.AddUnused($"column_{i + 1}");
        if (!IsOfArrays && _arrays + _others > 0) BareColumn = _fields.AddUnused(BareValue);
    }
}
