namespace OpenData.Planning.Figures;

/// <summary>
/// The columns that the report's pages read by name. An edition checks them as soon as a figure is computed, so that a renamed column fails
/// the run with the figure's name instead of showing the wrong number.
/// </summary>
internal static class FigureColumns
{
    private static readonly Dictionary<string, string[]> Read = new(StringComparer.Ordinal)
    {
        ["release"] = ["name_ko", "name_en", "priority", "reason_ko", "reason_en"],
        ["fix"] = ["title", "reason_ko", "reason_en"],
        ["review"] = ["title", "reason_ko", "reason_en"],
        ["late"] = ["name_ko", "name_en", "reason_ko", "reason_en"],
        ["refused"] = ["name_ko", "name_en", "reason_ko", "reason_en"],
        ["funnel"] = ["stage", "candidates"],
        ["packages"] = ["name_ko", "name_en", "complete_share"],
        ["plan_by_area"] = ["area_ko", "area_en", "due", "due_and_released", "released_share"],
        ["plan_by_quarter"] = ["quarter", "items", "released", "released_in_time"],
        ["priority"] = ["standing", "rank", "rank_worst"],
        ["demand"] = ["demand", "name_ko", "name_en"],
        ["respondents"] = ["respondents", "group_ko", "group_en"],
        ["unmet_searches"] = ["searcher_days", "term"],
        ["requests"] = ["backlog", "overdue"],
        ["refusals"] = ["refused", "refusal"],
        ["totals"] = ["requests", "calls", "downloads"],
        ["use_by_day"] = ["day", "zone", "calls", "downloads", "views"],
        ["use_by_agency"] = ["requests", "agency"],
        ["use_by_theme"] = ["requests", "theme"],
        ["concentration"] = ["unused_share"],
        ["usage_buckets"] = ["datasets", "bucket"],
        ["formats"] = ["share", "format"],
    };

    /// <summary>The columns of a figure that a page reads; none if pages only list its rows.</summary>
    public static IReadOnlyList<string> Of(string figure) => Read.GetValueOrDefault(figure, []);
}
