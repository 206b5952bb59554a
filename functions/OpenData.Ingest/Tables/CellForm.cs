using System.Text.RegularExpressions;

namespace OpenData.Ingest.Tables;

/// <summary>
/// How a cell is written, finer than <see cref="CellKind"/>: what tells headings that look like values from the values below them.
/// </summary>
internal enum CellForm
{
    /// <summary>Nothing, or blanks.</summary>
    Empty,

    /// <summary>A sign or word for no value, such as <c>-</c> or <c>N/A</c>.</summary>
    Missing,

    /// <summary>A whole number, which may have thousands commas and a sign.</summary>
    Whole,

    /// <summary>A number with leading zeros: a code, or an hour or month of two digits.</summary>
    Padded,

    /// <summary>A number with digits after the point, an exponent, a percent sign or a currency.</summary>
    Fraction,

    /// <summary>A year of four digits from 1900 to 2100, with <c>년</c> or without, or a fiscal year such as <c>2021/22</c>.</summary>
    Year,

    /// <summary>A year and a month, such as <c>2022.10</c>, <c>202210</c> or <c>2022년 10월</c>.</summary>
    YearMonth,

    /// <summary>A year and its quarter or half, such as <c>2023.1/4</c>, <c>2023Q1</c> or <c>1분기</c>.</summary>
    Quarter,

    /// <summary>A day, with a time or without.</summary>
    Day,

    /// <summary>A time of day, such as <c>00:00</c>.</summary>
    Time,

    /// <summary>A range, such as <c>0-4</c>, <c>20 - 24세</c> or <c>100+</c>.</summary>
    Range,

    /// <summary>A counted name, such as <c>1월</c>, <c>3일</c>, <c>2학년</c> or <c>05시</c>.</summary>
    Counted,

    /// <summary>Anything else.</summary>
    Text,
}

/// <summary>Tells the forms of cells apart.</summary>
internal static partial class CellForms
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    /// <summary>The form of a cell.</summary>
    public static CellForm Of(string cell)
    {
        var text = cell.Trim();
        if (text.Length == 0) return CellForm.Empty;
        if (CellKinds.IsMissingWord(System.Text.Encoding.UTF8.GetBytes(text))) return CellForm.Missing;
        if (text.Length > 40) return CellForm.Text;
        if (!text.Any(char.IsAsciiDigit)) return CellForm.Text;
        if (Year().IsMatch(text)) return CellForm.Year;
        if (YearMonth().IsMatch(text)) return CellForm.YearMonth;
        if (Quarter().IsMatch(text)) return CellForm.Quarter;
        if (Day().IsMatch(text)) return CellForm.Day;
        if (Time().IsMatch(text)) return CellForm.Time;
        if (Padded().IsMatch(text)) return CellForm.Padded;
        if (Whole().IsMatch(text)) return CellForm.Whole;
        if (Fraction().IsMatch(text)) return CellForm.Fraction;
        if (Range().IsMatch(text)) return CellForm.Range;
        if (Counted().IsMatch(text)) return CellForm.Counted;
        return CellForm.Text;
    }

    /// <summary>Whether a form is one of numbers that are counted or measured.</summary>
    public static bool IsNumber(CellForm form) => form is CellForm.Whole or CellForm.Fraction or CellForm.Padded;

    [GeneratedRegex("^(19|20)[0-9]{2} *(년|年|학년도|년도|/[0-9]{2}|-[0-9]{2}|p|e)?$|^(FY|CY) ?(19|20)?[0-9]{2}$", Options)]
    private static partial Regex Year();

    [GeneratedRegex(
        @"^(19|20)[0-9]{2}(\.|-|/|년 ?|年 ?)(0?[1-9]|1[0-2])(\.|월|月|p)?$|^(19|20)[0-9]{2}(0[1-9]|1[0-2])$|^(19|20)[0-9]{2}M(0?[1-9]|1[0-2])$"
        + @"|^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-. '’]+((19|20)?[0-9]{2})$", Options)]
    private static partial Regex YearMonth();

    [GeneratedRegex(
        @"^(19|20)[0-9]{2}(\.| |년 ?)*([1-4]/4|[1-4] ?분기|상반기|하반기|반기)$|^(19|20)?[0-9]{2}[-. ]?[QH][1-4]$|^[QH][1-4]([-. /'’]?(19"
        + @"|20)?[0-9]{2})?$|^[1-4] ?분기$|^[1-4]/4$",
        Options)]
    private static partial Regex Quarter();

    [GeneratedRegex(
        @"^(19|20)[0-9]{2}([-./]|년 ?)[0-9]{1,2}([-./]|월 ?)[0-9]{1,2}(\.|일)?([ T].*)?$|^[0-9]{1,2}([-/.])[0-9]{1,2}([-/.])([0-9]{2}"
        + @"|[0-9]{4})$"
        + @"|^(19|20)[0-9]{2}(0[1-9]|1[0-2])([0-2][0-9]|3[01])$|^(19"
        + @"|20)[0-9]{2}\. [0-9]{1,2}\. [0-9]{1,2}\.?$", RegexOptions.CultureInvariant)]
    private static partial Regex Day();

    [GeneratedRegex("^[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?( ?[AP]M)?$", Options)]
    private static partial Regex Time();

    [GeneratedRegex("^0[0-9]+$", Options)]
    private static partial Regex Padded();

    [GeneratedRegex("^[-+△▲]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)$", Options)]
    private static partial Regex Whole();

    [GeneratedRegex(@"^[-+△▲]?[₩￦$€£¥]?([0-9]{1,3}(,[0-9]{3})+|[0-9]*)(\.[0-9]+)?(e[-+]?[0-9]+)?( ?(%|원))?$", Options)]
    private static partial Regex Fraction();

    [GeneratedRegex(
        @"^\D{0,4}[0-9.,]+ ?\D{0,3}[-~–—∼〜][ ]?\D{0,2}[0-9.,]+ ?\D{0,4}$|^\D{0,4}[0-9]+ ?\D{0,3}(\+|이상|미만|이하|초과|[-~]| ?\+ ?| or more"
        + @"| and over|세 이상|세 ?\+)$|^[<>≤≥]=? ?[0-9.,]+\D{0,4}$",
        Options)]
    private static partial Regex Range();

    [GeneratedRegex("^(제 ?)?[0-9]{1,4} ?(월|일|시|분|주|주차|차|회|반|학년|급|등급|호선|호|층|세|대|년차|명|인|번|구역|권역|月|日|th|st|nd|rd|h|hr|시간|위)$", Options)]
    private static partial Regex Counted();
}
