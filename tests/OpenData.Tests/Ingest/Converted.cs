using System.Text;
using DuckDB.NET.Data;
using OpenData.Catalog;
using OpenData.Ingest;
using OpenData.Ingest.Typing;
using OpenData.Tests.Ingest.Formats;

namespace OpenData.Tests.Ingest;

/// <summary>A file that went through the whole pipeline, and what a reader then finds in its parts.</summary>
internal sealed class Converted : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("opendata-test-");
    private readonly DuckDBConnection _connection = new("Data Source=:memory:");

    private Converted(ConversionResult result) => Result = result;

    public ConversionResult Result { get; private set; }

    /// <summary>The fields, as <c>name:type</c>; of decimals with the scale, and of what has one with its format.</summary>
    public string Types =>
        string.Join(' ', Result.Fields.Select(one => $"{one.Name}:{one.Type}{one.Scale}{(one.Format is null ? "" : $"[{one.Format}]")}"));

    /// <summary>The labels, joined by <c>|</c>.</summary>
    public string Labels => string.Join('|', Result.Fields.Select(one => one.Label));

    /// <summary>The rows, their cells joined by <c>|</c>, nulls as <c>∅</c>.</summary>
    public IReadOnlyList<string> Rows => Result.Rows == 0 ? [] : Query($"select * from {Parts}");

    /// <summary>The parts, for a query's <c>from</c>.</summary>
    public string Parts => $"read_parquet('{_folder.FullName}/*.parquet')";

    /// <summary>Codes of the problems, in order, each once.</summary>
    public string Codes => string.Join(' ', Result.Problems.Select(problem => problem.Code).Distinct());

    public string Folder => _folder.FullName;

    public static Task<Converted> OfAsync(string text, DatasetMetadata? metadata = null, bool allText = false) =>
        OfAsync(Encoding.UTF8.GetBytes(text), metadata, allText);

    public static async Task<Converted> OfAsync(byte[] bytes, DatasetMetadata? metadata = null, bool allText = false)
    {
        var converted = new Converted(new ConversionResult { Published = false });
        converted.Result = await Conversion.RunAsync(
            new MemoryContent(bytes),
            metadata ?? new DatasetMetadata(),
            null,
            new FolderSink(converted.Folder),
            new ConversionOptions { AllText = allText },
            default);
        await converted._connection.OpenAsync();
        return converted;
    }

    /// <summary>The rows of a Parquet file, as <see cref="Rows"/> has them.</summary>
    public static IReadOnlyList<string> Read(string path)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        return Query(connection, $"select * from read_parquet('{path}')");
    }

    public IReadOnlyList<string> Query(string sql) => Query(_connection, sql);

    private static List<string> Query(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"select columns(*)::varchar from ({sql})";
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "∅" : reader.GetString(i))));
        }

        return rows;
    }

    public void Dispose()
    {
        _connection.Dispose();
        _folder.Delete(recursive: true);
    }

    private sealed class FolderSink(string folder) : IPartSink
    {
        public Task<Stream> CreateAsync(int index, CancellationToken cancellation) =>
            Task.FromResult<Stream>(File.Create(Path.Combine(folder, $"part-{index:D5}.parquet")));

        public Task DiscardAllAsync(CancellationToken cancellation)
        {
            foreach (var part in Directory.GetFiles(folder)) File.Delete(part);

            return Task.CompletedTask;
        }
    }
}
