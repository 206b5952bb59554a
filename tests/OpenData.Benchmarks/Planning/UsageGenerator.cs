using System.Globalization;
using System.Text;

namespace OpenData.Benchmarks.Planning;

/// <summary>
/// Usage events as instances write them: a few datasets have most of the use, clients come back within a day, one event in ten is a
/// robot's.
/// </summary>
internal static class UsageGenerator
{
    private static readonly string[] Kinds =
        ["records", "records", "records", "records", "dataset", "dataset", "export", "catalog", "catalog", "download"];

    public static string DatasetId(int i) => string.Create(CultureInfo.InvariantCulture, $"dataset-{i}@agency-{i % 40}");

    public static void Write(string path, DateOnly day, long count, int datasets)
    {
        var random = new Random(day.DayNumber);
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20);
        for (var i = 0L; i < count; i++)
        {
            var kind = Kinds[random.Next(Kinds.Length)];
            var seconds = (int)(i * 86_399 / count);
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"time\":\"{day:yyyy-MM-dd}T{seconds / 3600:d2}:{seconds / 60 % 60:d2}:{seconds % 60:d2}.{random.Next(1000):d3}Z\""
                + $",\"kind\":\"{kind}\",\"status\":{(random.Next(50) == 0 ? 400 : 200)},\"rows\":{random.Next(100)}"
                + $",\"bytes\":{random.Next(50_000)},\"milliseconds\":{random.Next(300)}.{random.Next(10)}"
                + $",\"client\":\"{random.Next(40_000):x16}\",\"bot\":{(random.Next(10) == 0 ? "true" : "false")}"));
            if (kind == "catalog")
            {
                if (random.Next(2) == 0)
                {
                    writer.Write(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $",\"search\":\"term {Math.Min(random.Next(3000), random.Next(3000))}\",\"hits\":{random.Next(4)}"));
                }
            }
            else
            {
                // The power makes the first datasets far more popular than the last ones.
                writer.Write(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $",\"dataset_id\":\"{DatasetId((int)(datasets * Math.Pow(random.NextDouble(), 3)))}\","
                        + $"\"version\":\"20260101T000000000Z-00000000\""));
                if (kind == "records") writer.Write(",\"fields\":[\"name\",\"price\"],\"filters\":[\"district\"]");
            }

            writer.Write("}\n");
        }
    }
}
