using System.Text.Json;
using System.Text.RegularExpressions;
using OpenData.Ingest.Records;
using OpenData.Ingest.Services;

namespace OpenData.Ingest.Json;

/// <summary>
/// Finds the records of a JSON document by its shape: an array of objects or of arrays, wherever a service puts it; with a description of
/// the fields beside it, or without; one array a column; a single record. What a service says around them is no record.
/// </summary>
internal static partial class JsonTableFinder
{
    /// <summary>Keys by which descriptions name a field, the name that people know before the one of machines.</summary>
    private static readonly string[] FieldNameKeys =
        ["label", "name", "title", "id", "field", "fieldName", "column", "columnName", "key", "code", "text", "alias", "header"];

    /// <summary>Finds the records.</summary>
    /// <param name="outline">The document.</param>
    /// <param name="readArray">Reads the elements of an array of the document.</param>
    /// <param name="declared">The path that the agency declares, or null.</param>
    /// <exception cref="UnreadableSourceException">There are several tables, or it is a service's answer without rows.</exception>
    public static JsonTable Find(JsonOutline outline, Func<IReadOnlyList<JsonStep>, IReadOnlyList<JsonElement>> readArray, string? declared)
    {
        var root = outline.Root ?? new JsonNode(JsonTokenType.Null);
        if (declared is not null) return Declared(root, JsonStep.Parse(declared), declared);
        if (IsFeature(root))
        {
            return outline.Values > 1
                ? new JsonTable(JsonTableKind.TopLevel, []) { IsOfFeatures = true }
                : new JsonTable(JsonTableKind.Single, []) { IsOfFeatures = true };
        }

        if (root["type"]?.Text == "FeatureCollection" && root["features"] is { IsArray: true } features
            && (features.Count == 0 || IsFeature(features.Elements[0])))
        {
            return new JsonTable(JsonTableKind.Elements, [JsonStep.To("features")])
            {
                IsOfFeatures = true,
                CoordinateSystem = CoordinateSystem(root),
            };
        }

        // What ArcGIS answers, and TopoJSON: features under other names.
        if (root["features"] is { IsArray: true, Elements: [var first, ..] } && first["attributes"] is { IsObject: true })
        {
            return new JsonTable(JsonTableKind.Elements, [JsonStep.To("features")])
            {
                IsOfFeatures = true,
                PropertiesName = "attributes",
                CoordinateSystem = root["spatialReference"] is { } reference
                    && (reference["latestWkid"] ?? reference["wkid"])?.Text is { } code && code != "4326" ? $"EPSG:{code}" : null,
            };
        }

        if (root["type"]?.Text == "Topology" && root["objects"] is { Properties: [var (name, shapes)] }
            && shapes["geometries"] is { IsArray: true })
        {
            return new JsonTable(JsonTableKind.Elements, [JsonStep.To("objects"), JsonStep.To(name), JsonStep.To("geometries")])
            {
                IsOfFeatures = true,
            };
        }

        var arrays = Arrays(root, []).ToList();
        var table = Table(root, arrays, readArray);
        if (table is { Path.Count: 0 } || outline.Values == 1) return table;
        // Several documents: pages of one answer, or records one after another.
        return IsAnswer(root) || table.Names is not null ? table : new JsonTable(JsonTableKind.TopLevel, []);
    }

    /// <summary>Whether a document is an answer of a service, with a code, a message or counts in it.</summary>
    public static bool IsAnswer(JsonNode root) => ServiceAnswer.IsAnswer(Fields(root));

    private static JsonTable Table(
        JsonNode root, List<(JsonStep[] Path, JsonNode Node)> arrays, Func<IReadOnlyList<JsonStep>, IReadOnlyList<JsonElement>> readArray)
    {
        if (root.IsArray && (root.Objects == root.Count || root.IsOfArrays) && arrays.Count == 1)
        {
            if (root.Count == 1 && IsError(root.Elements[0])) throw ServiceAnswer.WithoutRows(Fields(root));
            return new JsonTable(JsonTableKind.Elements, []);
        }

        if (Described(arrays, readArray) is { } described) return described;
        var tables = arrays.Where(array => array.Node.IsOfObjects).ToList();
        if (tables.Count == 0) tables = [.. arrays.Where(array => array.Node.IsOfArrays)];
        if (tables.Count > 1 && IsAnswer(root)) tables = [.. tables.Where(array => !IsEnvelope(array.Node))];
        if (tables.Count > 1)
        {
            throw new UnreadableSourceException(JsonProblems.SeveralTables(tables.Select(table => JsonStep.Text(table.Path))));
        }

        if (tables.Count == 1) return new JsonTable(JsonTableKind.Elements, tables[0].Path);
        if (Columns(root, []) is { } columns) return new JsonTable(JsonTableKind.Columns, columns);
        if (root.IsArray) return new JsonTable(JsonTableKind.Elements, []);
        return Only(root, arrays);
    }

