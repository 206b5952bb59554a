using System.Security.Cryptography;
using Azure.Storage.Blobs.Models;
using OpenData.Demand.Calendar;
using OpenData.Demand.Plans;
using OpenData.Lake;

namespace OpenData.Demand.Drops;

/// <summary>
/// Everything that planners have dropped, read and judged. A file whose last version cannot be used stays in use as it was before, as
/// datasets do; its entry in <see cref="Files"/> says so.
/// </summary>
public sealed class PlanningDrops
{
    private readonly HashSet<string> _contents = new(StringComparer.Ordinal);
    private readonly List<PlanningFile> _files = [];

    private PlanningDrops()
    {
    }

    /// <summary>The plan in use, or null where none has ever been accepted.</summary>
    public ReleasePlan? Plan { get; private set; }

    /// <summary>Plans of earlier periods, <c>earlier-plans/*.json</c>.</summary>
    public List<ReleasePlan> EarlierPlans { get; } = [];

    /// <summary>The surveys' answers.</summary>
    public List<SurveyAnswer> Survey { get; } = [];

    /// <summary>The forum's votes.</summary>
    public List<ForumVote> Forum { get; } = [];

    /// <summary>The council's scores.</summary>
    public List<CouncilScore> Council { get; } = [];

    /// <summary>The council's decisions.</summary>
    public List<CouncilDecision> Decisions { get; } = [];

    /// <summary>The names that planners have confirmed.</summary>
    public List<ConfirmedName> Names { get; } = [];

    /// <summary>Which days are working days.</summary>
    public WorkingDays Calendar { get; private set; } = WorkingDays.WeekdaysOnly;

    /// <summary>The files, with what was wrong in each.</summary>
    public IReadOnlyList<PlanningFile> Files => _files;

    /// <summary>Reads the planning container.</summary>
    public static async Task<PlanningDrops> ReadAsync(Storage storage, CancellationToken cancellation = default)
    {
        var drops = new PlanningDrops();
        var paths = new List<string>();
        await foreach (var blob in storage.Planning.GetBlobsAsync(new GetBlobsOptions(), cancellation)) paths.Add(blob.Name);
        var accepted = new AcceptedFiles(storage);

        // The plan first: the other files' groups and surveys are its.
        var dropped = paths.Where(
            path => !path.StartsWith(PlanningProblems.Folder, StringComparison.Ordinal) && !AcceptedFiles.IsOne(path));
        foreach (var path in dropped.OrderBy(path => path != PlanFile.Path).ThenBy(path => path, StringComparer.Ordinal))
        {
            var content = (await storage.Planning.GetBlobClient(path).DownloadContentAsync(cancellation)).Value.Content;
            var problems = new List<Problem>();
            var take = drops.Judge(path, content, problems);
            if (!problems.Exists(problem => problem.Severity == Severity.Error))
            {
                drops._files.Add(new PlanningFile(path, take(), problems, null) { Good = content });
                continue;
            }

            var kept = await accepted.FindAsync(path, cancellation);
            var rows = kept is null ? 0 : drops.Judge(path, kept.Content, [])();
            drops._files.Add(new PlanningFile(path, rows, problems, kept?.At));
        }

        drops.CheckSurveys();
        return drops;
    }

    /// <summary>Keeps the valid files as the versions to fall back to, and deletes those of files that were removed.</summary>
    public Task AcceptAsync(Storage storage, CancellationToken cancellation = default) =>
        new AcceptedFiles(storage).StoreAsync(_files, cancellation);

    /// <summary>Notes that a name in a file is no candidate that is known.</summary>
    /// <param name="path">The file.</param>
    /// <param name="word">The name.</param>
    /// <param name="near">Names that are spelled alike; may be empty.</param>
    public void WarnUnmatched(string path, string word, IReadOnlyList<string> near)
    {
        var alike = near.Count > 0 ? $" Near: {string.Join(", ", near)}." : "";
        _files.Find(file => file.Path == path)?.Problems.Add(new Problem(
            "candidate-unmatched",
            Severity.Warning,
            $"'{word}' is no item of the plan, dataset or request.{alike}",
            "Correct it, or say in names.csv what it means: name,means.")
        {
            Column = "candidate",
            RawValue = word,
            Action = "It counts as a wish of its own.",
        });
    }

