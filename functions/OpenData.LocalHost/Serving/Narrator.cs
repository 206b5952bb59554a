using System.Globalization;
using OpenData.Catalog;
using Spectre.Console;

namespace OpenData.LocalHost.Serving;

/// <summary>Tells the person at the terminal what happens, a line an event.</summary>
internal sealed class Narrator
{
    private const int RedirectedWidth = 240; // a file or a pipe has no width of its own

    private readonly IAnsiConsole _console;

    public Narrator(IAnsiConsole console)
    {
        _console = console;
        if (!console.Profile.Out.IsTerminal) console.Profile.Width = RedirectedWidth;
    }

    public void Heading(string text) => _console.Write(new Markup($"\n[bold]{Markup.Escape(text)}[/]\n"));

    public void Line(string text) => _console.Write(new Text($"  {text}\n"));

    public void Warn(string text) => _console.Write(new Markup($"  [yellow]! {Markup.Escape(text)}[/]\n"));

    /// <summary>The main job: what a drop became.</summary>
    public void Tell(Upload upload)
    {
        var file = upload.Path[(upload.Path.LastIndexOf('/') + 1)..];
        var (sign, outcome) = upload.State switch
        {
            UploadState.Published when upload.Rows is null => ("[green]✓[/]", "metadata"),
            UploadState.Published => ("[green]✓[/]", $"{upload.Rows:N0} rows × {upload.Columns} columns" + Noted(upload)),
            UploadState.Held or UploadState.Pending or UploadState.Scheduled => ("[yellow]…[/]", Told(upload)),
            _ => ("[red]✗[/]", Told(upload)),
        };
        var row = new Grid { Expand = false };
        int?[] widths = [3, 10, 30, 12, 12, 9, null];
        foreach (var width in widths)
        {
            row.AddColumn(new GridColumn { Width = width, NoWrap = width is not null, Padding = new Padding(0, 0, 1, 0) });
        }

        row.AddRow(
            "  " + sign, Cell(upload.Agency), Cell(file), Cell(upload.Format), Cell(upload.Encoding),
            $"{(upload.Milliseconds ?? 0).ToString("N0", CultureInfo.InvariantCulture),6} ms", Markup.Escape(outcome));
        _console.Write(row);
    }

    /// <summary>What is published.</summary>
    /// <param name="catalog">The datasets that the catalogue lists.</param>
    /// <param name="closed">How many datasets there are whose records the public may not read.</param>
    public void Tell(IReadOnlyList<DatasetEntry> catalog, int closed)
    {
        Line($"In the catalogue: {catalog.Count:N0} datasets, {catalog.Sum(entry => entry.Current!.Rows):N0} rows");
        if (closed == 0) return;
        Warn($"Of all datasets {closed:N0} are not public, by access_rights, release_at or withdrawal: docs/publication.md.");
    }

    /// <summary>What to try next.</summary>
    public void TellUrls(string address, IReadOnlyList<DatasetEntry> catalog)
    {
        var explore = $"{address}/api/explore/v2.1/catalog/datasets";
        Heading("Ready. Try");
        Url("the portal", $"{address}/portal");
        Url("the catalogue", explore);
        if (catalog is [{ Id: var id }, ..])
        {
            Url("a dataset", $"{explore}/{id}");
            Url("its records", $"{explore}/{id}/records?limit=5");
            Url("all of it, as CSV", $"{explore}/{id}/exports/csv");
        }

        Url("the API's reference", $"{address}/api/reference");
        Url("the planners' report", $"{address}/api/reports/latest");
        Line("Ctrl-C stops.");
    }

    private void Url(string what, string url) => Line($"{what,-22}{url}");

    private static string Cell(string? text) => Markup.Escape(text ?? "");

    private static string Told(Upload upload) =>
        $"{upload.State.ToString().ToLowerInvariant()}: {(upload.Problems is [var first, ..] ? first.Message : "see its upload record")}";

    private static string Noted(Upload upload) => upload.ProblemCount switch
    {
        0 => "",
        1 => ", 1 problem noted",
        var count => $", {count:N0} problems noted",
    };
}
