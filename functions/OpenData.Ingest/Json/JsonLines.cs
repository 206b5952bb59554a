namespace OpenData.Ingest.Json;

/// <summary>One value a line (NDJSON). A line that is not JSON is a value too, which the reader of it finds out.</summary>
internal sealed class JsonLines(Stream stream) : JsonValues(stream)
{
    /// <inheritdoc/>
    public override bool Next()
    {
        while (true)
        {
            var end = Unread.IndexOf((byte)'\n');
            if (end < 0 && !AtEnd)
            {
                Fill();
                continue;
            }

            if (end < 0 && Unread.IsEmpty) return false;
            var length = end < 0 ? Unread.Length : end;
            var blank = Unread[..length].IndexOfAnyExcept(" \t\r"u8) < 0;
            Found(0, length);
            Consume(end < 0 ? length : length + 1);
            if (!blank) return true;
        }
    }
}
