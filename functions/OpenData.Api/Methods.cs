namespace OpenData.Api;

/// <summary>The HTTP methods that endpoints take. <see cref="Answering"/> answers OPTIONS, and keeps the body of an answer to HEAD.</summary>
internal static class Methods
{
    /// <summary>Of what is read.</summary>
    public static readonly string[] Reading = ["GET", "HEAD", "OPTIONS"];

    /// <summary>Of what is asked with parameters that may be too long for a URL: they may also come as a JSON body.</summary>
    public static readonly string[] Asking = ["GET", "HEAD", "POST", "OPTIONS"];
}
