using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OpenData.Demand;
using ScottPlot;

namespace OpenData.Planning.Report;

/// <summary>One series of a chart.</summary>
internal sealed record Series(BilingualText Name, string Colour, IReadOnlyList<double> Values);

/// <summary>
/// Charts as SVG. ScottPlot draws the marks; the words around them are SVG text of our own, set by the reader's browser, so that Hangul
/// needs no font on the server and the same figures make the same bytes on every machine.
/// </summary>
internal static partial class Chart
{
    public const string Navy = "#1f4e79";
    public const string Teal = "#2a9d8f";
    public const string Grey = "#a9b4c0";

    private const int Width = 720;
    private const int Left = 52;
    private const int Right = 20;
    private const int BarsWidth = 480; // narrower, so that its words stay readable on a telephone

    /// <summary>Lines over days; a line is interrupted where a day is missing.</summary>
    public static string Lines(string id, IReadOnlyList<DateOnly> days, IReadOnlyList<Series> series)
    {
        const int Height = 200;
        var top = NiceCeiling(series.SelectMany(one => one.Values).DefaultIfEmpty(0).Max());
        var (first, last) = days.Count == 1 ? (days[0].DayNumber - 1, days[0].DayNumber + 1) : (days[0].DayNumber, days[^1].DayNumber);
        using var plot = Bare();
        foreach (var one in series)
        {
            foreach (var run in Runs(days))
            {
                var line = plot.Add.ScatterLine(
                    run.Select(i => (double)days[i].DayNumber).ToArray(),
                    run.Select(i => one.Values[i]).ToArray(),
                    Color.FromHex(one.Colour));
                line.LineWidth = 2;
                line.MarkerSize = run.Count == 1 ? 6 : 0; // one day alone makes no line
            }
        }

        plot.Axes.SetLimits(first, last, 0, top);
        var words = new StringBuilder();
        Grid(words, Height, top);
        foreach (var day in Spread(days, 7))
        {
            Text(
                words,
                Left + (Width - Left - Right) * (day.DayNumber - first) / (double)(last - first),
                Height + 16,
                "middle",
                day.ToString("MM-dd", CultureInfo.InvariantCulture));
        }

        return Frame(id, plot, words, (Width, Height), (Left, Right, 22), series);
    }

    /// <summary>A group of columns for each label, a column a series.</summary>
    public static string Columns(string id, IReadOnlyList<string> labels, IReadOnlyList<Series> series)
    {
        const int Height = 180;
        var top = NiceCeiling(series.SelectMany(one => one.Values).DefaultIfEmpty(0).Max());
        using var plot = Bare();
        var size = 0.8 / series.Count;
        foreach (var (s, one) in series.Index())
        {
            foreach (var (i, value) in one.Values.Index())
            {
                plot.Add.Bar(
                    new Bar
                    {
                        Position = i - 0.4 + size * (s + 0.5),
                        Value = value,
                        Size = size * 0.94,
                        FillColor = Color.FromHex(one.Colour),
                        LineWidth = 0,
                    });
            }
        }

        plot.Axes.SetLimits(-0.5, labels.Count - 0.5, 0, top);
        var words = new StringBuilder();
        Grid(words, Height, top);
        var every = (labels.Count + 7) / 8; // as many labels as there is room for
        foreach (var (i, label) in labels.Index().Where(label => label.Index % every == 0))
        {
            Text(words, Left + (Width - Left - Right) * (i + 0.5) / labels.Count, Height + 16, "middle", label);
        }

        return Frame(id, plot, words, (Width, Height), (Left, Right, 22), series);
    }

    /// <summary>One bar below another, each with its label above it and its value behind it.</summary>
    public static string Bars(string id, IReadOnlyList<(BilingualText Label, double Value, string Shown)> bars, string colour = Navy)
    {
        const int Step = 34;
        var height = bars.Count * Step;
        using var plot = Bare();
        foreach (var (i, bar) in bars.Index())
        {
            plot.Add.Bar(
                new Bar
                {
                    Position = -(i + 0.72),
                    Value = bar.Value,
                    Size = 0.42,
                    Orientation = Orientation.Horizontal,
                    FillColor = Color.FromHex(colour),
                    LineWidth = 0,
                });
        }

        var top = Math.Max(bars.Max(bar => bar.Value), 1e-9) * 1.15; // room for the value behind the longest bar
        plot.Axes.SetLimits(0, top, -bars.Count, 0);
        var words = new StringBuilder();
        foreach (var (i, bar) in bars.Index())
        {
            Bilingual(words, 0, i * Step + 13, bar.Label);
            Text(words, BarsWidth * bar.Value / top + 5, i * Step + 28, "start", bar.Shown);
        }

        return Frame(id, plot, words, (BarsWidth, height), (0, 0, 4), []);
    }

