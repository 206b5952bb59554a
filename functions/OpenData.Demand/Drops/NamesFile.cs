using OpenData.Lake;

namespace OpenData.Demand.Drops;

/// <summary>Reads <c>planning/names.csv</c>: which spellings mean the same, as planners have confirmed it.</summary>
internal static class NamesFile
{
    public const string Path = "names.csv";

    private static readonly CsvColumn[] Columns = [new("name", "이름"), new("means", "대상")];

    public static List<ConfirmedName> Read(ReadOnlyMemory<byte> content, List<Problem> problems)
    {
        var names = new List<ConfirmedName>();
        foreach (var row in CsvTable.Read(content, Columns, problems))
        {
            var (name, means) = (row.Needed("name"), row.Needed("means"));
            if (!row.Broken) names.Add(new ConfirmedName(name, means));
        }

        return names;
    }
}
