using System.Text.Json;

namespace OpenData.Ingest.Formats;

/// <summary>The elements of one array, or all values at the top level.</summary>
internal sealed class JsonElements : JsonValues
{
    private enum Place
    {
        Before,
        Inside,
        Behind,
    }

    private readonly IReadOnlyList<string> _path;
    private readonly int _depth;
    private JsonReaderState _state = new(JsonText.Options);
    private Place _place;

    /// <summary>Opens the values.</summary>
    /// <param name="stream">UTF-8; disposed with this.</param>
    /// <param name="path">The property names that lead to the array: none if it is the file's root; null for the values at the top level.</param>
    public JsonElements(Stream stream, IReadOnlyList<string>? path)
        : base(stream)
    {
        _path = path ?? [];
        _depth = path?.Count ?? -1;
        _place = path is null ? Place.Inside : Place.Before;
    }

    /// <inheritdoc/>
    public override bool Next()
    {
        while (true)
        {
            var reader = new Utf8JsonReader(Unread, isFinalBlock: AtEnd, _state);
            try
            {
                if (_place == Place.Before) Enter(ref reader);
                if (_place == Place.Inside && TryTake(ref reader)) return true;
                if (_place == Place.Behind) ReadOut(ref reader);
            }
            catch (JsonException e)
            {
                throw Invalid(e, (int)reader.BytesConsumed);
            }

            if (AtEnd) return false;
            Fill();
        }
    }

    /// <summary>Goes on until the array has begun.</summary>
    private void Enter(ref Utf8JsonReader reader)
    {
        while (_place == Place.Before)
        {
            var before = reader;
            var whole = reader.Read();
            if (whole && reader.TokenType == JsonTokenType.PropertyName && !IsOnPath(ref reader))
            {
                whole = reader.TrySkip();
            }
            else if (whole && reader.TokenType == JsonTokenType.StartArray)
            {
                _place = Place.Inside;
            }

            if (!whole)
            {
                reader = before;
                break;
            }
        }

        Commit(ref reader);
    }

    private bool IsOnPath(ref Utf8JsonReader reader) =>
        reader.CurrentDepth <= _path.Count && reader.ValueTextEquals(_path[reader.CurrentDepth - 1]);

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

    /// <summary>Reads what follows the array, so that a file that was cut off there is noticed too.</summary>
    private void ReadOut(ref Utf8JsonReader reader)
    {
        reader = new Utf8JsonReader(Unread, isFinalBlock: AtEnd, _state);
        while (reader.Read())
        {
        }

        Commit(ref reader);
    }

    private void Commit(ref Utf8JsonReader reader)
    {
        _state = reader.CurrentState;
        Consume((int)reader.BytesConsumed);
    }
}
