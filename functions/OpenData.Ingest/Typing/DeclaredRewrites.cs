using System.Globalization;
using System.Text;
using OpenData.Catalog;
using OpenData.Ingest.Tables;
using OpenData.Lake;

namespace OpenData.Ingest.Typing;

/// <summary>
/// How cells are written, as far as only the agency can say: commas for points, two digits for years, its own words for yes and no.
/// </summary>
internal static class DeclaredRewrites
{
    /// <summary>Formats of days and times that <see cref="MomentText"/> reads itself.</summary>
    private static readonly HashSet<string> Known =
        [.. Days().SelectMany(day => (string[])[day, day + " HH:mm", day + " HH:mm:ss", day + "'T'HH:mm:ss"])];

    /// <summary>The rewrite of a column; null if it is read as it is.</summary>
    /// <param name="field">What is declared of the column, or null.</param>
    /// <param name="declaration">What is declared of the file.</param>
    /// <param name="hasTypedCells">Whether days may be written in the file's own way as well.</param>
    public static CellRewrite? Of(FieldDeclaration? field, IngestDeclaration declaration, bool hasTypedCells) => field?.Type switch
    {
        FieldType.Boolean => new BooleanRewrite(declaration.Booleans),
        FieldType.Date or FieldType.DateTime or FieldType.Instant
            when field.Format is { } format && (hasTypedCells || !Known.Contains(format)) =>
            new MomentRewrite(format, field.Type.Value, declaration.YearPivot ?? DefaultPivot),
        null or FieldType.Int or FieldType.Decimal or FieldType.Double
            when declaration is { Decimal: "," } or { NegativeInParentheses: true } =>
            new NumberRewrite(declaration.Decimal == ",", declaration.NegativeInParentheses),
        _ => null,
    };

    private const int DefaultPivot = 50;

    private static string[] Days() =>
    [
        "yyyy-MM-dd", "yyyy/MM/dd", "yyyy.MM.dd", "yyyy. M. d.", "yyyy. MM. dd.", "yyyy년 M월 d일", "yyyy년 MM월 dd일", "dd/MM/yyyy",
        "MM/dd/yyyy", "dd-MM-yyyy", "MM-dd-yyyy", "dd.MM.yyyy", "MM.dd.yyyy", "d/M/yyyy", "M/d/yyyy", "d.M.yyyy", "d-M-yyyy",
        "yyyy-M-d", "yyyy/M/d", "yyyy.M.d",
    ];

