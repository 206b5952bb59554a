namespace OpenData.Ingest.Csv;

/// <summary>Counting of line breaks.</summary>
internal static class Lines
{
    /// <summary>How many line breaks there are: LF, CR, or CR LF as one.</summary>
    public static int Count(ReadOnlySpan<byte> text)
    {
        var lines = 0;
        while (text.IndexOfAny((byte)'\r', (byte)'\n') is var at and >= 0)
        {
            lines++;
            var both = text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n';
            text = text[(at + (both ? 2 : 1))..];
        }

        return lines;
    }
}
