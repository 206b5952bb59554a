using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;
using OpenData.Query.Language;

namespace OpenData.Api.Explore;

/// <summary>
/// Parameters of other portals' APIs, translated to those of the Explore API: version 1 of this API, CKAN, Socrata, OData, and the APIs of
/// data.go.kr. A filter that is ignored silently gives wrong figures to people who trust them, so such a parameter is an error that shows
/// the same question in ours.
/// </summary>
internal static partial class OtherDialects
{
    private const long LargestPage = 1_000_000;

    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["filter"] = "where",
        ["query"] = "where",
        ["$where"] = "where",
        ["$filter"] = "where",
        ["fields"] = "select",
        ["columns"] = "select",
        ["$select"] = "select",
        ["rows"] = "limit",
        ["top"] = "limit",
        ["$limit"] = "limit",
        ["$top"] = "limit",
        ["perPage"] = "limit",
        ["per_page"] = "limit",
        ["numOfRows"] = "limit",
        ["pageSize"] = "limit",
        ["page_size"] = "limit",
        ["start"] = "offset",
        ["skip"] = "offset",
        ["$offset"] = "offset",
        ["$skip"] = "offset",
        ["sort"] = "order_by",
        ["order"] = "order_by",
        ["orderby"] = "order_by",
        ["$order"] = "order_by",
        ["$orderby"] = "order_by",
        ["group"] = "group_by",
        ["$group"] = "group_by",
    };

    private static readonly string[] Searches = ["q", "search", "$q", "keyword", "searchKeyword"];
    private static readonly string[] Pages = ["page", "pageNo", "pageIndex", "page_no"];
    private static readonly string[] Sizes = ["perPage", "per_page", "numOfRows", "pageSize", "page_size", "limit", "rows"];

    /// <summary>A parameter in ours, as <c>name</c> and value; null if the name belongs to no dialect that is known.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="query">All parameters of the question: a page is counted in rows of the page's size.</param>
    public static (string Name, string Value)? Translate(string name, string value, IEnumerable<KeyValuePair<string, StringValues>> query)
    {
        if (Searches.Contains(name, StringComparer.OrdinalIgnoreCase)) return ("where", $"search({QuotedText.Of(value)})");
        if (Pages.Contains(name, StringComparer.OrdinalIgnoreCase)) return ("offset", Offset(value, query));
        if (Names.TryGetValue(name, out var ours))
        {
            return (ours, ours == "order_by" ? value.Replace(" DESC", " desc", StringComparison.Ordinal) : value);
        }
        if (name.Equals("filters", StringComparison.OrdinalIgnoreCase)) return ("where", Filters(value));
        if (Condition().Match(name) is { Success: true } condition)
        {
            return ("where", Compare(condition.Groups["field"].Value, condition.Groups["operator"].Value.ToUpperInvariant(), value));
        }

        if (FacetOfVersion1().Match(name) is { Success: true } facet)
        {
            var (kind, field) = (facet.Groups["kind"].Value.ToLowerInvariant(), facet.Groups["field"].Value);
            return kind == "disjunctive" ? ("facet", $"facet(name={QuotedText.Of(field)}, disjunctive=true)") : (kind, $"{field}:{value}");
        }

        if (name.Equals("geofilter.distance", StringComparison.OrdinalIgnoreCase) && value.Split(',') is [var lat, var lon, ..] parts)
        {
            return ("where", $"within_distance(point_field, geom'POINT({lon.Trim()} {lat.Trim()})', "
                + $"{(parts.Length > 2 ? parts[2].Trim() : "0")}m)");
        }

        return null;
    }

    /// <summary>The condition that a field has a value.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">The value; it is compared as the field's type.</param>
    public static string Equal(string field, string value) => $"{Identifier(field)}={QuotedText.Of(value)}";

    private static string Compare(string field, string operation, string value) => operation switch
    {
        "NEQ" or "NE" => $"{Identifier(field)}!={QuotedText.Of(value)}",
        "LT" => $"{Identifier(field)}<{QuotedText.Of(value)}",
        "LTE" => $"{Identifier(field)}<={QuotedText.Of(value)}",
        "GT" => $"{Identifier(field)}>{QuotedText.Of(value)}",
        "GTE" => $"{Identifier(field)}>={QuotedText.Of(value)}",
        "LIKE" => $"{Identifier(field)} like {QuotedText.Of($"*{value}*")}",
        _ => Equal(field, value),
    };

    // CKAN's JSON object of fields and values, or lists of values.
    private static string Filters(string json)
    {
        try
        {
            using var filters = JsonDocument.Parse(json);
            return string.Join(" and ", filters.RootElement.EnumerateObject().Select(filter => filter.Value.ValueKind == JsonValueKind.Array
                ? AnyOf(filter.Name, filter.Value.EnumerateArray().Select(value => value.ToString()))
                : Equal(filter.Name, filter.Value.ToString())));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return json;
        }
    }

    private static string Offset(string page, IEnumerable<KeyValuePair<string, StringValues>> query)
    {
        var written = query.FirstOrDefault(parameter => Sizes.Contains(parameter.Key, StringComparer.OrdinalIgnoreCase)).Value.ToString();
        var size = long.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) && rows < LargestPage ? rows : 10;
        var number = long.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked < LargestPage ? asked : 1;
        return (Math.Max(0, number - 1) * size).ToString(CultureInfo.InvariantCulture);
    }

    private static string AnyOf(string field, IEnumerable<string> values) =>
        $"{Identifier(field)} in ({string.Join(", ", values.Select(QuotedText.Of))})";

    private static string Identifier(string field) => BareName().IsMatch(field) ? field : $"`{field}`";

    [GeneratedRegex(@"^cond\[(?<field>.+?)(::(?<operator>\w+))?\]$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Condition();

    [GeneratedRegex(@"^(?<kind>refine|exclude|disjunctive)\.(?<field>.+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FacetOfVersion1();

    [GeneratedRegex(@"^[\p{L}_][\p{L}\p{N}_]*$", RegexOptions.CultureInvariant)]
    private static partial Regex BareName();
}
