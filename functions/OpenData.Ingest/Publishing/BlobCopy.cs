using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace OpenData.Ingest.Publishing;

/// <summary>Copies a drop's bytes inside the storage account, where they need not pass through this process.</summary>
internal static class BlobCopy
{
    /// <summary>
    /// Copies a drop, as it was when ingest began, to a blob of its own, and waits until it is there. Several attempts at one drop may do
    /// so at once: a copy that is there already was made from the same bytes.
    /// </summary>
    public static async Task RunAsync(BlobClient source, ETag pin, BlobClient target, CancellationToken cancellation)
    {
        var options = new BlobCopyFromUriOptions
        {
            SourceConditions = new BlobRequestConditions { IfMatch = pin },
            DestinationConditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
        };
        try
        {
            await target.StartCopyFromUriAsync(source.Uri, options, cancellation);
        }
        catch (RequestFailedException e) when (e.Status == 409 || e.ErrorCode == BlobErrorCode.TargetConditionNotMet)
        {
            // Another attempt has made it or is about to.
        }

        while (true)
        {
            var copy = (await target.GetPropertiesAsync(cancellationToken: cancellation)).Value;
            if (copy.BlobCopyStatus is null or CopyStatus.Success) return;
            if (copy.BlobCopyStatus != CopyStatus.Pending)
            {
                await target.DeleteIfExistsAsync(cancellationToken: cancellation);
                throw new RequestFailedException(
                    500, $"Copying {source.Name} to {target.Name} ended as {copy.BlobCopyStatus}: {copy.CopyStatusDescription}");
            }

            await Task.Delay(200, cancellation);
        }
    }
}
