using System.Security.Cryptography;
using OpenData.Catalog;
using OpenData.Lake;
using OpenData.Planning.Editions;
using OpenData.Planning.Report;
using OpenData.Planning.Sessions;

namespace OpenData.Planning;

/// <summary>
/// Publishes the figures of a run as the dataset <see cref="ReportRun.FiguresDatasetId"/>, so that they can be queried like anything else.
/// </summary>
internal static class FiguresDataset
{
    /// <summary>The dataset's id.</summary>
    public static readonly DatasetId Id = DatasetId.Parse(ReportRun.FiguresDatasetId);

    private static readonly DatasetMetadata Metadata = new()
    {
        Title = "공공데이터 수요 보고서 수치 · Figures of the open data demand report",
        Description = "Every cell of every figure of the latest editions of the report: edition, figure, line, column, and its number or "
            + "text. Counts of fewer than five people are left out.",
        Theme = ["GOVE"],
        Keyword = ["수요", "이용", "demand", "usage"],
        License = "http://creativecommons.org/publicdomain/zero/1.0/",
        Publisher = "Planning",
        UpdateFrequency = "daily",
    };

    private static readonly Field[] Fields =
    [
        new() { Name = "edition", Label = "edition", Type = FieldType.Text, Description = "The edition's name." },
        new() { Name = "figure", Label = "figure", Type = FieldType.Text, Description = "The figure's name." },
        new() { Name = "line", Label = "line", Type = FieldType.Int, Description = "The row within the figure, from 1." },
        new() { Name = "column", Label = "column", Type = FieldType.Text, Description = "The column within the figure." },
        new() { Name = "number", Label = "number", Type = FieldType.Double, Description = "The cell's value, if it is a number." },
        new() { Name = "text", Label = "text", Type = FieldType.Text, Description = "The cell's value, if it is not a number." },
    ];

    /// <summary>Publishes them, unless they are what is served already.</summary>
    public static async Task PublishAsync(
        Storage storage, DatasetCatalog catalog, Session session, IReadOnlyList<EditionReport> reports, CancellationToken cancellation)
    {
        var day = new DateTimeOffset(reports[0].Edition.Last, TimeOnly.MinValue, TimeSpan.Zero);
        var parquet = ReportFiles.Parquet(session, reports);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(parquet));
        var path = $"planning/demand-report/{reports[0].Edition.Name}.parquet";
        var served = (await catalog.FindAsync(Id, cancellation))?.Current;
        if (served is not null && (await VersionStore.FindAsync(storage, Id, served.Version, cancellation))?.Source is { } source
            && source.Path == path && source.Sha256 == sha256)
        {
            return;
        }

        // The version is named after its content and what it follows: an attempt that was cut off is completed by the next.
        var name = served is null ? VersionName.Of(path, sha256, day) : VersionName.Replacing(served.Version, path, sha256, day);
        // That attempt's manifest names its part by ETag, so neither is written again.
        var version = await VersionStore.FindAsync(storage, Id, name, cancellation);
        if (version is null)
        {
            var rows = reports.Sum(report => report.Results.Values.Sum(table => (long)table.Rows.Count * table.Columns.Count));
            version = await CreateAsync(
                storage,
                name,
                new SourceFile(
                    path,
                    sha256,
                    day,
                    parquet.ToMemory().Length,
                    sha256,
                    $"{VersionName.Folder(Id, name)}part-00000-{sha256[..8]}.parquet",
                    "parquet",
                    null),
                parquet,
                rows,
                cancellation);
        }

        await catalog.DescribeAsync(Id, Metadata, day, cancellation);
        await catalog.PublishAsync(version, cancellation: cancellation);
    }

    private static async Task<DatasetVersion> CreateAsync(
        Storage storage, string name, SourceFile source, BinaryData parquet, long rows, CancellationToken cancellation)
    {
        var uploaded = await storage.Lake.GetBlobClient(source.Original).UploadAsync(parquet, overwrite: true, cancellation);
        var version = new DatasetVersion
        {
            DatasetId = Id.ToString(),
            Version = name,
            ProcessedAt = source.DroppedAt,
            Source = source,
            Fields = Fields,
            Parts = [new Part(source.Original, uploaded.Value.ETag.ToString(), source.Bytes, rows, source.Sha256)],
            Rows = rows,
            ProblemCount = 0,
            Problems = [],
        };
        await VersionStore.TryCreateAsync(storage, version, cancellation);
        return version;
    }
}
