using System.Text.Json;
using System.Text.Json.Nodes;
using OpenData.Lake;

namespace OpenData.Ingest.Checking;

/// <summary>
/// Writes down as a dataset.json how a file was read, so that the next one is read in the same way and people can correct it.
/// </summary>
internal static class JudgedDeclaration
{
    /// <summary>The dataset.json, indented.</summary>
    public static string Of(ConversionResult result)
    {
        var ingest = new JsonObject();
        if (result.Dialect is { } dialect)
        {
            ingest["encoding"] = result.Encoding;
            ingest["delimiter"] = dialect.Delimiter;
            if (dialect.Comment is { } comment) ingest["comment"] = comment;
        }

        if (result.Sheet is { } sheet) ingest["sheet"] = sheet;
        if (result.HeaderRow is { } row && result.HeaderRows > 0)
        {
            ingest["header_row"] = row;
            ingest["header_rows"] = result.HeaderRows;
        }

        var fields = new JsonArray();
        var unique = result.Fields.Where(field => field.Label.Length > 0).GroupBy(field => field.Label).Where(group => group.Count() == 1);
        foreach (var field in unique.Select(group => group.First()))
        {
            // Points and what is computed for them are made of other columns, and JSON shows itself.
            if (field.Type is FieldType.GeoPoint or FieldType.Json || field.Description is not null) continue;
            var declared = new JsonObject
            {
                ["column"] = field.Label,
                ["name"] = field.Name,
                ["type"] = JsonSerializer.SerializeToNode(field.Type, OpenDataJson.Options),
            };
            var isMoment = field.Type is FieldType.Date or FieldType.DateTime or FieldType.Instant;
            if (isMoment && field.Format is { } format) declared["format"] = format;
            fields.Add(declared);
        }

        ingest["fields"] = fields;
        return new JsonObject { ["ingest"] = ingest }.ToJsonString(OpenDataJson.Readable) + "\n";
    }
}
