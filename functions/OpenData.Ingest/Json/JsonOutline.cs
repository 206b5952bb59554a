using System.Text;
using System.Text.Json;

namespace OpenData.Ingest.Json;

/// <summary>Walks through a whole file and notes what its first value holds.</summary>
/// <param name="stream">UTF-8; disposed with this.</param>
internal sealed class JsonOutline(Stream stream) : JsonValues(stream)
{
    private const int MostNodes = 50_000, LongestText = 500;

    /// <summary>What is open: a value that is looked into, or null.</summary>
    private readonly Stack<JsonNode?> _open = new();
    private string _name = "";
    private int _nodes;

    /// <summary>The first value.</summary>
    public JsonNode? Root { get; private set; }

    /// <summary>Values at the top level.</summary>
    public int Values { get; private set; }

    /// <inheritdoc/>
    public override bool Next() => throw new NotSupportedException();

    /// <summary>Reads the file.</summary>
    public void ReadToEnd()
    {
        var state = new JsonReaderState(JsonText.Options);
        while (true)
        {
            var reader = new Utf8JsonReader(Unread, isFinalBlock: AtEnd, state);
            try
            {
                while (reader.Read()) Note(ref reader);
            }
            catch (JsonException e)
            {
                throw Invalid(e, (int)reader.BytesConsumed);
            }

            state = reader.CurrentState;
            Consume((int)reader.BytesConsumed);
            if (AtEnd) return;
            Fill();
        }
    }

    private void Note(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                if (_open.Peek() is not null) _name = JsonText.Name(ref reader);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _open.Pop();
                break;
            default:
                var node = Begin(ref reader);
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) _open.Push(node);
                break;
        }
    }

    /// <summary>Notes a value where it stands; null if it is not looked into.</summary>
    private JsonNode? Begin(ref Utf8JsonReader reader)
    {
        if (!_open.TryPeek(out var holder))
        {
            if (Values++ > 0) return null;
            return Root = Node(ref reader);
        }

        if (holder is null) return null;
        if (holder.IsArray) holder.AddElement(reader.TokenType);
        if (_nodes >= MostNodes || (holder.IsArray && holder.Elements.Count == JsonNode.MostElements)) return null;
        var node = Node(ref reader);
        if (holder.IsArray) holder.Elements.Add(node);
        else holder.Properties.Add((_name, node));
        return node;
    }

    private JsonNode Node(ref Utf8JsonReader reader)
    {
        _nodes++;
        var isScalar = reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.Null);
        return new JsonNode(reader.TokenType) { Text = isScalar ? TextOf(ref reader) : null };
    }

    private static string TextOf(ref Utf8JsonReader reader)
    {
        var text = reader.TokenType == JsonTokenType.String
            ? Encoding.UTF8.GetString(JsonText.Repaired(reader.ValueSpan))
            : Encoding.UTF8.GetString(reader.ValueSpan);
        return text.Length > LongestText ? text[..LongestText] : text;
    }
}
