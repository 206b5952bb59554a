using OpenData.Access;
using OpenData.Api.Pipeline;
using OpenData.Catalog.Publication;
using OpenData.Demand.Drops;

namespace OpenData.Api.Demand;

/// <summary>The agencies that a request can be addressed to: those with datasets, with items of the plan or with a key.</summary>
public sealed class KnownAgencies(PublishedDatasets datasets, KeyStore keys, CurrentPlan plan)
{
    private const int MostNear = 3;

    /// <summary>Checks the member <c>agency</c> of a body.</summary>
    /// <exception cref="ApiException">400: there is no such agency; the message has the names that are spelled most alike.</exception>
    internal async Task CheckAsync(string agency, CancellationToken cancellation)
    {
        var known = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var dataset in datasets.ListAsync(cancellation)) known.Add(dataset.Id.Agency);
        foreach (var key in await keys.ListAsync(cancellation))
        {
            if (key.Kind == KeyKind.Agency) known.Add(key.Scope[0]);
        }


        foreach (var item in (await plan.GetAsync(cancellation)).Items) known.Add(item.Agency);
        known.Remove(AccessKey.Planners);
        if (known.Contains(agency)) return;
        var near = known.OrderBy(name => Distance(name, agency)).Take(MostNear).ToList();
        throw JsonBody.Wrong("agency", agency, near.Count == 0
            ? "names no agency, because none is known yet; leave it out"
            : $"must be an agency's folder name; the nearest are {string.Join(", ", near)}");
    }

    /// <summary>The Levenshtein distance of two names: how many letters to change, add or remove.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var changed = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
