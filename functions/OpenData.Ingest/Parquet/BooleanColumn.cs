namespace OpenData.Ingest.Parquet;

/// <summary>Truth values, in one bit each.</summary>
internal sealed class BooleanColumn : FixedColumn<bool, BooleanColumn.Kind>
{
    /// <inheritdoc/>
    public override PhysicalType Physical => PhysicalType.Boolean;

    /// <inheritdoc/>
    protected override bool TryFill(ValueDictionary dictionary) => false;

    /// <inheritdoc/>
    public override void WriteValues(int from, int count, ByteBuffer output)
    {
        var data = Data.Slice(from, count);
        for (var i = 0; i < data.Length; i += 8)
        {
            var packed = 0;
            for (var bit = 0; bit < Math.Min(8, data.Length - i); bit++) packed |= (data[i + bit] ? 1 : 0) << bit;

            output.Add((byte)packed);
        }
    }

    /// <inheritdoc/>
    protected override string Text(bool value) => value ? "true" : "false";

    internal readonly struct Kind : IFixedKind<bool>
    {
        public static (bool Greatest, bool Least) Unbounded => (true, false);

        public static bool Min(bool one, bool other) => one && other;

        public static bool Max(bool one, bool other) => one || other;

        public static double Number(bool value) => 0;

        public static ulong Bits(bool value) => value ? 1u : 0u;
    }
}
