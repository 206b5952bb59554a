namespace OpenData.Api.Explore;

/// <summary>A link in an answer.</summary>
/// <param name="Rel">What it is to the answer.</param>
/// <param name="Href">Its absolute URL.</param>
internal sealed record Link(string Rel, string Href);
