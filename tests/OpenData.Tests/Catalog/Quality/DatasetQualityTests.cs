using System.Text.Json;
using OpenData.Catalog;
using OpenData.Catalog.Quality;
using OpenData.Lake;

namespace OpenData.Tests.Catalog.Quality;

[Trait("Category", "Unit")]
public sealed class DatasetQualityTests
{
    private static readonly DateTimeOffset Dropped = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly DatasetMetadata Full = new()
    {
        Title = "t",
        Description = "d",
        Theme = ["x"],
        Keyword = ["x"],
        License = "CC-BY-4.0",
        Publisher = "p",
        Contact = "c",
        UpdateFrequency = "monthly",
        Spatial = "서울",
        Temporal = "2024",
        AccessRights = "public",
        Rights = "없음",
        Ingest = new IngestDeclaration { Key = ["번호"] },
    };

    [Fact]
    public void The_weights_are_those_of_the_assessment()
    {
        var score = DatasetQuality.Of(new DatasetMetadata(), null, Dropped);

        Assert.Equal(405, score.Metadata.Sum(measure => measure.Weight));
        Assert.Equal(
            [("findability", 100), ("accessibility", 100), ("interoperability", 110), ("reusability", 75), ("contextuality", 20)],
            score.Metadata.GroupBy(measure => measure.Dimension).Select(group => (group.Key, group.Sum(measure => measure.Weight))));
        Assert.Equal(100, score.Data.Sum(measure => measure.Weight));
        Assert.Equal(("bad", 0d), (score.MetadataRating, score.Percent));
        Assert.All(score.Metadata, measure => Assert.NotNull(measure.Missing));
    }

    [Fact]
    public void A_dataset_without_fault_reaches_every_point()
    {
        var score = DatasetQuality.Of(Full, Version(nulls: 0), Dropped.AddDays(20));

        Assert.Equal((405d, 100d, 100d, "excellent"), (score.MetadataPoints, score.DataPoints, score.Percent, score.MetadataRating));
        Assert.All(score.Metadata.Concat(score.Data), measure => Assert.Null(measure.Missing));
    }

    [Fact]
    public void Each_fault_costs_its_share()
    {
        var bad = new Problem("row-length", Severity.Warning, "m", "f");
        var version = Version(nulls: 50) with { Problems = [bad, bad with { Severity = Severity.Note }], ProblemCount = 40 };
        var data = DatasetQuality.Of(
            Full with { Ingest = null },
            version,
            Dropped.AddDays(35 + (3 * 35 / 2.0))).Data.ToDictionary(measure => measure.Name, measure => measure.Points);

        Assert.Equal(30 * 0.75, data["completeness"]); // 50 of 200 cells
        Assert.Equal(30 * 0.80, data["validity"], 1e-9); // half of 40 problems are more than notes
        Assert.Equal(0, data["uniqueness"]); // no key declared
        Assert.Equal(10, data["freshness"], 1e-9); // half way from one period to four
    }

    private static DatasetVersion Version(int nulls) => new()
    {
        DatasetId = "a@b",
        Version = "v",
        ProcessedAt = Dropped,
        Source = new SourceFile("b/a/x.csv", "e", Dropped, 1, "", "", "csv", "utf-8"),
        Fields = [
            new Field { Name = "번호", Label = "번호", Type = FieldType.Int },
            new Field { Name = "b", Label = "b", Type = FieldType.Text },
        ],
        Parts = [],
        Rows = 100,
        ProblemCount = 0,
        Problems = [],
        Profile = JsonSerializer.SerializeToElement(
            new { fields = new object[] { new { name = "번호", nulls = 0, distinct = 99 }, new { name = "b", nulls, distinct = 5 } } }),
    };
}
