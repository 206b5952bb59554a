using System.Text.Json;
using OpenData.Ingest.Records;
using OpenData.Ingest.Text;

namespace OpenData.Ingest.Json;

/// <summary>Finds and opens the records of JSON files.</summary>
internal static class JsonReading
{
    private const int LongestFirstLine = 1 << 20;

    /// <summary>A description of fields has no more elements.</summary>
    private const int MostDescribed = 20_000;

    /// <summary>Opens the records.</summary>
    public static JsonValues Values(SourceContent source, TextEncoding encoding, JsonTable table, ProblemLog problems)
    {
        var text = StrictText.Open(source, encoding, problems);
        return table.Kind == JsonTableKind.Lines ? new JsonLines(text) : new JsonElements(text, table);
    }

    /// <summary>Looks for the records.</summary>
    /// <exception cref="UnreadableSourceException">The file is not JSON, holds several tables, or is a service's answer without
    /// rows.</exception>
    public static JsonTable FindTable(SourceContent source, TextEncoding encoding, string? declared)
    {
        if (declared is null && FromHead(source, encoding) is { } table) return table;
        using var outline = new JsonOutline(StrictText.Open(source, encoding, new ProblemLog()));
        outline.ReadToEnd();
        return JsonTableFinder.Find(outline, path => Elements(source, encoding, path), declared);
    }

    /// <summary>
    /// The place of the records where the first line shows it: one value a line, or a large array; null if the whole file has to be looked
    /// at.
    /// </summary>
    private static JsonTable? FromHead(SourceContent source, TextEncoding encoding)
    {
        var head = new byte[LongestFirstLine];
        int length;
        using (var stream = StrictText.Open(source, encoding, new ProblemLog()))
        {
            length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        }
        var text = (ReadOnlySpan<byte>)head.AsSpan(0, length);
        if (text.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) text = text[3..];
        text = text.TrimStart(" \t\r\n"u8);
        var end = text.IndexOf((byte)'\n');
        if (text.StartsWith("["u8))
        {
            // Many objects are records; few elements may be the parts of an answer.
            return length == head.Length && StartsWithManyRecords(text) ? new JsonTable(JsonTableKind.Elements, [])
                : end > 0 && IsOneValue(text[..end]) && IsOneValue(SecondLine(text[end..])) ? new JsonTable(JsonTableKind.Lines, []) : null;
        }

        if (end < 0 || text[end..].IndexOfAnyExcept(" \t\r\n"u8) < 0 || !IsOneValue(text[..end])) return null;
        using var outline = new JsonOutline(new MemoryStream(text[..end].ToArray()));
        outline.ReadToEnd();
        try
        {
            var line = JsonTableFinder.Find(outline, _ => [], declared: null);
            if (line.IsOfFeatures && line.Kind == JsonTableKind.Single)
            {
                return new JsonTable(JsonTableKind.Lines, []) { IsOfFeatures = true };
            }
            // Pages of an answer, one a line, are documents one after another.
            return line.IsOfFeatures
                || (line.Path.Count > 0 && line.Kind == JsonTableKind.Elements && JsonTableFinder.IsAnswer(outline.Root!))
                ? null
                : new JsonTable(JsonTableKind.Lines, []);
        }
        catch (UnreadableSourceException)
        {
            return new JsonTable(JsonTableKind.Lines, []);
        }
    }

    private static ReadOnlySpan<byte> SecondLine(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t\r\n"u8);
        return text.IndexOf((byte)'\n') is >= 0 and var end ? text[..end] : text;
    }

    private static bool IsOneValue(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line, JsonText.Options);
            return reader.Read() && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool StartsWithManyRecords(ReadOnlySpan<byte> array)
    {
        try
        {
            var reader = new Utf8JsonReader(array, isFinalBlock: false, new JsonReaderState(JsonText.Options));
            reader.Read();
            for (var i = 0; i <= JsonNode.MostElements; i++)
            {
                if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || !reader.TrySkip()) return false;
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The elements of an array, which describes fields and is therefore short.</summary>
    private static List<JsonElement> Elements(SourceContent source, TextEncoding encoding, IReadOnlyList<JsonStep> path)
    {
        using var values = new JsonElements(
            StrictText.Open(source, encoding, new ProblemLog()), new JsonTable(JsonTableKind.Elements, path));
        var elements = new List<JsonElement>();
        while (elements.Count < MostDescribed && values.Next())
        {
            var reader = new Utf8JsonReader(values.Value, JsonText.Options);
            elements.Add(JsonElement.ParseValue(ref reader));
        }

        return elements;
    }
}
