using OpenData.Ingest.Records;

namespace OpenData.Ingest.Packing;

/// <summary>
/// What a compressed stream holds, unpacked anew each time it is read, so that neither memory nor disk has to hold it whole.
/// </summary>
/// <param name="name">The unpacked file's name.</param>
/// <param name="packedBytes">The size of what is unpacked, which bounds what may come out.</param>
/// <param name="open">Opens the unpacked bytes.</param>
internal sealed class UnpackedContent(string name, long packedBytes, Func<Stream> open) : SourceContent
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override long? Length => null;

    /// <inheritdoc/>
    public override Stream Open()
    {
        try
        {
            return new UnpackingStream(open(), name, packedBytes);
        }
        catch (Exception e) when (UnpackingStream.IsOfData(e))
        {
            throw UnpackingStream.Broken(name, read: 0);
        }
    }
}
