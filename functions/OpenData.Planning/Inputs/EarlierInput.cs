using Microsoft.Extensions.Logging;
using OpenData.DuckDb;
using OpenData.Lake;
using OpenData.Planning.Sessions;

namespace OpenData.Planning.Inputs;

/// <summary>Brings the figures of the edition before into a session, as the table <c>before</c>: empty where there is none.</summary>
internal static class EarlierInput
{
    public static async Task LoadAsync(Session session, Storage storage, string? edition, ILogger logger, CancellationToken cancellation)
    {
        session.Execute("""CREATE OR REPLACE TABLE before (figure VARCHAR, line BIGINT, "column" VARCHAR, number DOUBLE, text VARCHAR)""");
        var blob = storage.Reports.GetBlobClient($"{edition}/figures.parquet");
        if (edition is null || !await blob.ExistsAsync(cancellation)) return;
        var file = session.File("before.parquet");
        await blob.DownloadToAsync(file, cancellation);
        StoredData.Read("figures", blob.Name, () =>
        {
            session.Execute(
                $"INSERT INTO before BY NAME SELECT figure, line, \"column\", number, text FROM read_parquet({Sql.Literal(file)})");
            return file;
        }, logger);
    }
}
