using Azure.Storage.Blobs.Models;
using OpenData.Demand.Plans;
using OpenData.Lake;

namespace OpenData.Demand.Drops;

/// <summary>Everything that planners have dropped, read and judged.</summary>
public sealed class PlanningDrops
{
    /// <summary>The plan, or null where none can be used.</summary>
    public ReleasePlan? Plan { get; private set; }

    /// <summary>The surveys' answers.</summary>
    public List<SurveyAnswer> Survey { get; } = [];

    /// <summary>The forum's votes.</summary>
    public List<ForumVote> Forum { get; } = [];

    /// <summary>The council's scores.</summary>
    public List<CouncilScore> Council { get; } = [];

    /// <summary>The files, with what was wrong in each.</summary>
    public List<PlanningFile> Files { get; } = [];

    /// <summary>Reads the planning container.</summary>
    public static async Task<PlanningDrops> ReadAsync(Storage storage, CancellationToken cancellation = default)
    {
        var drops = new PlanningDrops();
        var paths = new List<string>();
        await foreach (var blob in storage.Planning.GetBlobsAsync(new GetBlobsOptions(), cancellation)) paths.Add(blob.Name);

        // The plan first: the other files' groups are its.
        foreach (var path in paths
            .Where(path => !path.StartsWith(PlanningProblems.Folder, StringComparison.Ordinal))
            .OrderBy(path => path != PlanFile.Path)
            .ThenBy(path => path, StringComparer.Ordinal))
        {
            var content = await storage.Planning.GetBlobClient(path).DownloadContentAsync(cancellation);
            drops.Take(path, content.Value.Content.ToMemory());
        }

        return drops;
    }

    private void Take(string path, ReadOnlyMemory<byte> content)
    {
        var problems = new List<Problem>();
        string[] groups = [.. (Plan?.Groups ?? RequesterGroup.Default).Select(group => group.Id)];
        Files.Add(new PlanningFile(path, Read(), problems));

        int Read()
        {
            if (path == PlanFile.Path)
            {
                Plan = PlanFile.Read(content, problems);
                return Plan?.Areas.Sum(area => area.Items.Count) ?? 0;
            }

            if (path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            {
                if (path.StartsWith(SurveyFile.Folder, StringComparison.Ordinal))
                {
                    return Add(Survey, SurveyFile.Read(path, content, groups, problems));
                }
                if (path.StartsWith(ForumFile.Folder, StringComparison.Ordinal))
                {
                    return Add(Forum, ForumFile.Read(path, content, groups, problems));
                }
                if (path.StartsWith(CouncilFile.Folder, StringComparison.Ordinal))
                {
                    return Add(Council, CouncilFile.Read(path, content, problems));
                }
            }

            problems.Add(
                new Problem(
                    "planning-path",
                    Severity.Error,
                    "Nothing is expected here.",
                    "Drop plan.json, surveys/*.csv, forum/*.csv or council/*.csv.")
                { RawValue = path, Action = "The file is left out." });
            return 0;
        }
    }

    private static int Add<T>(List<T> all, List<T> some)
    {
        all.AddRange(some);
        return some.Count;
    }
}
