using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Json;

/// <summary>How we read JSON: as it is specified, with several values at the top level allowed.</summary>
internal static class JsonText
{
    /// <summary>The deepest nesting that is read.</summary>
    public const int MaxDepth = 64;

    /// <summary>For readers over a part of a file.</summary>
    public static JsonReaderOptions Options { get; } =
        new() { MaxDepth = MaxDepth, AllowMultipleValues = true, CommentHandling = JsonCommentHandling.Disallow };

    /// <summary>Whether bytes begin as a JSON array or object does, beyond what a line of delimited text would.</summary>
    public static bool LooksLikeJson(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) head = head[3..];
        head = head.TrimStart(" \t\r\n"u8);
        if (head.IsEmpty || head[0] is not ((byte)'[' or (byte)'{')) return false;
        var opened = head[0];
        head = head[1..].TrimStart(" \t\r\n"u8);
        if (head.IsEmpty) return true;
        return opened == '{'
            ? head[0] is (byte)'"' or (byte)'}'
            : head[0] is (byte)'{' or (byte)'[' or (byte)']' or (byte)'"' or (byte)'-' or (>= (byte)'0' and <= (byte)'9');
    }

    /// <summary>Appends a JSON text without the white space between its tokens.</summary>
    public static void AppendCompact(ByteArena into, ReadOnlySpan<byte> json)
    {
        while (!json.IsEmpty)
        {
            // Up to the next white space or string; a string goes through as it is.
            var stop = json.IndexOfAny(" \t\r\n\""u8);
            if (stop < 0) stop = json.Length;
            into.Append(json[..stop]);
            json = json[stop..];
            if (json.IsEmpty) return;
            var length = json[0] == '"' ? StringLength(json) : 1;
            if (json[0] == '"') into.Append(json[..length]);
            json = json[length..];
        }
    }

    /// <summary>The property name on which a reader stands, even where it holds characters that do not exist.</summary>
    public static string Name(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(Repaired(reader.ValueSpan));
        }
    }

    /// <summary>
    /// The text of a string's inner bytes, with U+FFFD for what no text can hold: halves of surrogate pairs and bytes that are not UTF-8.
    /// </summary>
    public static byte[] Repaired(ReadOnlySpan<byte> written)
    {
        var source = Encoding.UTF8.GetString(written);
        var text = new StringBuilder(source.Length);
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] != '\\' || i + 1 == source.Length)
            {
                text.Append(source[i]);
                continue;
            }

            i++;
            if (source[i] == 'u' && i + 4 < source.Length
                && ushort.TryParse(source.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var unit))
            {
                text.Append((char)unit);
                i += 4;
            }
            else
            {
                text.Append(source[i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', var other => other });
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString()); // an unpaired half becomes U+FFFD here
    }

    private static int StringLength(ReadOnlySpan<byte> json)
    {
        for (var i = 1; i < json.Length; i++)
        {
            if (json[i] == '\\') i++;
            else if (json[i] == '"') return i + 1;
        }

        return json.Length;
    }
}
