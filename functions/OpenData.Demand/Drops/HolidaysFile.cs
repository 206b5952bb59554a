using OpenData.Lake;

namespace OpenData.Demand.Drops;

/// <summary>Reads <c>planning/holidays.csv</c>: the days on which offices are closed.</summary>
internal static class HolidaysFile
{
    public const string Path = "holidays.csv";

    private static readonly CsvColumn[] Columns = [new("date", "날짜"), new("name", "이름", Required: false)];

    public static HashSet<DateOnly> Read(ReadOnlyMemory<byte> content, List<Problem> problems)
    {
        var days = new HashSet<DateOnly>();
        foreach (var row in CsvTable.Read(content, Columns, problems))
        {
            var day = row.Date("date");
            if (!row.Broken) days.Add(day);
        }

        return days;
    }
}
