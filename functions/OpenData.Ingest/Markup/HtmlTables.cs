using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace OpenData.Ingest.Markup;

/// <summary>The tables of a web page, each as rows of texts.</summary>
internal static class HtmlTables
{
    /// <summary>What the standard of HTML allows a cell to span, and what all tables of a page may have.</summary>
    private const int MostColumnsSpanned = 1_000, MostRowsSpanned = 65_534, MostCells = 5_000_000;

    /// <summary>The tables that hold cells and no other table of several rows, in the order of the page.</summary>
    /// <exception cref="Records.UnreadableSourceException">They are too large.</exception>
    public static IReadOnlyList<IReadOnlyList<string?[]>> Of(string page)
    {
        var document = new HtmlParser().ParseDocument(page);
        var cells = 0;
        var tables = new List<IReadOnlyList<string?[]>>();
        foreach (var table in document.QuerySelectorAll("table"))
        {
            if (table.QuerySelectorAll("table").Any(inner => inner.QuerySelectorAll("tr").Length > 1)) continue;
            var rows = Rows(table, ref cells);
            if (rows.Count > 0) tables.Add(rows);
        }

        return tables;
    }

    /// <summary>A text that spans rows stands in each of them; one that spans columns in the first of them, as in a sheet.</summary>
    private static List<string?[]> Rows(IElement table, ref int cells)
    {
        var rows = new List<string?[]>();
        var spanning = new Dictionary<int, (int Rows, string? Text)>();
        foreach (var tr in table.QuerySelectorAll("tr").Where(row => row.Closest("table") == table))
        {
            var row = new List<string?>();
            foreach (var cell in tr.Children.Where(child => child.LocalName is "td" or "th"))
            {
                TakeSpanning(row, spanning);
                var (columns, down) = (Span(cell, "colspan", MostColumnsSpanned), Span(cell, "rowspan", MostRowsSpanned));
                var text = TextOf(cell);
                for (var i = 0; i < columns; i++)
                {
                    if (down > 1) spanning[row.Count] = (down - 1, i == 0 ? text : null);
                    row.Add(i == 0 ? text : null);
                }
            }

            TakeSpanning(row, spanning);
            if ((cells += row.Count + 1) > MostCells) throw XmlProblems.TooLarge("The web page's tables", MostCells >> 20);
            rows.Add([.. row]);
        }

        return rows;
    }

    private static void TakeSpanning(List<string?> row, Dictionary<int, (int Rows, string? Text)> spanning)
    {
        while (spanning.TryGetValue(row.Count, out var above))
        {
            if (above.Rows == 1) spanning.Remove(row.Count);
            else spanning[row.Count] = (above.Rows - 1, above.Text);
            row.Add(above.Text);
        }
    }

    private static int Span(IElement cell, string attribute, int most) =>
        int.TryParse(cell.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var span)
            ? Math.Clamp(span, 1, most)
            : 1;

    /// <summary>A cell's text as a browser shows it; or its number where Excel has noted that, as it may show fewer digits.</summary>
    private static string? TextOf(IElement cell)
    {
        if (cell.GetAttribute("x:num") is { Length: > 0 } number
            && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        {
            return number;
        }

        var text = new StringBuilder();
        Append(cell, text);
        var lines = text
            .ToString()
            .Split('\n')
            .Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        return string.Join('\n', lines).Trim() is { Length: > 0 } trimmed ? trimmed : null;
    }

    private static void Append(INode node, StringBuilder into)
    {
        foreach (var child in node.ChildNodes)
        {
            if (child is IText text) into.Append(text.Data.Replace('\n', ' ').Replace('\u00A0', ' '));
            else if (child is IElement { LocalName: "br" }) into.Append('\n');
            else if (child is IElement { LocalName: not ("script" or "style") } element) Append(element, into);
            if (child is IElement { LocalName: "p" or "div" or "li" } && child.NextSibling is not null) into.Append('\n');
        }
    }
}
