using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenData.Ingest.Workbooks;

/// <summary>
/// A part of a sheet, as programs write it: <c>B3:F200</c>; <c>B3:F</c> without an end, or <c>B3</c> alone, from which the sheet goes on.
/// </summary>
/// <param name="FirstColumn">The first column, from 0.</param>
/// <param name="FirstRow">The first row, from 1.</param>
/// <param name="LastColumn">The last column, from 0; null for all.</param>
/// <param name="LastRow">The last row, from 1; null for all.</param>
internal sealed partial record SheetRange(int FirstColumn, long FirstRow, int? LastColumn, long? LastRow)
{
    /// <summary>Reads a range; false if the text is none.</summary>
    public static bool TryParse(string? text, out SheetRange range)
    {
        range = new SheetRange(0, 1, null, null);
        if (text is null || Form().Match(text) is not { Success: true } match) return false;
        var (column, row) = (Column(match.Groups[1].Value), Row(match.Groups[2].Value));
        int? lastColumn = match.Groups[3].Success ? Column(match.Groups[3].Value) : null;
        long? lastRow = match.Groups[4].Value.Length > 0 ? Row(match.Groups[4].Value) : null;
        if (lastColumn < column || lastRow < row) return false;
        range = new SheetRange(column, row, lastColumn, lastRow);
        return true;
    }

    private static int Column(string letters) =>
        letters.Aggregate(0, (column, letter) => (column * 26) + (char.ToUpperInvariant(letter) - 'A' + 1)) - 1;

    private static long Row(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})?)?$")]
    private static partial Regex Form();
}
