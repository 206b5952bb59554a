using OpenData.Query.Schema;

namespace OpenData.Query.Subjects;

/// <summary>A subject made ready to be read, for as long as it is held.</summary>
/// <param name="table">What is read.</param>
/// <param name="lease">Keeps its files; null where there are none.</param>
internal sealed class OpenTable(QueryTable table, IDisposable? lease) : IDisposable
{
    public QueryTable Table { get; } = table;

    public void Dispose() => lease?.Dispose();
}
