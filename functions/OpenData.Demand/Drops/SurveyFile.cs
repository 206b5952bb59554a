using OpenData.Lake;

namespace OpenData.Demand.Drops;

/// <summary>
/// Reads <c>planning/surveys/*.csv</c>: a row for each respondent and candidate; a respondent who supports none has one row without a
/// candidate.
/// </summary>
internal static class SurveyFile
{
    public const string Folder = "surveys/";

    private static readonly CsvColumn[] Columns =
    [
        new("respondent", "응답자"), new("group", "집단"), new("candidate", "후보"), new("support", "지지", Required: false),
    ];

    public static List<SurveyAnswer> Read(
        string path, ReadOnlyMemory<byte> content, IReadOnlyCollection<string> groups, List<Problem> problems)
    {
        var answers = new List<SurveyAnswer>();
        var groupOf = new Dictionary<string, string>(StringComparer.Ordinal);
        var said = new HashSet<(string, string?)>();
        foreach (var row in CsvTable.Read(content, Columns, problems))
        {
            var respondent = row.Needed("respondent");
            var group = row.OneOf("group", groups);
            var candidate = row.Yes("support") && row.Text("candidate") is { Length: > 0 } text ? text : null;
            if (!row.Broken && !groupOf.TryAdd(respondent, group) && groupOf[respondent] != group)
            {
                row.Refuse(
                    "respondent-group",
                    "group",
                    group,
                    $"Respondent {respondent} belongs to {groupOf[respondent]} in an earlier row.",
                    "Give a respondent one group.");
            }

            // The same word twice from the same person counts once.
            if (!row.Broken && said.Add((respondent, candidate))) answers.Add(new SurveyAnswer(path, respondent, group, candidate));
        }

        return answers;
    }
}
