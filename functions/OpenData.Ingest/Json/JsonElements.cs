using System.Text.Json;

namespace OpenData.Ingest.Json;

/// <summary>The elements of one array of each document in a file, or one value of each, or all values at the top level.</summary>
internal sealed class JsonElements : JsonValues
{
    private enum Place
    {
        /// <summary>On the way to the array or the value.</summary>
        Before,

        /// <summary>In the array, or between the values at the top level.</summary>
        Inside,

        /// <summary>Behind it, in the same document.</summary>
        Behind,
    }

    private readonly IReadOnlyList<JsonStep> _path;
    private readonly bool _isSingle;
    private readonly int _depth;
    private readonly Stack<int> _indexes = new();
    private JsonReaderState _state = new(JsonText.Options);
    private Place _place;
    private int _reached;

    /// <summary>Opens the values.</summary>
    /// <param name="stream">UTF-8; disposed with this.</param>
    /// <param name="table">Where they are.</param>
    public JsonElements(Stream stream, JsonTable table)
        : base(stream)
    {
        var isTopLevel = table.Kind == JsonTableKind.TopLevel || (table.Kind == JsonTableKind.Single && table.Path.Count == 0);
        _path = table.Path;
        _isSingle = table.Kind is JsonTableKind.Single or JsonTableKind.Columns;
        _depth = isTopLevel ? -1 : _path.Count;
        _place = isTopLevel ? Place.Inside : Place.Before;
    }

    /// <summary>The lines of documents that have nothing at the path.</summary>
    public List<long> WithoutRecords { get; } = [];

    /// <inheritdoc/>
    public override bool Next()
    {
        while (true)
        {
            var place = _place;
            var reader = new Utf8JsonReader(Unread, isFinalBlock: AtEnd, _state);
            try
            {
                if (_place == Place.Before && Enter(ref reader)) return true;
                if (_place == Place.Inside && TryTake(ref reader)) return true;
                if (_place == Place.Behind) Leave(ref reader);
            }
            catch (JsonException e)
            {
                throw Invalid(e, (int)reader.BytesConsumed);
            }

            if (_place == Place.Before && place != Place.Before) continue; // what is read already may hold the next document
            if (AtEnd) return false;
            Fill();
        }
    }

    /// <summary>Goes on until the array has begun; true if a single value has been taken.</summary>
    private bool Enter(ref Utf8JsonReader reader)
    {
        while (true)
        {
            var before = reader;
            var whole = reader.Read();
            if (whole)
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName when !IsNextStep(ref reader):
                        whole = reader.TrySkip();
                        break;
                    case JsonTokenType.PropertyName:
                        _reached++;
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        LeaveContainer(ref reader);
                        break;
                    default:
                        whole = TryBegin(ref reader, out var isTaken);
                        if (isTaken) return _isSingle;
                        break;
                }
            }

            if (whole) continue;
            Commit(ref before);
            return false;
        }
    }

    private bool IsNextStep(ref Utf8JsonReader reader) =>
        reader.CurrentDepth - 1 == _reached && _reached < _path.Count && _path[_reached].Name is { } name && reader.ValueTextEquals(name);

    /// <summary>A value that the path leads through has ended.</summary>
    private void LeaveContainer(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.EndArray) _indexes.Pop();
        Pass(ref reader, reader.CurrentDepth);
    }

    /// <summary>Steps back behind a value of the path; behind a document that has nothing at the path, notes it.</summary>
    private void Pass(ref Utf8JsonReader reader, int depth)
    {
        if (depth > 0)
        {
            _reached = depth - 1;
            return;
        }

        WithoutRecords.Add(LineOf((int)reader.TokenStartIndex));
        _reached = 0;
    }

    /// <summary>Begins a value; false if it is not whole in the buffer and has to be.</summary>
    /// <param name="reader">Stands on its first token.</param>
    /// <param name="isTaken">Whether it is the array, which has begun, or the single value, which has been taken.</param>
    private bool TryBegin(ref Utf8JsonReader reader, out bool isTaken)
    {
        var depth = reader.CurrentDepth;
        isTaken = false;
        var isElement = depth > _reached;
        if (isElement && _indexes.Peek() + 1 is var index && _path[_reached].Index != index)
        {
            if (!reader.TrySkip()) return false;
            _indexes.Push(_indexes.Pop() + 1);
            return true;
        }

        var reached = isElement ? _reached + 1 : _reached;
        var start = (int)reader.TokenStartIndex;
        if (reached == _path.Count && (_isSingle || reader.TokenType == JsonTokenType.StartArray))
        {
            if (_isSingle && !reader.TrySkip()) return false;
            if (_isSingle) Found(start, (int)reader.BytesConsumed - start);
            _place = _isSingle ? Place.Behind : Place.Inside;
            isTaken = true;
            Commit(ref reader);
            return true;
        }

        var goesOn = reached < _path.Count
            && (reader.TokenType == JsonTokenType.StartObject && _path[reached].Name is not null
                || reader.TokenType == JsonTokenType.StartArray && _path[reached].Name is null);
        if (!goesOn && !reader.TrySkip()) return false;
        if (isElement) _indexes.Push(_indexes.Pop() + 1);
        _reached = reached;
        if (!goesOn) Pass(ref reader, depth);
        else if (reader.TokenType == JsonTokenType.StartArray) _indexes.Push(-1);
        return true;
    }

    /// <summary>Takes the next value, if there is one and it is whole in the buffer.</summary>
    private bool TryTake(ref Utf8JsonReader reader)
    {
        // Enter may have consumed what the reader was made over.
        reader = new Utf8JsonReader(Unread, isFinalBlock: AtEnd, _state);
        if (!reader.Read()) return false;
        if (reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == _depth)
        {
            _place = Place.Behind;
            Commit(ref reader);
            return false;
        }

        var start = (int)reader.TokenStartIndex;
        if (!reader.TrySkip()) return false;
        Found(start, (int)reader.BytesConsumed - start);
        Commit(ref reader);
        return true;
    }

    /// <summary>Reads what follows the array, so that a file that was cut off there is noticed too, up to the next document.</summary>
    private void Leave(ref Utf8JsonReader reader)
    {
        reader = new Utf8JsonReader(Unread, isFinalBlock: AtEnd, _state);
        while (true)
        {
            var before = reader;
            if (!reader.Read()) break;
            if (reader.CurrentDepth > 0 || reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray) continue;
            // The next document.
            reader = before;
            _place = Place.Before;
            _reached = 0;
            _indexes.Clear();
            break;
        }

        Commit(ref reader);
    }

    private void Commit(ref Utf8JsonReader reader)
    {
        _state = reader.CurrentState;
        Consume((int)reader.BytesConsumed);
    }
}
