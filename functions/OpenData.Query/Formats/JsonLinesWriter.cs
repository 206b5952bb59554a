using OpenData.DuckDb;
using OpenData.Query.Schema;

namespace OpenData.Query.Formats;

/// <summary>Writes rows as JSON objects, one a line.</summary>
internal sealed class JsonLinesWriter(IReadOnlyList<OutputColumn> columns) : RowWriter
{
    private readonly JsonRows _json = new(columns);

    protected override void Row(Utf8Output output, DataChunk chunk, int row)
    {
        _json.Write(output, chunk, row);
        output.Write("\n"u8);
    }
}
