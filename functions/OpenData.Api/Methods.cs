namespace OpenData.Api;

/// <summary>
/// The HTTP methods that endpoints take. <see cref="Answering"/> answers OPTIONS, and keeps the body of an answer to HEAD; of several endpoints on one path the one that
/// reads takes OPTIONS for all.
/// </summary>
internal static class Methods
{
    /// <summary>Of what is read.</summary>
    public static readonly string[] Reading = ["GET", "HEAD", "OPTIONS"];

    /// <summary>Of what is asked with parameters that may be too long for a URL: they may also come as a JSON body.</summary>
    public static readonly string[] Asking = ["GET", "HEAD", "POST", "OPTIONS"];

    /// <summary>Of what is written on a path that nobody reads.</summary>
    public static readonly string[] Sending = ["POST", "OPTIONS"];

    /// <summary>Of what is written on a path that is read as well.</summary>
    public static readonly string[] Posting = ["POST"];

    /// <summary>Of what is changed on a path that is read as well.</summary>
    public static readonly string[] Patching = ["PATCH"];
}
