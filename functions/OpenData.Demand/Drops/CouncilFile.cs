using OpenData.Lake;

namespace OpenData.Demand.Drops;

/// <summary>Reads <c>planning/council/*.csv</c>: a row for each member and candidate, with scores from 0 to 10.</summary>
internal static class CouncilFile
{
    public const string Folder = "council/";

    private static readonly CsvColumn[] Columns =
    [
        new("member", "위원"), new("group", "분과"), new("candidate", "후보"), new("value", "가치"), new("urgency", "시급성"), new("risk", "위험"),
        new("readiness", "준비도"), new("date", "날짜", Required: false),
    ];

    public static List<CouncilScore> Read(string path, ReadOnlyMemory<byte> content, List<Problem> problems)
    {
        var scores = new List<CouncilScore>();
        var scored = new HashSet<(string, string)>();
        foreach (var row in CsvTable.Read(content, Columns, problems))
        {
            var member = row.Needed("member");
            var candidate = row.Needed("candidate");
            var (value, urgency) = (row.Number("value", 0, 10), row.Number("urgency", 0, 10));
            var (risk, readiness) = (row.Number("risk", 0, 10), row.Number("readiness", 0, 10));
            if (!row.Broken && !scored.Add((member, candidate)))
            {
                row.Refuse(
                    "council-twice",
                    "member",
                    member,
                    "This member has scored this candidate in an earlier row.",
                    "Keep one of the two rows.");
            }

            var day = row.Text("date").Length > 0 ? row.Date("date") : (DateOnly?)null;
            if (!row.Broken) scores.Add(new CouncilScore(path, day, member, candidate, value, urgency, risk, readiness));
        }

        return scores;
    }
}
