using OpenData.Query.Compilation;

namespace OpenData.Query;

/// <summary>A page of records.</summary>
/// <param name="TotalCount">How many records the question concerns; null where that was not asked.</param>
/// <param name="Count">How many there are here.</param>
/// <param name="Content">The records in the format asked for.</param>
/// <param name="Footprint">Which fields and search texts the question used.</param>
public sealed record RecordPage(long? TotalCount, int Count, ReadOnlyMemory<byte> Content, Footprint Footprint);
