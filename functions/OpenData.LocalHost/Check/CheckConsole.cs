using System.Globalization;
using System.Text.Json;
using OpenData.Ingest.Checking;
using OpenData.Lake;
using Spectre.Console;

namespace OpenData.LocalHost.Check;

/// <summary>Prints what became of each file: tables for people, or one JSON document.</summary>
internal sealed class CheckConsole
{
    private const int ProblemsShown = 50;
    private const int RedirectedWidth = 160; // a file or a pipe has no width of its own

    private readonly TextWriter _output;
    private readonly IAnsiConsole _console;
    private readonly bool _json;
    private readonly bool _several;
    private readonly List<FileReport> _reports = [];

    public CheckConsole(TextWriter output, bool json, bool several)
    {
        (_output, _json, _several) = (output, json, several);
        _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!_console.Profile.Out.IsTerminal) _console.Profile.Width = RedirectedWidth;
    }

    public void Tell(FileReport report)
    {
        if (_json)
        {
            _reports.Add(report);
            return;
        }

        _console.Write(
            new Markup(
                $"\n[bold]{Markup.Escape(report.File)}[/]  "
                + $"{(report.Published ? "[green]would be published[/]" : "[red]would be rejected[/]")}\n"));
        foreach (var (name, value) in Facts(report)) _console.Write(new Text($"  {name,-12}{value}\n"));
        if (report.Fields.Count > 0) _console.Write(new Padder(FieldTable(report.Fields), new Padding(2, 0, 0, 0)));
        if (report.FirstRows.Count > 0) _console.Write(new Padder(RowTable(report), new Padding(2, 0, 0, 0)));
        if (report.Problems.Count > 0) _console.Write(new Padder(ProblemTable(report), new Padding(2, 0, 0, 0)));
    }

    public void End()
    {
        if (!_json || (!_several && _reports.Count == 0)) return;
        _output.WriteLine(_several
            ? JsonSerializer.Serialize(_reports, OpenDataJson.Readable)
            : JsonSerializer.Serialize(_reports[0], OpenDataJson.Readable));
    }

    private static IEnumerable<(string Name, string Value)> Facts(FileReport report)
    {
        if (report.Format is not null) yield return ("format", report.Format);
        if (report.Encoding is not null) yield return ("encoding", report.Encoding);
        if (report.Dialect is { } dialect) yield return ("dialect", Describe(dialect));
        if (report.HeaderRow is { } row) yield return ("header row", row.ToString(CultureInfo.InvariantCulture));
        if (report.Sheet is not null) yield return ("sheet", report.Sheet);
        if (report.Declaration is not null) yield return ("declaration", report.Declaration);
        if (report.DeclaredIn is not null) yield return ("declared in", report.DeclaredIn);
        yield return ("rows", report.Rows.ToString("N0", CultureInfo.InvariantCulture));
        yield return ("time", $"{report.Milliseconds.ToString("N0", CultureInfo.InvariantCulture)} ms");
        if (report.Output is not null) yield return ("written to", report.Output);
    }

    private static string Describe(FileDialect dialect)
    {
        var delimiter = dialect.Delimiter == "\t" ? "tab" : $"'{dialect.Delimiter}'";
        if (dialect.Quote is null) return $"{delimiter} between cells, no quotes";
        var escape = dialect.Escape is null ? "" : dialect.Escape == dialect.Quote ? ", doubled inside" : $", escaped by {dialect.Escape}";
        return $"{delimiter} between cells, {dialect.Quote} around them{escape}";
    }

    private static Table FieldTable(IReadOnlyList<Field> fields)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns("field", "label", "type", "format");
        foreach (var field in fields)
        {
            var type = JsonSerializer.Serialize(field.Type).Trim('"') + (field.Scale is { } scale ? $", scale {scale}" : "");
            table.AddRow(
                Markup.Escape(field.Name),
                field.Label == field.Name ? "" : Markup.Escape(field.Label),
                type,
                Markup.Escape(field.Format ?? ""));
        }

        return table;
    }

    /// <summary>The first rows as they were understood, as many columns as fit a page.</summary>
    private static Table RowTable(FileReport report)
    {
        const int most = 8, longest = 24;
        var table = new Table { Border = TableBorder.Simple };
        var labels = report.Fields.Where(field => field.Type != FieldType.GeoPoint).Select(field => field.Label).Take(most).ToList();
        foreach (var label in labels) table.AddColumn(Markup.Escape(Cut(label)));
        foreach (var row in report.FirstRows) table.AddRow([.. row.Take(labels.Count).Select(cell => Markup.Escape(Cut(cell ?? "")))]);
        return table;

        static string Cut(string text) => Visible(text.Length > longest ? text[..(longest - 1)] + "…" : text);
    }

    private static Table ProblemTable(FileReport report)
    {
        var table = new Table { Border = TableBorder.Simple, ShowRowSeparators = false }.AddColumns(
            "", "line", "column", "problem", "value", "what was done, and what to do");
        foreach (var problem in report.Problems.Take(ProblemsShown))
        {
            var sign = problem.Severity switch { Severity.Error => "[red]error[/]", Severity.Warning => "[yellow]warning[/]", _ => "note" };
            table.AddRow(
                sign,
                problem.Line?.ToString("N0", CultureInfo.InvariantCulture) ?? "",
                Markup.Escape(problem.Column ?? ""),
                Markup.Escape($"{problem.Message} ({problem.Code})"),
                Markup.Escape(Visible(problem.RawValue)),
                Markup.Escape($"{problem.Action} {problem.Fix}".Trim()));
        }

        if (report.ProblemCount > ProblemsShown)
        {
            table.Caption = new TableTitle(
                $"{report.ProblemCount:N0} problems; the first {Math.Min(ProblemsShown, report.Problems.Count)} are shown, --json lists "
                + $"{report.Problems.Count:N0}");
        }

        return table;
    }

    private static string Visible(string? raw) => string.Concat((raw ?? "").Select(c => char.IsControl(c) ? '␣' : c));
}
