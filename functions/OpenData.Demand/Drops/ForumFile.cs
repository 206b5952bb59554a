using System.Globalization;
using OpenData.Lake;

namespace OpenData.Demand.Drops;

/// <summary>Reads <c>planning/forum/*.csv</c>: a row for each meeting, group and candidate.</summary>
internal static class ForumFile
{
    public const string Folder = "forum/";

    private static readonly CsvColumn[] Columns =
    [
        new("date", "날짜"), new(
            "meeting",
            "회의",
            Required: false), new("group", "집단"), new("candidate", "후보"), new("participants", "참석자"), new("supporters", "지지자"), new(
                "note", "비고", Required: false),
    ];

    public static List<ForumVote> Read(
        string path, ReadOnlyMemory<byte> content, IReadOnlyCollection<string> groups, List<Problem> problems)
    {
        var votes = new List<ForumVote>();
        foreach (var row in CsvTable.Read(content, Columns, problems))
        {
            var date = row.Date("date");
            var group = row.OneOf("group", groups);
            var candidate = row.Needed("candidate");
            var participants = (int)row.Number("participants", 0, 1_000_000);
            var supporters = (int)row.Number("supporters", 0, 1_000_000);
            if (!row.Broken && supporters > participants)
            {
                row.Refuse(
                    "forum-supporters",
                    "supporters",
                    supporters.ToString(CultureInfo.InvariantCulture),
                    $"{supporters} supporters among {participants} participants.",
                    "Correct either number.");
            }

            if (!row.Broken) votes.Add(new ForumVote(path, date, row.Text("meeting"), group, candidate, participants, supporters));
        }

        return votes;
    }
}
