using System.Text.RegularExpressions;

namespace OpenData.Ingest.Tables;

/// <summary>The coarse kind of a cell: enough to tell headers from data, and to align a shifted row.</summary>
internal enum CellKind
{
    Empty,
    Numeric,
    Text,
}

/// <summary>Looks at cells.</summary>
internal static partial class CellKinds
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

    private static readonly byte[][] MissingWords =
    [
        .. new[]
        {
            "-", "--", "---", "–", "—", ".", "..", "...", "…",
                ":", "*", "**", "***", "x", "n/a", "na", "n.a.", "null", "nan", "none", "nil", "inf", "#n/a", "(d)", "(x)", "(s)",
            "미상", "없음", "해당없음", "해당 없음", "비공개", "자료없음", "자료 없음", "미제공", "결측", "not available", "unknown", "suppressed",
        }.Select(System.Text.Encoding.UTF8.GetBytes),
    ];

    /// <summary>True for the words and signs that people write where a value is missing, in any case.</summary>
    public static bool IsMissingWord(ReadOnlySpan<byte> cell)
    {
        cell = cell.Trim((byte)' ');
        foreach (var word in MissingWords)
        {
            if (cell.Length == word.Length && (cell.SequenceEqual(word) || System.Text.Ascii.EqualsIgnoreCase(cell, word))) return true;
        }

        return false;
    }

    /// <summary>True for a text that begins as notes under a table do.</summary>
    public static bool BeginsLikeNote(ReadOnlySpan<byte> text) =>
        NoteBeginning().IsMatch(System.Text.Encoding.UTF8.GetString(text[..Math.Min(text.Length, 200)]));

    [GeneratedRegex(
        @"^\s*([※*○●◎□■◇◆▶▷☞☆★•·†‡¹²³]|\(?주 ?[0-9]{0,2}\)|주 ?[0-9]{0,2} ?[:.]|주[0-9]+\)|[0-9]{1,2}\) ?\D|\[[^\]]{1,20}\]"
        + "|(비고|참고|자료|출처|단위|담당|담당자|담당부서|부서|작성|작성일|작성자|작성기관|문의|문의처|기준|기준일|제공|관리|생산|연락처|전화|갱신|최종수정)[^,]{0,6} ?[:：]"
        + "|(자료|출처)|(note|notes|source|sources|footnote|footnotes"
        + "|remark|remarks|disclaimer|contact|copyright|last updated|©)\\b ?[0-9]{0,2} ?[:.)]?)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NoteBeginning();

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
        foreach (var sign in (ReadOnlySpan<string>)["₩", "￦", "€", "£", "¥", "원", "년", "월", "일", "△", "−"])
        {
            var length = System.Text.Encoding.UTF8.GetByteCount(sign);

            System.Text.Encoding.UTF8.GetBytes(sign, bytes);
            if (rest.StartsWith(bytes[..length])) return length;
        }

        return 0;
    }
}
