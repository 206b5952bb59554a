namespace OpenData.Lake;

/// <summary>
/// Something in storage is not what it was written as: cut off, of another kind, gone, or written by a later release. Only what depends on
/// it cannot be
/// answered; trying again does not help before an operator has restored it.
/// </summary>
/// <param name="what">What it is, such as <c>manifest</c> or <c>part</c>.</param>
/// <param name="where">Its blob name or its table and keys.</param>
/// <param name="why">What is wrong with it.</param>
/// <param name="inner">The failure that showed it, if there was one.</param>
public sealed class DamagedDataException(string what, string where, string why, Exception? inner = null)
    : Exception($"The stored {what} '{where}' is damaged: {why}", inner)
{
    /// <summary>What it is, such as <c>manifest</c> or <c>part</c>.</summary>
    public string What { get; } = what;

    /// <summary>Its blob name or its table and keys.</summary>
    public string Where { get; } = where;
}
