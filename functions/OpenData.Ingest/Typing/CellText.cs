namespace OpenData.Ingest.Typing;

/// <summary>The text of a cell without what surrounds its value.</summary>
internal static class CellText
{
    /// <summary>Takes spaces, tabs, no-break spaces and ideographic spaces off both ends.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> cell)
    {
        // Nearly all cells begin and end with a visible character of ASCII.
        while (!cell.IsEmpty)
        {
            if (cell[0] is (byte)' ' or (byte)'\t') cell = cell[1..];
            else if (cell[0] == 0xC2 && cell.StartsWith("\u00A0"u8)) cell = cell[2..];
            else if (cell[0] == 0xE3 && cell.StartsWith("\u3000"u8)) cell = cell[3..];
            else break;
        }

        while (!cell.IsEmpty)
        {
            if (cell[^1] is (byte)' ' or (byte)'\t') cell = cell[..^1];
            else if (cell[^1] == 0xA0 && cell.EndsWith("\u00A0"u8)) cell = cell[..^2];
            else if (cell[^1] == 0x80 && cell.EndsWith("\u3000"u8)) cell = cell[..^3];
            else break;
        }

        return cell;
    }
}
