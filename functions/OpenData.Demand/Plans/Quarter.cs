using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenData.Demand.Plans;

/// <summary>A calendar quarter, written <c>2026-Q2</c>.</summary>
public static partial class Quarter
{
    /// <summary>The quarter's first and last day; false if the text is not a quarter.</summary>
    public static bool TryParse(string? text, out DateOnly first, out DateOnly last)
    {
        first = last = default;
        if (text is null || !Pattern().IsMatch(text)) return false;
        first = new DateOnly(int.Parse(text[..4], CultureInfo.InvariantCulture), (text[6] - '1') * 3 + 1, 1);
        last = first.AddMonths(3).AddDays(-1);
        return true;
    }

    /// <summary>The quarter that a day lies in.</summary>
    public static string Of(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year:d4}-Q{(day.Month + 2) / 3}");

    [GeneratedRegex("^[12][0-9]{3}-Q[1-4]$")]
    private static partial Regex Pattern();
}
