using System.Buffers;
using System.Globalization;
using System.Text;

namespace OpenData.Ingest.Workbooks;

/// <summary>What a number in a cell means, as far as its number format says more than the number.</summary>
internal sealed record ExcelFormat
{
    /// <summary>The most styles of a workbook; Excel allows 65,490.</summary>
    public const int MostStyles = 66_000;

    private const int LongestCode = 255;

    private static readonly SearchValues<char> ElapsedUnits = SearchValues.Create("hHmMsS");

    /// <summary>A number as it is.</summary>
    public static ExcelFormat Plain { get; } = new();

    /// <summary>Whether it shows a calendar day.</summary>
    public bool HasDate { get; private init; }

    /// <summary>Whether it shows a time of day.</summary>
    public bool HasTime { get; private init; }

    /// <summary>Whether its hours count on beyond a day.</summary>
    public bool Elapsed { get; private init; }

    /// <summary>
    /// A pattern of zeros and hyphens that a whole number is written into, such as <c>000-00-00000</c>; null if there is none.
    /// </summary>
    public string? Code { get; private init; }

    /// <summary>The format that Excel knows by a number of its own (ECMA-376 part 1, 18.8.30, Korean ones included).</summary>
    public static ExcelFormat BuiltIn(int id) => id switch
    {
        (>= 14 and <= 17) or (>= 27 and <= 31) or (>= 34 and <= 36) or (>= 50 and <= 58) => new ExcelFormat { HasDate = true },
        (>= 18 and <= 21) or 32 or 33 or 45 or 47 => new ExcelFormat { HasTime = true },
        46 => new ExcelFormat { HasTime = true, Elapsed = true },
        22 => new ExcelFormat { HasDate = true, HasTime = true },
        _ => Plain,
    };

    /// <summary>A format code as it is written, cut where it is longer than Excel allows.</summary>
    public static string CodeOf(string? written) =>
        written is null ? "" : written.Length > LongestCode ? written[..LongestCode] : written;

    /// <summary>Reads a format code such as <c>yyyy"년" m"월" d"일"</c>; of its sections only the first counts.</summary>
    public static ExcelFormat Of(string code)
    {
        var bare = Bare(code);
        if (bare.Length > 1 && bare.Contains("00", StringComparison.Ordinal) && bare.All(c => c is '0' or '-'))
        {
            return new ExcelFormat { Code = bare };
        }

        if (bare.AsSpan().IndexOfAny("0#?") >= 0 && bare.AsSpan().IndexOfAny("yYdD") < 0 && bare.AsSpan().IndexOfAny("hHsS") < 0)
        {
            return Plain;
        }

        if (bare.Contains("General", StringComparison.OrdinalIgnoreCase)) return Plain;
        var time = bare.AsSpan().IndexOfAny("hHsS") >= 0;
        // A lone m is a month unless hours or seconds make it minutes.
        var date = bare.AsSpan().IndexOfAny("yYdD") >= 0 || (!time && bare.AsSpan().IndexOfAny("mM") >= 0);
        return date || time
            ? new ExcelFormat { HasDate = date, HasTime = time, Elapsed = code.Contains("[h", StringComparison.OrdinalIgnoreCase) }
            : Plain;
    }

    /// <summary>The text of a number in a cell of this format.</summary>
    /// <param name="number">The number as Excel stores it.</param>
    /// <param name="from1904">Whether days are counted from 1904.</param>
    public string Write(double number, bool from1904) =>
        (HasDate || HasTime ? ExcelTime.Write(number, this, from1904) : Code is not null ? WriteCode(number) : null) ?? WritePlain(number);

    /// <summary>The shortest text that is this number and no other, without an exponent where people would write none.</summary>
    private static string WritePlain(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('E', StringComparison.Ordinal) && Math.Abs(number) is > 1e-10 and < 1e21
            && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
            ? exact.ToString(CultureInfo.InvariantCulture)
            : text;
    }

    private string? WriteCode(double number)
    {
        if (number < 0 || number >= 1e15 || number != Math.Floor(number)) return null;
        var digits = ((long)number).ToString(CultureInfo.InvariantCulture);
        var places = Code!.Count(c => c == '0');
        if (digits.Length > places) return null;
        digits = digits.PadLeft(places, '0');
        var next = 0;
        return string.Concat(Code!.Select(c => c == '0' ? digits[next++] : '-'));
    }

    /// <summary>The first section without texts, colours and conditions; <c>[h]</c>, which counts hours beyond a day, stays.</summary>
    private static string Bare(string code)
    {
        var bare = new StringBuilder();
        for (var i = 0; i < code.Length; i++)
        {
            switch (code[i])
            {
                case ';':
                    return bare.ToString();
                case '"':
                    i = Math.Max(i, code.IndexOf('"', i + 1) is >= 0 and var closed ? closed : code.Length);
                    break;
                case '\\' or '_' or '*':
                    if (++i < code.Length && code[i] == '-') bare.Append('-');
                    break;
                case '[':
                    var end = code.IndexOf(']', i);
                    if (end < 0) end = code.Length;
                    var inside = code.AsSpan(Math.Min(i + 1, end)..end);
                    if (inside.IndexOfAnyExcept(ElapsedUnits) < 0) bare.Append(inside);
                    i = end;
                    break;
                default:
                    bare.Append(code[i]);
                    break;
            }
        }

        return bare.ToString();
    }
}