    private static List<List<int>> Runs(IReadOnlyList<DateOnly> days)
    {
        var runs = new List<List<int>>();
        for (var i = 0; i < days.Count; i++)
        {
            if (i == 0 || days[i].DayNumber != days[i - 1].DayNumber + 1) runs.Add([]);
            runs[^1].Add(i);
        }

        return runs;
    }

    private static Plot Bare()
    {
        var plot = new Plot();
        plot.Layout.Frameless();
        plot.HideGrid();
        plot.FigureBackground.Color = Colors.Transparent;
        plot.DataBackground.Color = Colors.Transparent;
        return plot;
    }

    private static string Frame(
        string id,
        Plot plot,
        StringBuilder words,
        (int Width, int Height) size,
        (int Left, int Right, int Below) margins,
        IReadOnlyList<Series> series)
    {
        var marks = plot.GetSvgXml(size.Width - margins.Left - margins.Right, size.Height);
        marks = marks[marks.IndexOf("<svg", StringComparison.Ordinal)..].Trim();
        marks = marks.Replace(
            "<svg ", string.Create(CultureInfo.InvariantCulture, $"<svg x=\"{margins.Left}\" y=\"0\" "), StringComparison.Ordinal);
        // Clip paths are numbered by a counter of the process; here each chart has its own.
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        marks = ClipId().Replace(
            marks, match => ids.TryGetValue(match.Value, out var known) ? known : ids[match.Value] = $"{id}-{ids.Count}");
        var legend = new StringBuilder();
        foreach (var one in series)
        {
            legend.Append(
                CultureInfo.InvariantCulture, $"<span><i style=\"background:{one.Colour}\"></i>{ReportPage.Both(one.Name)}</span>");
        }

        return string.Create(CultureInfo.InvariantCulture, $"""
            <figure class="chart{(series.Count == 0 ? " bars" : "")}">{(legend.Length > 0 ? $"<figcaption>{legend}</figcaption>" : "")}
            <svg role="img" aria-labelledby="{id}-title" viewBox="0 0 {size.Width} {size.Height + margins.Below}"
              xmlns="http://www.w3.org/2000/svg">
            {words}{marks}
            </svg></figure>

            """);
    }

    private static void Grid(StringBuilder words, int height, double top)
    {
        for (var i = 0; i <= 4; i++)
        {
            var y = height - height * i / 4.0;
            words.Append(CultureInfo.InvariantCulture, $"<path class=\"grid\" d=\"M{Left} {y}H{Width - Right}\"/>");
            Text(
                words,
                Left - 6,
                i == 4 ? y + 10 : y + 4,
                "end",
                (top * i / 4).ToString(top >= 4 ? "#,0" : "0.##", CultureInfo.InvariantCulture));
        }
    }

    private static void Text(StringBuilder words, double x, double y, string anchor, string text) =>
        words.Append(
            CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\">{ReportPage.Escape(text)}</text>");

    private static void Bilingual(StringBuilder words, double x, double y, BilingualText text)
    {
        var (ko, en) = (ReportPage.Escape(text.Ko), ReportPage.Escape(text.En));
        words.Append(text.Ko == text.En
            ? string.Create(CultureInfo.InvariantCulture, $"<text x=\"{x}\" y=\"{y}\">{ko}</text>")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"<text x=\"{x}\" y=\"{y}\" lang=\"ko\">{ko}</text><text x=\"{x}\" y=\"{y}\" lang=\"en\">{en}</text>"));
    }

    /// <summary>A round number at or above one, whose quarters are round, too.</summary>
    private static double NiceCeiling(double value)
    {
        if (value <= 4) return 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        foreach (var step in new[] { 1, 2, 4, 6, 8, 10 })
        {
            if (step * power >= value) return step * power;
        }

        return 10 * power;
    }

    private static IEnumerable<DateOnly> Spread(IReadOnlyList<DateOnly> days, int most)
    {
        var span = days[^1].DayNumber - days[0].DayNumber;
        var count = Math.Min(most, span + 1);
        for (var i = 0; i < count; i++) yield return days[0].AddDays(count == 1 ? 0 : span * i / (count - 1));
    }

    [GeneratedRegex("cl_[0-9a-f]+")]
    private static partial Regex ClipId();
}
