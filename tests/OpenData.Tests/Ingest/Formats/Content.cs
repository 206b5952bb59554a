using System.Text;
using OpenData.Ingest.Records;

namespace OpenData.Tests.Ingest.Formats;

/// <summary>Files in memory, and records as texts.</summary>
internal sealed class MemoryContent(byte[] bytes, string name = "file") : SourceContent
{
    public override string Name => name;

    public override long? Length => bytes.Length;

    public override Stream Open() => new MemoryStream(bytes, writable: false);

    public static MemoryContent Of(string text) => new(Encoding.UTF8.GetBytes(text));
}

internal static class Records
{
    /// <summary>Each record as its cells, joined by <c>|</c>; an absent one is <c>∅</c>.</summary>
    public static (List<string> Rows, ProblemLog Problems) Read(RecordSource source)
    {
        var problems = new ProblemLog();
        var rows = new List<string>();
        using var reader = source.Open(problems);
        while (reader.Read())
        {
            rows.Add(
                string.Join(
                    '|',
                    Enumerable.Range(0, reader.Count).Select(i => reader.IsAbsent(i) ? "∅" : Encoding.UTF8.GetString(reader.Cell(i)))));
        }

        return (rows, problems);
    }
}