    /// <summary>Whether a text is a format of days, with times or without, as .NET understands them.</summary>
    public static bool IsFormat(string format)
    {
        if (!format.Contains('y', StringComparison.Ordinal)) return false;
        try
        {
            var day = new DateTime(2024, 11, 23, 13, 45, 56, DateTimeKind.Unspecified);
            var written = day.ToString(Escaped(format), CultureInfo.InvariantCulture);
            return DateTime.TryParseExact(written, Escaped(format), CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    // A format of one letter would be a standard format.
    private static string Escaped(string format) => format.Length == 1 ? "%" + format : format;

    private sealed class BooleanRewrite(BooleanDeclaration? declared) : CellRewrite
    {
        private static readonly string[] Yes = ["true", "yes", "y", "t", "1", "예", "네", "o", "유", "여", "있음", "○"];
        private static readonly string[] No = ["false", "no", "n", "f", "0", "아니오", "아니요", "x", "무", "부", "없음", "×"];

        private readonly HashSet<string> _true = new(declared?.True ?? Yes, StringComparer.OrdinalIgnoreCase);
        private readonly HashSet<string> _false = new(declared?.False ?? No, StringComparer.OrdinalIgnoreCase);

        public override byte[]? Of(ReadOnlySpan<byte> cell)
        {
            var text = Encoding.UTF8.GetString(CellText.Trim(cell));
            return _true.Contains(text) ? "true"u8.ToArray() : _false.Contains(text) ? "false"u8.ToArray() : null;
        }
    }

    private sealed class MomentRewrite(string format, FieldType type, int pivot) : CellRewrite
    {
        private readonly CultureInfo _culture = CultureOf(pivot);
        private readonly string _plain = type switch
        {
            FieldType.Date => "yyyy-MM-dd",
            FieldType.Instant => "yyyy-MM-dd'T'HH:mm:ss.ffffffzzz",
            _ => "yyyy-MM-dd'T'HH:mm:ss.ffffff",
        };

        public override string Description => format;

        public override byte[]? Of(ReadOnlySpan<byte> cell)
        {
            var text = Encoding.UTF8.GetString(CellText.Trim(cell)).Replace("오전", "AM", StringComparison.Ordinal)
                .Replace("오후", "PM", StringComparison.Ordinal);
            return DateTimeOffset.TryParseExact(text, Escaped(format), _culture, DateTimeStyles.AssumeUniversal, out var moment)
                && moment.Year is >= 1 and <= 9999 && (type != FieldType.Date || moment.TimeOfDay == TimeSpan.Zero)
                ? Encoding.UTF8.GetBytes(moment.ToString(_plain, CultureInfo.InvariantCulture))
                : null;
        }

        private static CultureInfo CultureOf(int pivot)
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.DateTimeFormat.Calendar = new GregorianCalendar { TwoDigitYearMax = 1999 + pivot };
            // Another calendar brings other signs and names.
            (culture.DateTimeFormat.DateSeparator, culture.DateTimeFormat.TimeSeparator) = ("/", ":");
            (culture.DateTimeFormat.AMDesignator, culture.DateTimeFormat.PMDesignator) = ("AM", "PM");
            culture.DateTimeFormat.AbbreviatedMonthNames = DateTimeFormatInfo.InvariantInfo.AbbreviatedMonthNames;
            culture.DateTimeFormat.AbbreviatedMonthGenitiveNames = DateTimeFormatInfo.InvariantInfo.AbbreviatedMonthGenitiveNames;
            culture.DateTimeFormat.MonthNames = DateTimeFormatInfo.InvariantInfo.MonthNames;
            culture.DateTimeFormat.MonthGenitiveNames = DateTimeFormatInfo.InvariantInfo.MonthGenitiveNames;
            culture.DateTimeFormat.DayNames = DateTimeFormatInfo.InvariantInfo.DayNames;
            culture.DateTimeFormat.AbbreviatedDayNames = DateTimeFormatInfo.InvariantInfo.AbbreviatedDayNames;
            return culture;
        }
    }

    private sealed class NumberRewrite(bool decimalComma, bool parentheses) : CellRewrite
    {
        public override string? Description => decimalComma ? "0,0" : null;

        public override byte[]? Of(ReadOnlySpan<byte> cell)
        {
            var text = CellText.Trim(cell);
            var isNegative = parentheses && text is [(byte)'(', _, .., (byte)')'];
            if (isNegative) text = text[1..^1];
            byte[] number = decimalComma ? WithPoint(text) : text.ToArray();
            if (isNegative) number = [(byte)'-', .. number];
            // 1.2345 is no number where a comma stands before the fraction: its column is none of numbers.
            if (number.Length == 0 && text.Contains((byte)'.') && NumberText.TryRead(text, out _)) IsContradicted = true;
            return number.Length > 0 && NumberText.TryRead(number, out var read) && !(decimalComma && read.Grouped) ? number : null;
        }

        /// <summary>
        /// The number with a point for its comma, without the points or spaces between thousands; empty if it is no such number.
        /// </summary>
        private static byte[] WithPoint(ReadOnlySpan<byte> text)
        {
            var comma = text.IndexOf((byte)',');
            var whole = comma < 0 ? text : text[..comma];
            var groups = Encoding.UTF8.GetString(whole).Replace('\u00A0', '.').Replace('\u202F', '.').Replace(' ', '.').Split('.');
            if (groups.Length > 1 && groups[0].TrimStart('-', '+').Length is 0 or > 3) return [];
            if (groups.Skip(1).Any(group => group.Length != 3)) return [];
            byte[] plain = Encoding.UTF8.GetBytes(string.Concat(groups));
            return comma < 0 ? plain : text[(comma + 1)..].Contains((byte)',') ? [] : [.. plain, (byte)'.', .. text[(comma + 1)..]];
        }
    }
}
