using OpenData.Query.Language;

namespace OpenData.Query.Compilation;

/// <summary>The functions that are conditions. There are no others.</summary>
internal sealed class Predicates(ValueBinder values, TextSearch search)
{
    private readonly GeoPredicates _geo = new(values);

    /// <summary>The names of version 2.1 of the API.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["search", "suggest", "startswith", "within_distance", "in_bbox", "intersects", "within", "disjoint"];

    /// <summary>Whether a call is a condition.</summary>
    public static bool IsPredicate(Call call) =>
        Names.Contains(call.Function) || call is { Function: "polygon" or "geometry" } or { Function: "distance", Arguments.Count: 3 };

    /// <summary>A call as a condition; null if its function is not one.</summary>
    public string? Bind(Call call) => call switch
    {
        { Function: "search" } => search.Search(call),
        { Function: "suggest" } => search.Suggest(call),
        { Function: "startswith" } => search.StartsWith(call),
        { Function: "within_distance" } => _geo.WithinDistance(call),
        { Function: "in_bbox" } => _geo.InBox(call),
        { Function: "intersects" or "within" or "disjoint" } => _geo.InPolygon(call),
        // Version 2.0 of the API had other names for the same, which its clients still use.
        { Function: "distance", Arguments: [_, _, _] } => _geo.WithinDistance(call with { Function = "within_distance" }),
        { Function: "polygon" } => _geo.InPolygon(call with { Function = "within" }),
        { Function: "geometry", Arguments: [var field, var shape] } =>
            _geo.InPolygon(call with { Function = "intersects", Arguments = [field, shape] }),
        { Function: "geometry", Arguments: [var field, var shape, FieldName mode] } when mode.Name.ToLowerInvariant() is "intersects"
            or "within" or "disjoint" =>
            _geo.InPolygon(call with { Function = mode.Name.ToLowerInvariant(), Arguments = [field, shape] }),
        { Function: "geometry" } => throw values.Scope.Error(
            call, "Write intersects(point_field, geom'POLYGON((lon lat, …))'), within(…) or disjoint(…)."),
        _ => null,
    };
}
