namespace OpenData.Ingest.Tables;

/// <summary>What a cell looks like at a glance: enough to tell headers from data, and where a shifted row belongs.</summary>
internal enum CellKind
{
    Empty,
    Numeric,
    Text,
}

/// <summary>Looks at cells.</summary>
internal static class CellKinds
{
    /// <summary>The kind of a cell.</summary>
    public static CellKind Of(ReadOnlySpan<byte> cell)
    {
        if (cell.Trim((byte)' ').IsEmpty) return CellKind.Empty;

        return IsNumeric(cell) ? CellKind.Numeric : CellKind.Text;
    }

    /// <summary>True for whatever is counted, measured, paid or dated: digits and the signs that go with them.</summary>
    public static bool IsNumeric(ReadOnlySpan<byte> cell)
    {
        var digits = false;
        for (var i = 0; i < cell.Length; i++)
        {
            var c = cell[i];
            if ((uint)(c - '0') <= 9)
            {
                digits = true;
                continue;
            }

            if (c is (byte)'.' or (byte)',' or (byte)'-' or (byte)'+' or (byte)':' or (byte)'/' or (byte)' ' or (byte)'%' or (byte)'$')
            {
                continue;
            }

            // One letter of a number or a time between its digits, or one sign that Korean numbers and dates carry.
            if (c is (byte)'e' or (byte)'E' or (byte)'T' && digits || c == 'Z' && i == cell.Length - 1 && digits) continue;

            var sign = SignLength(cell[i..]);
            if (sign == 0) return false;

            i += sign - 1;
        }

        return digits;
    }

    /// <summary>True for the words that people write where a value is missing.</summary>
    public static bool IsMissingWord(ReadOnlySpan<byte> cell)
    {
        var text = System.Text.Encoding.UTF8.GetString(cell).Trim().ToUpperInvariant();
        return text is "-" or "N/A" or "NA" or "NULL" or "NAN" or "NONE" or "미상" or "없음" or "해당없음" or "비공개" or "..." or "…" or "*" or "X"
            or "INF" or "#N/A";
    }

    /// <summary>True for a text that begins as notes under a table do.</summary>
    public static bool BeginsLikeNote(ReadOnlySpan<byte> text) =>
        text.StartsWith("※"u8) || text.StartsWith("*"u8) || text.StartsWith("주)"u8) || text.StartsWith("출처"u8) || text.StartsWith("자료"u8);

    /// <summary>True for the words at the head of a row that adds up others; spaces between their letters do not count.</summary>
    public static bool IsTotalWord(ReadOnlySpan<byte> cell)
    {
        if (cell.Length is < 3 or > 24) return false;

        var text = System.Text.Encoding.UTF8.GetString(cell).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        return text is "합계" or "총계" or "소계" or "누계" or "총합계" or "TOTAL" or "SUBTOTAL" or "GRANDTOTAL" or "SUM";
    }

    private static int SignLength(ReadOnlySpan<byte> rest)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var sign in (ReadOnlySpan<string>)["₩", "￦", "€", "£", "¥", "원", "년", "월", "일"])
        {
            var length = System.Text.Encoding.UTF8.GetByteCount(sign);

            System.Text.Encoding.UTF8.GetBytes(sign, bytes);
            if (rest.StartsWith(bytes[..length])) return length;
        }

        return 0;
    }
}
