using ZstdNet;

namespace OpenData.Ingest.Packing;

/// <summary>Unpacks Zstandard.</summary>
internal sealed class ZstandardStream : ReadOnlyStream
{
    private readonly Stream _packed;
    private readonly DecompressionOptions _options;
    private readonly DecompressionStream _unpacked;

    /// <summary>Unpacks a stream.</summary>
    /// <param name="packed">The stream; disposed with this one.</param>
    /// <param name="largestWindowLog">The binary logarithm of the most bytes that a frame may look back.</param>
    public ZstandardStream(Stream packed, int largestWindowLog)
    {
        _packed = packed;
        _options = new DecompressionOptions(
            dict: null, new Dictionary<ZSTD_dParameter, int> { [ZSTD_dParameter.ZSTD_d_windowLogMax] = largestWindowLog });
        _unpacked = new DecompressionStream(packed, _options);
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return _unpacked.Read(buffer);
        }
        catch (ZstdException e) when (e.Code == ZSTD_ErrorCode.ZSTD_error_frameParameter_windowTooLarge)
        {
            throw PackingProblems.TooLargeWindow("Zstandard", Compression.LargestWindow);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
            _options.Dispose();
            _packed.Dispose();
        }

        base.Dispose(disposing);
    }
}
