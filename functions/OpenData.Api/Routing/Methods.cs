namespace OpenData.Api.Routing;

/// <summary>
/// The HTTP methods that routes take. The pipeline answers OPTIONS and discards the body of an answer to HEAD; where several routes share a
/// path, the one that reads takes OPTIONS for all.
/// </summary>
internal static class Methods
{
    /// <summary>Of routes that read.</summary>
    public static readonly string[] Reading = ["GET", "HEAD", "OPTIONS"];

    /// <summary>Of routes whose parameters may be too long for a URL: they may also come as a JSON body.</summary>
    public static readonly string[] Asking = ["GET", "HEAD", "POST", "OPTIONS"];

    /// <summary>Of routes that write on a path that nothing reads.</summary>
    public static readonly string[] Sending = ["POST", "OPTIONS"];

    /// <summary>Of routes that write on a path that is read as well.</summary>
    public static readonly string[] Posting = ["POST"];

    /// <summary>Of routes that change what is read on the same path.</summary>
    public static readonly string[] Patching = ["PATCH"];
}
