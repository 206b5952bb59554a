using OpenData.DuckDb;
using OpenData.Query.Schema;

namespace OpenData.Query.Formats;

/// <summary>Writes rows as a JSON array of objects.</summary>
internal sealed class JsonArrayWriter(IReadOnlyList<OutputColumn> columns) : RowWriter
{
    private readonly JsonRows _json = new(columns);

    protected override ReadOnlySpan<byte> Separator => ","u8;

    public override void Begin(Utf8Output output) => output.Write("["u8);

    public override void End(Utf8Output output) => output.Write("]"u8);

    protected override void Row(Utf8Output output, DataChunk chunk, int row) => _json.Write(output, chunk, row);
}
