using System.Text.Json;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Formats;

/// <summary>Where in a JSON file its records are.</summary>
/// <param name="Lines">One value a line.</param>
/// <param name="Path">Otherwise: the property names that lead to the array of records, none if it is the root; null for the values at the top level.</param>
internal sealed record JsonShape(bool Lines, IReadOnlyList<string>? Path)
{
    private const int LongestFirstLine = 1 << 20;

    /// <summary>Looks for the records.</summary>
    /// <exception cref="UnreadableSourceException">The file is not JSON, or holds several tables.</exception>
    public static JsonShape Find(Func<Stream> open)
    {
        var head = new byte[LongestFirstLine];
        int length;
        using (var stream = open()) length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var text = head.AsSpan(0, length);
        if (text.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) text = text[3..];
        text = text.TrimStart(" \t\r\n"u8);
        if (text.StartsWith("["u8)) return new JsonShape(Lines: false, Path: []);
        return HasOneValueALine(text) ? new JsonShape(Lines: true, Path: null) : FindArray(open);
    }

    private static bool HasOneValueALine(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        if (end < 0 || text[end..].IndexOfAnyExcept(" \t\r\n"u8) < 0) return false;
        try
        {
            var reader = new Utf8JsonReader(text[..end], JsonText.Options);
            return reader.Read() && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Reads a file that begins with an object: several objects, or one that holds the records somewhere, or one that is the record.</summary>
    private static JsonShape FindArray(Func<Stream> open)
    {
        using var survey = new JsonSurvey(open());
        survey.ReadToEnd();
        if (survey.Values > 1) return new JsonShape(Lines: false, Path: null);
        return survey.Tables switch
        {
            [] => new JsonShape(Lines: false, Path: null),
            [var only] => new JsonShape(Lines: false, only),
            var several => throw new UnreadableSourceException(JsonProblems.SeveralTables(several.Select(path => string.Join('.', path)))),
        };
    }

    /// <summary>Walks through a whole file and notes every array of objects, or of arrays, that is not inside another array.</summary>
    private sealed class JsonSurvey(Stream stream) : JsonValues(stream)
    {
        private readonly List<string> _names = [];
        private readonly List<IReadOnlyList<string>> _ofObjects = [];
        private readonly List<IReadOnlyList<string>> _ofArrays = [];
        private readonly List<IReadOnlyList<string>> _empty = [];
        private int _arrayDepth = -1;
        private int _objects;
        private int _arrays;
        private int _others;

        public int Values { get; private set; }

        /// <summary>Arrays of objects are tables; where there are none, arrays of arrays are, and then an empty array: an answer without results.</summary>
        public IReadOnlyList<IReadOnlyList<string>> Tables =>
            _ofObjects.Count > 0 ? _ofObjects : _ofArrays.Count > 0 ? _ofArrays : [.. _empty.Take(1)];

        public override bool Next() => throw new NotSupportedException();

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
            var depth = reader.CurrentDepth;
            var begins = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
            var ends = reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray;
            if (depth == 0 && !ends) Values++;
            if (_arrayDepth >= 0)
            {
                if (depth == _arrayDepth + 1 && !ends) CountElement(reader.TokenType);
                if (depth == _arrayDepth && ends) EndArray();
                return;
            }

            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                _names.RemoveRange(depth - 1, Math.Max(0, _names.Count - depth + 1));
                _names.Add(JsonText.Name(ref reader));
            }
            else if (begins && reader.TokenType == JsonTokenType.StartArray)
            {
                _arrayDepth = depth;
                (_objects, _arrays, _others) = (0, 0, 0);
            }
        }

        private void CountElement(JsonTokenType type)
        {
            if (type == JsonTokenType.StartObject) _objects++;
            else if (type == JsonTokenType.StartArray) _arrays++;
            else _others++;
        }

        private void EndArray()
        {
            if (_objects > 0) _ofObjects.Add([.. _names[.._arrayDepth]]);
            else if (_arrays > 0 && _others == 0) _ofArrays.Add([.. _names[.._arrayDepth]]);
            else if (_arrays + _others == 0) _empty.Add([.. _names[.._arrayDepth]]);
            _arrayDepth = -1;
        }
    }
}
