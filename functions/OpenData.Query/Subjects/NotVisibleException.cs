using OpenData.Catalog.Publication;

namespace OpenData.Query.Subjects;

/// <summary>Somebody asks for what is not shown to everybody. The message may be shown to the caller.</summary>
/// <param name="state">How public the dataset is.</param>
/// <param name="message">What is not shown and why.</param>
public sealed class NotVisibleException(PublicationState state, string message) : Exception(message)
{
    /// <summary>How public the dataset is.</summary>
    public PublicationState State { get; } = state;

    /// <summary>Whether it was public once and is gone for good.</summary>
    public bool IsGone => State is PublicationState.Withdrawn or PublicationState.Purged;
}
