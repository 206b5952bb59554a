using OpenData.Lake;

namespace OpenData.Demand.Drops;

/// <summary>Reads <c>planning/decisions/*.csv</c>: what the council decided on candidates.</summary>
internal static class DecisionsFile
{
    public const string Folder = "decisions/";

    private static readonly string[] Decisions = ["selected", "deferred", "refused"];

    private static readonly CsvColumn[] Columns =
    [
        new("date", "날짜"), new("candidate", "후보"), new("decision", "결정"), new("by", "결정자"), new("reason", "사유", Required: false),
    ];

    public static List<CouncilDecision> Read(string path, ReadOnlyMemory<byte> content, List<Problem> problems)
    {
        var decisions = new List<CouncilDecision>();
        foreach (var row in CsvTable.Read(content, Columns, problems))
        {
            var day = row.Date("date");
            var candidate = row.Needed("candidate");
            var decision = row.OneOf("decision", Decisions);
            var by = row.Needed("by");
            if (!row.Broken) decisions.Add(new CouncilDecision(path, row.Line, day, candidate, decision, by, row.Text("reason")));
        }

        return decisions;
    }
}