    /// <summary>One record where there usually are many; or the document itself, if it is no answer of a service.</summary>
    private static JsonTable Only(JsonNode root, List<(JsonStep[] Path, JsonNode Node)> arrays)
    {
        var fields = Fields(root);
        var isEmpty = arrays.Exists(array => array.Node.Count == 0 && array.Path.Length > 0)
            && root.Properties.TrueForAll(
                property => property.Node.IsObject || property.Node.IsArray || ServiceAnswer.IsWord(property.Name));
        if (!ServiceAnswer.IsAnswer(fields) && !isEmpty) return new JsonTable(JsonTableKind.Single, []);
        var record = Objects(root, [])
            .Where(item => DataFields(item.Node) > 0)
            .OrderByDescending(item => DataFields(item.Node))
            .FirstOrDefault();
        return record.Path is null ? throw ServiceAnswer.WithoutRows(fields) : new JsonTable(JsonTableKind.Single, record.Path);
    }

    private static JsonTable Declared(JsonNode root, IReadOnlyList<JsonStep> path, string declared)
    {
        var node = root.At(path) ?? throw new UnreadableSourceException(JsonProblems.PathNotFound(declared));
        return node switch
        {
            { IsArray: true } =>
                new JsonTable(JsonTableKind.Elements, path) { IsOfFeatures = node.Elements.Count > 0 && IsFeature(node.Elements[0]) },
            { IsObject: true } when node.Properties.Count > 1 && Columns(node, []) is { Length: 0 } =>
                new JsonTable(JsonTableKind.Columns, path),
            { IsObject: true } => new JsonTable(JsonTableKind.Single, path),
            _ => throw new UnreadableSourceException(JsonProblems.PathNotFound(declared)),
        };
    }

    /// <summary>
    /// The arrays of a document that are not inside records: those in objects, and those in the few elements of an array that are unlike
    /// each other, as in <c>[{page}, [rows]]</c> and <c>[{head: []}, {row: []}]</c>.
    /// </summary>
    private static IEnumerable<(JsonStep[] Path, JsonNode Node)> Arrays(JsonNode node, JsonStep[] path)
    {
        if (node.IsObject) return node.Properties.SelectMany(property => Arrays(property.Node, [.. path, JsonStep.To(property.Name)]));
        if (!node.IsArray) return [];
        if (node.Count <= JsonNode.MostElements && AreParts(node))
        {
            return node.Elements.SelectMany((element, i) => Arrays(element, [.. path, new JsonStep(null, i)]));
        }

        return [(path, node)];
    }

    /// <summary>
    /// Whether the elements of an array are the parts of an answer and not records: of them one holds the rows, and the others do not have
    /// its names.
    /// </summary>
    private static bool AreParts(JsonNode array)
    {
        if (array.Count < 2) return false;
        if (array is { Objects: > 0, Arrays: > 0, Scalars: 0 }) return true;
        return array.Objects == array.Count && array.Elements.TrueForAll(element => element.Properties.Count == 1)
            && array.Elements.Select(element => element.Properties[0].Name).Distinct().Count() == array.Count
            && array.Elements.Exists(element => element.Properties[0].Node is { IsArray: true, Objects: > 0 });
    }

    /// <summary>
    /// The one array of records that another array describes: as many names as the records have fields, or the same ones.
    /// </summary>
    private static JsonTable? Described(
        List<(JsonStep[] Path, JsonNode Node)> arrays, Func<IReadOnlyList<JsonStep>, IReadOnlyList<JsonElement>> readArray)
    {
        foreach (var records in arrays
            .Where(array => array.Node.IsOfArrays || array.Node.IsOfObjects)
            .OrderByDescending(array => array.Node.Count))
        {
            var first = records.Node.Elements.Find(element => element.IsArray || element.IsObject);
            if (first is null) continue;
            foreach (var description in arrays.Where(
                array => array.Node != records.Node && array.Node.Count > 0 && (array.Node.IsOfObjects || array.Node.IsOfScalars)))
            {
                if (first.IsArray && description.Node.Count != first.Count) continue;
                if (Names(readArray(description.Path), first) is { } names)
                {
                    return new JsonTable(JsonTableKind.Elements, records.Path) { Names = names };
                }
            }
        }

        return null;
    }

