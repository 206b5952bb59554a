using System.Text.Json;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Json;

/// <summary>The names of fields, in the order in which they are met.</summary>
internal sealed class JsonFields
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>The names.</summary>
    public List<string> Names { get; } = [];

    /// <summary>Notes the properties of the object on whose beginning a reader stands; it is left on the object's end.</summary>
    public void NoteObject(ref Utf8JsonReader reader)
    {
        // Records mostly repeat the fields of the one before in the same order: compare before making a string.
        var expected = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (expected < Names.Count && reader.ValueTextEquals(Names[expected])) expected++;
            else expected = Add(JsonText.Name(ref reader)) + 1;
            reader.Skip();
        }
    }

    /// <summary>Adds a name, unless it is known; its place.</summary>
    public int Add(string name)
    {
        if (_places.TryGetValue(name, out var place)) return place;
        if (Names.Count == TableLimits.Columns) throw TableLimits.TooManyColumns(TableLimits.Columns + 1, line: null);
        _places[name] = Names.Count;
        Names.Add(name);
        return Names.Count - 1;
    }

    /// <summary>
    /// Adds a field under a name that no other has: the given one, one with a prefix, or one with underscores behind it. Its place.
    /// </summary>
    public int AddUnused(string name, string prefix = "")
    {
        if (_places.ContainsKey(name)) name = prefix + name;
        while (_places.ContainsKey(name)) name += "_";
        return Add(name);
    }

    /// <summary>The place of a name, or -1.</summary>
    public int Find(string name) => _places.GetValueOrDefault(name, -1);
}