    /// <summary>Judges a file without taking it up yet.</summary>
    /// <returns>What takes its rows up and returns their number.</returns>
    private Func<int> Judge(string path, BinaryData content, List<Problem> problems)
    {
        var bytes = content.ToMemory();
        string[] groups = [.. (Plan?.Groups ?? RequesterGroup.Default).Select(group => group.Id)];
        if (path == PlanFile.Path)
        {
            var plan = PlanFile.Read(bytes, problems);
            return () => (Plan = plan)?.Items.Count() ?? 0;
        }

        if (path.StartsWith(PlanFile.EarlierFolder, StringComparison.Ordinal) && path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            var plan = PlanFile.Read(bytes, problems);
            return () => Add(EarlierPlans, plan is null ? [] : [plan]);
        }

        if (path == NamesFile.Path) return Taking(Names, NamesFile.Read(bytes, problems));
        if (path == HolidaysFile.Path)
        {
            var holidays = HolidaysFile.Read(bytes, problems);
            return () =>
            {
                Calendar = new WorkingDays(holidays);
                return holidays.Count;
            };
        }

        if (path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase))
        {
            var folder = path[..(path.IndexOf('/', StringComparison.Ordinal) + 1)];
            if (IsCopy(folder, path, bytes, problems) || IsUnlisted(folder, path, problems)) return () => 0;
            switch (folder)
            {
                case SurveyFile.Folder: return Taking(Survey, SurveyFile.Read(path, bytes, groups, problems));
                case ForumFile.Folder: return Taking(Forum, ForumFile.Read(path, bytes, groups, problems));
                case CouncilFile.Folder: return Taking(Council, CouncilFile.Read(path, bytes, problems));
                case DecisionsFile.Folder: return Taking(Decisions, DecisionsFile.Read(path, bytes, problems));
            }
        }

        const string Expected =
            "Drop plan.json, names.csv, holidays.csv, earlier-plans/*.json, or tables (.csv, .xlsx) below surveys/, forum/, council/ or "
            + "decisions/.";
        problems.Add(
            new Problem(
                "planning-path",
                Severity.Error,
                "No file is expected here.",
                Expected)
            { RawValue = path, Action = "The file is left out." });
        return () => 0;
    }

    private bool IsCopy(string folder, string path, ReadOnlyMemory<byte> bytes, List<Problem> problems)
    {
        if (_contents.Add(folder + Convert.ToHexString(SHA256.HashData(bytes.Span)))) return false;
        problems.Add(new Problem(
            "file-twice", Severity.Warning, "Another file of this folder has the same content.", "Delete one of the two.")
        {
            RawValue = path,
            Action = "The file counts once.",
        });
        return true;
    }

    private bool IsUnlisted(string folder, string path, List<Problem> problems)
    {
        if (folder != SurveyFile.Folder || Plan?.Surveys is not { } listed || listed.Any(survey => folder + survey.File == path))
        {
            return false;
        }
        problems.Add(new Problem(
            "survey-not-listed",
            Severity.Warning,
            "The plan does not list this survey.",
            "Add it to 'surveys' in plan.json, or delete the file.")
        {
            RawValue = path,
            Action = "Its rows do not count.",
        });
        return true;
    }

    private void CheckSurveys()
    {
        var planFile = _files.Find(file => file.Path == PlanFile.Path);
        foreach (var survey in Plan?.Surveys ?? [])
        {
            if (_files.Exists(file => file.Path == SurveyFile.Folder + survey.File)) continue;
            planFile?.Problems.Add(new Problem(
                "survey-missing",
                Severity.Warning,
                $"The plan lists the survey '{survey.File}', which was not dropped.",
                "Drop it into surveys/, or correct its name.")
            {
                Column = "surveys",
                RawValue = survey.File,
                Action = "It does not count.",
            });
        }
    }

    private static Func<int> Taking<T>(List<T> all, List<T> some) => () => Add(all, some);

    private static int Add<T>(List<T> all, List<T> some)
    {
        all.AddRange(some);
        return some.Count;
    }
}