    /// <summary>The names that a description gives to the fields of records like this one; null if it does not describe it.</summary>
    private static List<string>? Names(IReadOnlyList<JsonElement> description, JsonNode record)
    {
        if (description.All(element => element.ValueKind == JsonValueKind.String))
        {
            return record.IsArray ? Distinct(description.Select(element => element.GetString()!)) : null;
        }

        if (!description.All(element => element.ValueKind == JsonValueKind.Object)) return null;
        foreach (var key in FieldNameKeys)
        {
            var names = new List<string>();
            foreach (var element in description)
            {
                var value =
                    element.EnumerateObject().FirstOrDefault(
                        property => property.Name.Equals(key, StringComparison.OrdinalIgnoreCase)).Value;
                if (value.ValueKind != JsonValueKind.String) break;
                names.Add(value.GetString()!);
            }

            if (names.Count != description.Count || Distinct(names) is null) continue;
            if (record.IsArray) return names;
            var shared = record.Properties.Count(property => names.Contains(property.Name));
            if (shared > 0 && shared * 5 >= record.Properties.Count * 4 && shared * 2 >= names.Count) return names;
        }

        return null;
    }

    private static List<string>? Distinct(IEnumerable<string> names)
    {
        var list = names.ToList();
        return list.Distinct(StringComparer.Ordinal).Count() == list.Count ? list : null;
    }

    /// <summary>
    /// The steps to an object that has nothing but arrays of values, at least two and all of one length: a table by columns.
    /// </summary>
    private static JsonStep[]? Columns(JsonNode node, JsonStep[] path)
    {
        if (!node.IsObject) return null;
        if (node.Properties.Count > 1
            && node.Properties.TrueForAll(
                property => property.Node.IsOfScalars && property.Node.Count > 1 && property.Node.Count == node.Properties[0].Node.Count))
        {
            return path;
        }

        var found = node.Properties
            .Select(property => Columns(property.Node, [.. path, JsonStep.To(property.Name)]))
            .Where(steps => steps is not null)
            .ToList();
        return found.Count == 1 ? found[0] : null;
    }

    private static IEnumerable<(JsonStep[] Path, JsonNode Node)> Objects(JsonNode node, JsonStep[] path)
    {
        if (node.IsObject) yield return (path, node);
        foreach (var (name, child) in node.Properties)
        {
            foreach (var inner in Objects(child, [.. path, JsonStep.To(name)])) yield return inner;
        }
    }

    /// <summary>The values of an object that no answer of a service has around its rows.</summary>
    private static int DataFields(JsonNode node) =>
        node.Properties.Count(property => property.Node.Text is not null && !ServiceAnswer.IsWord(property.Name));

    private static bool IsEnvelope(JsonNode array) =>
        array.Elements.TrueForAll(
            element => element.Properties.TrueForAll(
                property => property.Node.IsObject || ServiceAnswer.IsWord(property.Name) || property.Node.Text is null));

    private static bool IsError(JsonNode node) =>
        node.IsObject && node.Properties.Count > 0
            && node.Properties.TrueForAll(property => ServiceAnswer.IsWord(property.Name)) && ServiceAnswer.IsAnswer(Fields(node));

    private static List<AnswerField> Fields(JsonNode node) => [.. Fields(node, []).Take(200)];

    private static IEnumerable<AnswerField> Fields(JsonNode node, string[] path) => node.Text is { } text && path.Length > 0
        ? [new AnswerField(path, text)]
        : node.Properties.SelectMany(property => Fields(property.Node, [.. path, property.Name])).Concat(
            node.Count <= JsonNode.MostElements ? node.Elements.SelectMany(element => Fields(element, path)) : []);

    private static bool IsFeature(JsonNode node) =>
        node["type"]?.Text == "Feature" && node["geometry"] is not null && node["properties"] is not null;

    private static string? CoordinateSystem(JsonNode root) =>
        root["crs"]?["properties"]?["name"]?.Text is { } name && EpsgCode().Match(name) is { Success: true } match
            ? $"EPSG:{match.Groups["code"].Value}"
            : null;

    [GeneratedRegex(@"EPSG:[\d.]*:?(?<code>\d+)$", RegexOptions.IgnoreCase)]
    private static partial Regex EpsgCode();
}
