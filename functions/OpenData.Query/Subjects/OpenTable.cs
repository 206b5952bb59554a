using OpenData.Query.Schema;

namespace OpenData.Query.Subjects;

/// <summary>A subject made ready to be read, for as long as it is held.</summary>
internal sealed class OpenTable(QueryTable table, IDisposable lease) : IDisposable
{
    public QueryTable Table { get; } = table;

    public void Dispose() => lease.Dispose();
}
