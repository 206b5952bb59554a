using System.Globalization;

namespace OpenData.Tests.Ingest.Parquet;

/// <summary>Whoever believes the statistics in our files gets the same answers as who reads every row.</summary>
public sealed class PruningTests
{
    private const int Rows = 140_000;

    [Fact]
    public async Task Filters_answer_the_same_with_and_without_pruning()
    {
        using var converted = await Converted.OfAsync(Csv());
        Assert.Equal(
            "id:Int price:Decimal2 wide:Decimal2 ratio:Double day:Date at:DateTime[yyyy-MM-dd HH:mm:ss] "
            + "instant:Instant[yyyy-MM-dd'T'HH:mm:sszzz] flag:Boolean word:Text note:Text noise:Int",
            converted.Types);
        Assert.Equal(Rows, converted.Result.Rows);
        Assert.Equal(
            ["3"], converted.Query($"select count(distinct row_group_id) from parquet_metadata('{converted.Folder}/part-00000.parquet')"));
        foreach (var field in converted.Result.Fields)
        {
            var name = $"\"{field.Name}\"";
            foreach (var row in new[] { 1, 65_536, Rows - 1 })
            {
                var value = $"(select {name} from {converted.Parts} where file_row_number = {row})".Replace(
                    converted.Parts, $"read_parquet('{converted.Folder}/*.parquet', file_row_number = true)");
                var literal = Assert.Single(converted.Query($"select {value}"));
                if (literal == "∅") continue;

                foreach (var comparison in new[] { "=", "<", ">=" })
                {
                    // A computed column has no statistics.
                    var type = converted.Query($"select typeof({name}) from {converted.Parts} limit 1")[0];
                    var pruned = converted.Query($"select count(*) from {converted.Parts} where {name} {comparison} '{literal}'::{type}");
                    var read = converted.Query(
                        $"select count(*) from (select {name} as v, random() as r from {converted.Parts}) where (case when r < 2 then v "
                        + $"end) {comparison} '{literal}'::{type}");
                    Assert.Equal(read, pruned);
                }
            }
        }
    }

    [Fact]
    public async Task A_second_reader_reads_the_same()
    {
        using var converted = await Converted.OfAsync(Csv());
        Assert.Equal(
            ["UNCOMPRESSED", "ZSTD"],
            converted.Query($"select distinct compression from parquet_metadata('{converted.Folder}/part-00000.parquet') order by 1"));

        // Parquet.Net reads what is ingested as Parquet; DuckDB compares the two.
        using var again = await Converted.OfAsync(await File.ReadAllBytesAsync(Path.Combine(converted.Folder, "part-00000.parquet")));
        Assert.Equal(Rows, again.Result.Rows);
        Assert.Equal(["0|0"], converted.Query(
            $"select (select count(*) from (from {converted.Parts} except all from {again.Parts})), (select count(*) from (from "
            + $"{again.Parts} except all from {converted.Parts}))"));
    }

    private static string Csv()
    {
        var csv = new System.Text.StringBuilder("id,price,wide,ratio,day,at,instant,flag,word,note,noise\n");
        var noise = new Random(1);
        string[] words = ["강남", "", "서초", "a", "Z", "\U0001F600", "\uFFFD", "중구"];
        for (var i = 0; i < Rows; i++)
        {
            var time = new DateTime(1960, 1, 1).AddMinutes(i * 317L);
            var group = i / 65_536;
            csv
                .Append(
                    CultureInfo.InvariantCulture,
                    $"{i - 5000},{(i % 7 == 0 ? "" : $"{i - 70_000}.{i % 90 + 10}")},{i + 1}0000000000000000000.25,")
                .Append(i % 11 == 0 ? "-0" : (i * 1e-9 - 5e-5).ToString("R", CultureInfo.InvariantCulture)).Append(',')
                .Append(
                    CultureInfo.InvariantCulture,
                    $"{time:yyyy-MM-dd},{time:yyyy-MM-dd HH:mm:ss},{time:yyyy-MM-ddTHH:mm:ss}+09:00,"
                    + $"{(group == 0 ? "false" : i % 2 == 0 ? "true" : "false")},")
                .Append(words[(i + group) % words.Length])
                .Append(CultureInfo.InvariantCulture, $",\"note {i}, {i * 7919L % 100_003}\",{noise.NextInt64(1L << 53)}\n");
        }

        return csv.ToString();
    }
}
