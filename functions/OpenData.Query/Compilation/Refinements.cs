using OpenData.Query.Language;
using OpenData.Query.Schema;

namespace OpenData.Query.Compilation;

/// <summary>
/// What <c>refine</c> and <c>exclude</c> mean, in every route alike: the conditions that they put on records, given the options of
/// <c>facet</c>.
/// </summary>
internal static class Refinements
{
    /// <summary>The conditions of a question's <c>refine</c> and <c>exclude</c>, all of which must hold.</summary>
    public static IEnumerable<string> Conditions(QueryRequest request, Question question)
    {
        if (request.Refine.Count + request.Exclude.Count > QueryLimits.Facets)
        {
            throw new QueryException("refine", null, $"There are more than {QueryLimits.Facets} refine and exclude parameters.");
        }

        var facets = ReadFacets(question.Table, request);
        var refined = request.Refine
            .Select(text => Refinement.Read(text, "refine"))
            .GroupBy(refinement => FieldOf(refinement.Facet, question.Table));
        foreach (var ofField in refined)
        {
            var conditions = ofField.Select(refinement => Condition(refinement, "refine")).ToList();
            yield return $"({string.Join(IsDisjunctive(ofField.Key, [.. ofField]) ? " OR " : " AND ", conditions)})";
        }

        foreach (var text in request.Exclude) yield return $"({Condition(Refinement.Read(text, "exclude"), "exclude")} IS NOT TRUE)";

        // A field with one value a record cannot have two values, so that several of them are alternatives unless one is a part of another.
        bool IsDisjunctive(string field, IReadOnlyList<Refinement> values)
        {
            if (facets.Any(facet => facet.Disjunctive && facet.Field.Name == field)) return true;
            if (question.Table.Find(field)?.Kind is null or ValueKind.TextList or ValueKind.Json) return false;
            return !values.Any(one => values.Any(other => other != one && other.Value.StartsWith(one.Value, StringComparison.Ordinal)));
        }

        string Condition(Refinement refinement, string clause)
        {
            var name = FieldOf(refinement.Facet, question.Table);
            var separator = facets.FirstOrDefault(facet => facet.Field.Name == name && !facet.Field.Kind.IsTime())?.Separator;
            return new ConditionBinder(new Scope(question, clause)).HasFacetValue(refinement, separator);
        }
    }

    /// <summary>The facets that a question names, with their options.</summary>
    public static IReadOnlyList<FacetOptions> ReadFacets(QueryTable table, QueryRequest request)
    {
        if (request.Facets.Count > QueryLimits.Facets)
        {
            throw new QueryException("facet", null, $"There are more than {QueryLimits.Facets} facets.");
        }

        return [.. request.Facets.Select(text => FacetOptions.Read(text, table))];
    }

    // A field of the catalogue has two names, with and without its template.
    private static string FieldOf(string name, QueryTable table) => table.Find(name)?.Name ?? name;
}
