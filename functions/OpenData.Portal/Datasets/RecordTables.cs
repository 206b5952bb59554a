using System.Globalization;
using System.Text.Json;
using OpenData.Lake;
using OpenData.Portal.Rendering;
using OpenData.Query;
using OpenData.Query.Compilation;
using OpenData.Query.Formats;
using OpenData.Query.Subjects;

namespace OpenData.Portal.Datasets;

/// <summary>Reads records for tables.</summary>
internal static class RecordTables
{
    private const int MaxText = 300; // characters of a cell; the API has all of them

    /// <summary>A page of records, and how many there are.</summary>
    public static async Task<(RecordTable Table, long Total)> ReadAsync(
        QueryEngine engine, ServedDataset dataset, QueryRequest question, PortalView view, CancellationToken cancellation)
    {
        var page = await engine.RecordsAsync(
            dataset, question with { TimeZone = view.Time.Zone }, RecordFormat.Json, new FormatOptions(), count: true, cancellation);
        TableColumn[] columns = [.. dataset.Version.Fields.Select(field => new TableColumn(field.Name, field.Label, field.Type))];
        using var records = JsonDocument.Parse(page.Content);
        var rows = records.RootElement.EnumerateArray()
            .Select(record => (IReadOnlyList<string?>)[.. columns.Select(column => Text(record, column))])
            .ToList();
        return (new RecordTable(columns, rows), page.TotalCount ?? rows.Count);
    }

    private static string? Text(JsonElement record, TableColumn column)
    {
        if (!record.TryGetProperty(column.Name, out var value)) return null;
        var text = value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => column.Type is FieldType.DateTime or FieldType.Instant ? Moment(value.GetString()!) : value.GetString(),
            JsonValueKind.Object when column.Type == FieldType.GeoPoint =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{value.GetProperty("lat").GetDouble():0.######}, {value.GetProperty("lon").GetDouble():0.######}"),
            _ => value.GetRawText(),
        };
        return text is { Length: > MaxText } ? text[..MaxText] + "…" : text;
    }

    // 2025-01-02T09:30:00+09:00 as 2025-01-02 09:30:00: the page says which time zone it is.
    private static string Moment(string text) => text.Length >= 19 && text[10] == 'T' ? $"{text[..10]} {text[11..19]}" : text;
}
